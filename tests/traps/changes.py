"""Ways in which a server may differ, and what is then found of it."""

from base64 import urlsafe_b64decode
from collections.abc import Callable
from typing import NamedTuple, TypeAlias

import httpx
import orjson

from gateway.demo.standins.records import Json
from gateway.settings import RegisterKind
from gateway.traps.report import Row, Verdict, probe_all
from tests.municipality import Network
from tests.traps.conftest import Change, Changed, settings

When: TypeAlias = Callable[[httpx.Request, httpx.Response], bool]
Edit: TypeAlias = Callable[[dict[str, Json]], object]

NOBODY = "00000000-0000-0000-0000-000000000000"


class Case(NamedTuple):
    """A change, and what the one row says that differs by it."""

    assumption: str
    why: str
    change: Change


async def others(network: Network, kind: RegisterKind, change: Change) -> list[Row]:
    """All rows of a register that do not hold, when its server is changed."""
    rows = await probe_all(settings(kind), Changed(network, change))
    return [row for row in rows if row.verdict is not Verdict.HOLDS]


def differs(kind: RegisterKind, case: Case) -> Row:
    text = f"register {kind}: {case.assumption} ({case.why})"
    return Row(Verdict.DIFFERS, text, good=False)


def unknown(kind: RegisterKind, assumption: str, why: str) -> Row:
    return Row(Verdict.UNKNOWN, f"register {kind}: {assumption} ({why})")


def answering(when: When, status: int, body: Json = None) -> Change:
    """Answer something else now and then."""

    def change(request: httpx.Request, answer: httpx.Response) -> httpx.Response:
        if not when(request, answer):
            return answer
        return httpx.Response(status, json={} if body is None else body)

    return change


def saying(old: bytes, new: bytes) -> Change:
    """Use other words in every answer."""

    def change(_: httpx.Request, answer: httpx.Response) -> httpx.Response:
        if old not in answer.content:
            return answer
        headers = {**answer.headers}
        headers.pop("content-length", None)
        content = answer.content.replace(old, new)
        return httpx.Response(answer.status_code, headers=headers, content=content)

    return change


def with_headers(when: When, **headers: str) -> Change:
    """Add headers, or drop those that are empty, now and then."""

    def change(request: httpx.Request, answer: httpx.Response) -> httpx.Response:
        if when(request, answer):
            for name, value in headers.items():
                answer.headers.pop(name, None)
                if value:
                    answer.headers[name] = value
        return answer

    return change


def editing(when: When, edit: Edit) -> Change:
    """Change the record, or each on the page, that is given now and then."""

    def change(request: httpx.Request, answer: httpx.Response) -> httpx.Response:
        if answer.status_code != 200 or not when(request, answer):
            return answer
        body = answer.json()
        for record in body.get("results", [body]):
            edit(record)
        headers = {**answer.headers}
        headers.pop("content-length", None)
        return httpx.Response(200, headers=headers, content=orjson.dumps(body))

    return change


def page(count: int, *results: dict[str, Json], following: str | None = None) -> Json:
    return {
        "count": count,
        "results": [*results],
        "next": following,
        "previous": None,
    }


def body_of(request: httpx.Request) -> dict[str, Json]:
    try:
        read = orjson.loads(request.content or b"{}")
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def asks(key: str, value: Json = None) -> When:
    """The body has this, with this value where one is given."""
    return lambda request, _: (
        key in body_of(request) and value in (None, body_of(request)[key])
    )


def at(text: str, status: int | None = None) -> When:
    return lambda request, answer: (
        text in str(request.url) and status in (None, answer.status_code)
    )


def at_end(text: str, status: int | None = None) -> When:
    return lambda request, answer: (
        str(request.url).endswith(text) and status in (None, answer.status_code)
    )


def says(code: str) -> When:
    return lambda _, answer: f'"{code}"' in answer.text


def sends(header: str, value: str) -> When:
    return lambda request, _: request.headers.get(header) == value


def is_head(request: httpx.Request, _: httpx.Response) -> bool:
    return request.method == "HEAD"


def both(one: When, other: When) -> When:
    return lambda request, answer: one(request, answer) and other(request, answer)


def claims(request: httpx.Request) -> dict[str, Json]:
    """What the token says; nothing where there is none."""
    parts = request.headers["Authorization"].split(".")
    if len(parts) != 3:
        return {}
    read = orjson.loads(urlsafe_b64decode(f"{parts[1]}=="))
    return read if isinstance(read, dict) else {}
