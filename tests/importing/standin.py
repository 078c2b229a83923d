"""An Open Klant 2 in this process: what it has, and what it answers, by its contract.

Source: Open Klant 2.18, klantinteracties 0.9.0, as it was measured: lists are refused
with a parameter that is unknown, what is newest comes first, nothing has an ETag.
"""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from typing import cast
from uuid import UUID

import httpx

from gateway.registers.records import Json

Payload = dict[str, Json]

BASE = "https://openklant.voorbeeldstad.example/klantinteracties/api/v1"
TOKEN = "een-token-van-open-klant"

RESOURCES = (
    *("actoren", "partijen", "digitaleadressen", "partij-identificatoren"),
    *("rekeningnummers", "vertegenwoordigingen", "categorieen", "categorie-relaties"),
    *("klantcontacten", "betrokkenen", "onderwerpobjecten", "bijlagen", "internetaken"),
)
# What `expand` may name, and where it is.
EXPANDED: Mapping[str, Mapping[str, str]] = {
    "partijen": {"digitaleAdressen": "digitaleadressen"},
    "betrokkenen": {"digitaleAdressen": "digitaleadressen"},
    "klantcontacten": {
        "hadBetrokkenen": "betrokkenen",
        "leiddeTotInterneTaken": "internetaken",
        "gingOverOnderwerpobjecten": "onderwerpobjecten",
        "omvatteBijlagen": "bijlagen",
    },
}
PARAMETERS: Mapping[str, frozenset[str]] = {
    "partijen": frozenset({"soortPartij", "expand"}),
    "klantcontacten": frozenset({"expand"}),
}


class OpenKlant(httpx.AsyncBaseTransport):
    """One of them.

    Attributes:
        records: by resource and uuid, oldest first.
        asked: how often each list and each kind of record was.
        answers: all that were given, by resource; a record's by `<resource>/…`.
        before: called before each answer; may raise, or give another one.
        after: called with each list before it is given; may change it.
    """

    def __init__(self) -> None:
        self.records: dict[str, dict[str, Payload]] = {name: {} for name in RESOURCES}
        self.asked: Counter[str] = Counter()
        self.answers: list[tuple[str, Json]] = []
        self.before: Callable[[str], httpx.Response | None] = lambda _path: None
        self.after: Callable[[Payload], None] = lambda _body: None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path.removeprefix(httpx.URL(BASE).path + "/")
        if (other := self.before(path)) is not None:
            return other
        if request.headers["Authorization"] != f"Token {TOKEN}":
            return _problem(401, "not_authenticated")
        assert request.method == "GET"
        resource, _, uuid = path.partition("/")
        self.asked[f"{resource}/…" if uuid else resource] += 1
        params = dict(request.url.params)
        if uuid:
            return self._one(resource, uuid, params)
        return self._list(resource, params)

    def _one(
        self, resource: str, uuid: str, params: Mapping[str, str]
    ) -> httpx.Response:
        if uuid not in self.records[resource]:
            return _problem(404, "not_found")
        body = self._expanded(resource, self.records[resource][uuid], params)
        self.answers.append((f"{resource}/{{uuid}}", body))
        return httpx.Response(200, json=body)

    def _list(self, resource: str, params: Mapping[str, str]) -> httpx.Response:
        known = {"page", "pageSize"} | PARAMETERS.get(resource, frozenset())
        if not known.issuperset(params):
            return _problem(400, "unknown-parameters")
        page, size = int(params["page"]), int(params["pageSize"])
        found = [
            each
            for each in reversed(self.records[resource].values())
            if params.get("soortPartij") in {None, each.get("soortPartij")}
        ]
        shown = found[(page - 1) * size : page * size]
        if page > 1 and not shown:
            return _problem(404, "not_found")
        url = f"{BASE}/{resource}?page="
        body: Payload = {
            "count": len(found),
            "next": f"{url}{page + 1}" if page * size < len(found) else None,
            "previous": f"{url}{page - 1}" if page > 1 else None,
            "results": [self._expanded(resource, each, params) for each in shown],
        }
        self.answers.append((resource, body))
        self.after(body)
        return httpx.Response(200, json=body)

    def _expanded(
        self, resource: str, record: Payload, params: Mapping[str, str]
    ) -> Payload:
        asked = [
            each.split(".") for each in params.get("expand", "").split(",") if each
        ]
        along: Payload = {}
        for name in {path[0] for path in asked}:
            target = EXPANDED[resource][name]
            deeper = ",".join(".".join(p[1:]) for p in asked if p[0] == name and p[1:])
            stubs = cast("list[Payload]", record[name])
            along[name] = [
                self._expanded(target, found, {"expand": deeper})
                for stub in stubs
                if (found := self.records[target].get(str(stub["uuid"])))
            ]
        copied = cast("Payload", json.loads(json.dumps(record)))
        return {**copied, "_expand": along} if asked else copied


def uuid(kind: int, number: int) -> str:
    """Make a uuid that is the same each time."""
    return str(UUID(int=(kind << 96) + number, version=4))


def stub(resource: str, uuid: str) -> Payload:
    """Name a record."""
    return {"uuid": uuid, "url": f"{BASE}/{resource}/{uuid}"}


def _problem(status: int, code: str) -> httpx.Response:
    body = {"type": "about:blank", "code": code, "title": code, "status": status}
    headers = {"Content-Type": "application/problem+json"}
    text = json.dumps({**body, "detail": code, "instance": "urn:x"})
    return httpx.Response(status, headers=headers, content=text)
