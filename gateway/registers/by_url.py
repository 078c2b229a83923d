"""Many URLs in, one answer for each out: what reading any resource has in common.

An answer is a record or an error. Errors are returned, never raised, so a register
that fails costs only what it should have answered.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from typing import TypeAlias, TypeVar
from uuid import UUID

import msgspec

from gateway.errors import (
    GatewayError,
    MalformedAnswer,
    Missing,
    RegisterError,
    UnknownRegister,
)
from gateway.registers.directory import Directory
from gateway.registers.http import RegisterClient
from gateway.registers.records import R, Resource

T = TypeVar("T")

Clients: TypeAlias = Mapping[str, RegisterClient]

# One register's answers about uuids of its own, one for each.
Ask: TypeAlias = Callable[
    [RegisterClient, Sequence[UUID]],
    Coroutine[None, None, Mapping[UUID, R | GatewayError]],
]


async def answers_by_url(
    clients: Clients,
    directory: Directory,
    resource: Resource[R],
    urls: Sequence[str],
    ask: Ask[R],
) -> list[R | GatewayError]:
    """Ask each register once about its own; one answer per URL, in the URLs' order.

    Args:
        clients: one per register in the directory, by name.
        directory: who owns what; a URL that nobody owns gets UnknownRegister.
        resource: what the URLs must point at.
        urls: in any order; one mentioned twice is asked for once.
        ask: never raises a GatewayError.
    """
    places = {
        url: directory.place(url, resource.kind, resource.path)
        for url in dict.fromkeys(urls)
    }
    uuids: dict[str, dict[UUID, None]] = {}
    for place in filter(None, places.values()):
        uuids.setdefault(place.register, {})[place.uuid] = None
    answers = await together(
        ask(clients[register], tuple(wanted)) for register, wanted in uuids.items()
    )
    found = dict(zip(uuids, answers, strict=True))

    def answer(url: str) -> R | GatewayError:
        place = places[url]
        if place is None:
            what = f"no configured register has this in its {resource.path}"
            return UnknownRegister(what)
        record = found[place.register][place.uuid]
        if isinstance(record, GatewayError):
            return record
        if directory.place(record.url, resource.kind, resource.path) == place:
            return record
        # A register behind a proxy may call itself otherwise; what it calls itself
        # is not passed on: clients know it by the address that was asked.
        return msgspec.structs.replace(record, url=url)

    return [answer(url) for url in urls]


async def get_by_url(
    clients: Clients,
    directory: Directory,
    resource: Resource[R],
    urls: Sequence[str],
) -> list[R | GatewayError]:
    """Read a resource without bulk read: one GET per record, in parallel.

    One answer per URL, in the URLs' order; a record is asked for once.
    """

    async def ask(
        client: RegisterClient, uuids: Sequence[UUID]
    ) -> Mapping[UUID, R | GatewayError]:
        answers = await together(_get(client, resource, uuid) for uuid in uuids)
        return dict(zip(uuids, answers, strict=True))

    return await answers_by_url(clients, directory, resource, urls, ask)


async def _get(
    client: RegisterClient, resource: Resource[R], uuid: UUID
) -> R | GatewayError:
    try:
        answer = await client.get(f"/{resource.path}/{uuid}")
        if isinstance(answer, Missing):
            return answer
        if answer is None:
            raise MalformedAnswer(client.settings.name, "unasked")
        return resource.parse(answer.body, register=client.settings.name, uuid=uuid)
    except RegisterError as error:
        return error


async def together(calls: Iterable[Coroutine[None, None, T]]) -> list[T]:
    """Run all at once; their results in order."""
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(call) for call in calls]
    return [task.result() for task in tasks]
