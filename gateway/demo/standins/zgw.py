"""What Zaken, Catalogi and Documenten have in common, as Open Zaak 1.30 has it."""

from collections.abc import Mapping, Sequence, Set as AbstractSet
from dataclasses import dataclass, field
from hashlib import sha256
from uuid import UUID

import orjson
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gateway.demo.standins.conduct import Conduct
from gateway.demo.standins.problems import (
    BROKEN,
    DENIED,
    INVALID,
    NOT_FOUND,
    Invalid,
    Problem,
    json_answer,
)
from gateway.demo.standins.records import (
    Json,
    Matches,
    Payload,
    Shelf,
    matching,
    parse_uuid,
)
from gateway.demo.standins.server import Api, Handler, page_of, strings

PAGING = frozenset({"page", "pageSize"})
# Django's DATA_UPLOAD_MAX_NUMBER_FIELDS, about where the real one breaks.
_TOO_MANY = 10_000


@dataclass(frozen=True, slots=True)
class Resource:
    """One resource without peculiarities.

    Attributes:
        path: its path segment.
        filters: what its list can be narrowed by.
        bare: whether its list is a JSON array, without pages.
    """

    path: str
    filters: Mapping[str, Matches] = field(default_factory=dict)
    bare: bool = False


def find(shelf: Shelf, uuid: str) -> Payload:
    """Look one up.

    Raises:
        Problem: 404 when absent, 403 when it may not be seen; 500 for what is no uuid,
            as the real one has it.
    """
    key = parse_uuid(uuid)
    if key is None:
        raise Problem(BROKEN)
    if key in shelf.hidden:
        raise Problem(DENIED)
    if key not in shelf.shown:
        raise Problem(NOT_FOUND)
    return shelf.shown[key]


def reader(shelf: Shelf) -> Handler:
    """Make the answer to `GET …/<uuid>`."""

    async def read(request: Request) -> Response:
        return with_etag(request, find(shelf, request.path_params["uuid"]))

    return read


def with_etag(
    request: Request, record: Payload, shown: Payload | None = None
) -> Response:
    """Answer one record, or that it did not change.

    Args:
        request: may say which one it knows.
        record: decides the ETag, whatever is shown of it; its lock has no part in that.
        shown: instead of the record.
    """
    counted = {name: value for name, value in record.items() if name != "locked"}
    digest = sha256(orjson.dumps(counted, option=orjson.OPT_SORT_KEYS)).hexdigest()
    etag = f'"{digest[:32]}"'
    known = request.headers.get("if-none-match", "").split(",")
    if not {"*", etag}.isdisjoint(each.strip().removeprefix("W/") for each in known):
        return Response(status_code=304, headers={"ETag": etag})
    return json_answer(shown or record, headers={"ETag": etag})


def lister(resource: Resource, shelf: Shelf, largest: int) -> Handler:
    """Make the answer to `GET …/`, with no page larger than this."""

    async def read(request: Request) -> Response:
        paging = frozenset() if resource.bare else PAGING
        refuse_unknown(request, paging.union(resource.filters))
        asked = strings(request.query_params)
        found = matching(shelf.shown.values(), resource.filters, asked)
        return json_answer(
            [*found] if resource.bare else page_of(request, found, largest)
        )

    return read


def zoek_routes(api: Api, resource: str, handler: Handler) -> list[Route]:
    """Give `_zoek` its place, or what there is instead.

    Without, `_zoek` is taken for an id, which cannot be POSTed to (405), or for no
    resource at all (404).
    """
    if api.conduct.no_zoek is None:
        return [api.route(f"/{resource}/_zoek", handler, "POST")]
    if api.conduct.no_zoek == 405:
        return []

    async def nowhere(_: Request) -> Response:
        raise HTTPException(404)

    return [Route(f"{api.base}/{resource}/_zoek", nowhere, methods=["POST"])]


def refuse_unknown(request: Request, allowed: AbstractSet[str]) -> None:
    """Check the names in the query.

    Raises:
        Problem: 400 with all that are unknown.
    """
    if unknown := sorted(request.query_params.keys() - allowed):
        reason = f"Onbekende query parameters: {', '.join(unknown)}"
        blamed = Invalid("nonFieldErrors", "unknown-parameters", reason)
        raise Problem(INVALID, invalid=[blamed])


def with_uuids(shelf: Shelf, asked: Json) -> list[Payload]:
    """Keep those asked for by uuid, in the server's own order; hidden ones are absent.

    Raises:
        Problem: 400 when one is no uuid, 500 when there are too many.
    """
    if not isinstance(asked, list):
        raise _no_uuid()
    if len(asked) >= _TOO_MANY:
        raise Problem(BROKEN)
    wanted = {_uuid(each) for each in asked}
    return [record for uuid, record in shelf.shown.items() if uuid in wanted]


def _uuid(value: Json) -> UUID:
    uuid = parse_uuid(value) if isinstance(value, str) else None
    if uuid is None:
        raise _no_uuid()
    return uuid


def _no_uuid() -> Problem:
    blamed = Invalid("uuid__in.", "invalid", "Must be a valid UUID.")
    return Problem(INVALID, invalid=[blamed])


class Expander:
    """Puts what a record refers to beside it, in `_expand`."""

    def __init__(
        self, choices: frozenset[str], by_url: Mapping[str, Payload], conduct: Conduct
    ) -> None:
        """Take what there is.

        Args:
            choices: the paths that may be asked for: `status`, `status.statustype`.
            by_url: everything that can be referred to; what is not in it is left out.
            conduct: says what the application may not expand.
        """
        self.choices = choices
        self._by_url = by_url
        self._conduct = conduct

    def asked(self, request: Request, body: Payload | None = None) -> list[str]:
        """Join what the query and the body ask for.

        Raises:
            Problem: 400 for a path that cannot be expanded, 403 for one that the
                application may not expand.
        """
        text = request.query_params.get("expand", "")
        paths: list[Json] = [*filter(None, text.split(","))]
        more = (body or {}).get("expand")
        paths += more if isinstance(more, list) else []
        for path in paths:
            if path not in self.choices:
                blamed = Invalid("expand", "invalid_choice", f"{path}: geen keuze.")
                raise Problem(INVALID, invalid=[blamed])
        asked = [str(path) for path in paths]
        if not all(map(self._conduct.may_expand, asked)):
            raise Problem(DENIED)
        return asked

    def expanded(self, record: Payload, paths: Sequence[str]) -> Payload:
        """Copy a record, with `_expand`, empty when there is nothing in it."""
        return {**record, "_expand": self._children(record, paths)}

    def _children(self, record: Payload, paths: Sequence[str]) -> Payload:
        below: dict[str, list[str]] = {}
        for path in paths:
            name, _, rest = path.partition(".")
            below.setdefault(name, []).extend([rest] if rest else [])
        found = {
            name: self._related(record.get(name), rest) for name, rest in below.items()
        }
        return {name: value for name, value in found.items() if value}

    def _related(self, reference: Json, paths: Sequence[str]) -> Json:
        if isinstance(reference, list):
            each = [self._related(one, paths) for one in reference]
            return [one for one in each if one is not None]
        related = self._by_url.get(reference) if isinstance(reference, str) else None
        if related is None:
            return None
        children = self._children(related, paths)
        return {**related, "_expand": children} if children else related
