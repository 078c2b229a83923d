"""Reading many records in one request: `_zoek` with `uuid__in`.

What comes back is checked against what was asked, because a register may answer
less, more or in another order.
"""

from collections.abc import Mapping, Sequence
from itertools import chain
from types import MappingProxyType
from uuid import UUID

import msgspec

from gateway.errors import GatewayError, MalformedAnswer, Missing, RegisterError
from gateway.registers.by_url import Clients, answers_by_url, together
from gateway.registers.directory import Directory
from gateway.registers.http import RegisterClient
from gateway.registers.records import UNREADABLE, Json, R, Resource

_NO_CRITERIA: Mapping[str, Json] = MappingProxyType({})
_NO_HEADERS: Mapping[str, str] = MappingProxyType({})


class _Page(msgspec.Struct):
    """Source: Zaken 1.5.1, PaginatedZaakList; Documenten 1.4.2 has the same."""

    results: list[msgspec.Raw]
    next: str | None = None


async def zoek_by_url(
    clients: Clients,
    directory: Directory,
    resource: Resource[R],
    urls: Sequence[str],
    *,
    criteria: Mapping[str, Json] = _NO_CRITERIA,
    headers: Mapping[str, str] = _NO_HEADERS,
) -> list[R | GatewayError]:
    """Read records of one resource; one answer per URL, in the URLs' order.

    Costs one request per register and page of its `page_size`, side by side.

    Args:
        clients: one per register in the directory, by name.
        directory: who owns what.
        resource: what the URLs must point at; it has a `_zoek`.
        urls: in any order; one mentioned twice is asked for once.
        criteria: what stands in the body beside `uuid__in`.
        headers: those the contract asks for.
    """

    async def ask(
        client: RegisterClient, uuids: Sequence[UUID]
    ) -> Mapping[UUID, R | GatewayError]:
        size = client.settings.page_size
        pages = await together(
            _page(
                client,
                resource,
                uuids[start : start + size],
                criteria=criteria,
                headers=headers,
            )
            for start in range(0, len(uuids), size)
        )
        return dict(chain.from_iterable(page.items() for page in pages))

    return await answers_by_url(clients, directory, resource, urls, ask)


async def _page(
    client: RegisterClient,
    resource: Resource[R],
    uuids: Sequence[UUID],
    *,
    criteria: Mapping[str, Json],
    headers: Mapping[str, str],
) -> dict[UUID, R | GatewayError]:
    register = client.settings.name
    try:
        answer = await client.post(
            f"/{resource.path}/_zoek",
            {"uuid__in": [str(uuid) for uuid in uuids], **criteria},
            # Open Zaak 1.30 reads it from the query only, and gives 100 without it.
            params={"pageSize": str(client.settings.page_size)},
            headers=headers,
        )
        page = _parse_page(answer, register)
    except RegisterError as error:
        return dict.fromkeys(uuids, error)
    return _checked(page, resource, uuids, register)


def _parse_page(answer: bytes, register: str) -> _Page:
    try:
        return msgspec.json.decode(answer, type=_Page)
    except UNREADABLE as error:
        raise MalformedAnswer(register, "the answer is no list of results") from error


def _checked(
    page: _Page, resource: Resource[R], uuids: Sequence[UUID], register: str
) -> dict[UUID, R | GatewayError]:
    wanted = frozenset(uuids)
    found: dict[UUID, R | GatewayError] = {}
    others = False
    for result in page.results:
        uuid = resource.uuid_in(result)
        if uuid is None or uuid not in wanted:
            others = True
        else:
            found[uuid] = _parsed(result, resource, uuid, register)
    # Open Zaak 1.30 answers a filter it does not know with all there is; and what was
    # asked fits in one page, so what is not in it cannot be in a next one.
    absent: GatewayError = (
        MalformedAnswer(register, "it answered something else than was asked")
        if others or page.next is not None
        else Missing("does not exist, or is not shown to this gateway")
    )
    return {uuid: found.get(uuid, absent) for uuid in uuids}


def _parsed(
    result: msgspec.Raw, resource: Resource[R], uuid: UUID, register: str
) -> R | GatewayError:
    try:
        return resource.parse(result, register=register, uuid=uuid)
    except MalformedAnswer as error:
        return error
