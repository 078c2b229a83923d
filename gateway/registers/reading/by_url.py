"""Many URLs in, one answer for each out: what reading any resource has in common."""

from collections.abc import Callable, Coroutine, Sequence
from typing import Protocol, TypeVar

from gateway.errors import GatewayError, UnknownRegister
from gateway.identificatie import Identificatie
from gateway.registers.directory import Directory, Place
from gateway.registers.reading.own import Own
from gateway.registers.reading.source import Reading, Source
from gateway.registers.reading.together import together
from gateway.registers.records import R, Record, Resource

T = TypeVar("T")


class Sources(Protocol):
    """The sources of this process."""

    def of(self, register: str, resource: Resource[R]) -> Source[R]:
        """Give the one of a resource of a register."""

    def own(self, register: str) -> Own:
        """Give who knows whose zaken of a register are."""


class ByUrl:
    """Reads for one request."""

    def __init__(
        self, sources: Sources, directory: Directory, reading: Reading
    ) -> None:
        self._sources = sources
        self._directory = directory
        self._reading = reading

    async def read(
        self,
        resource: Resource[R],
        urls: Sequence[str],
        parts: frozenset[str] = frozenset(),
    ) -> list[R | GatewayError]:
        """Ask each register about its own; one answer per URL, in the URLs' order.

        Args:
            resource: what the URLs must point at.
            urls: in any order and number; one that nobody owns gets UnknownRegister.
            parts: properties whose records are wanted along.
        """

        def ask(
            register: str, places: Sequence[Place]
        ) -> Coroutine[None, None, dict[str, R | GatewayError]]:
            source = self._sources.of(register, resource)
            return source.read(places, parts, self._reading)

        return await self._each(resource, urls, ask)

    async def own(
        self, resource: Resource[Record], urls: Sequence[str], who: Identificatie
    ) -> list[bool | GatewayError]:
        """Ask each register whose its own are; as `read`.

        Args:
            resource: zaken.
            urls: in any order and number; one that nobody owns gets UnknownRegister.
            who: a person or organisation.
        """

        def ask(
            register: str, places: Sequence[Place]
        ) -> Coroutine[None, None, dict[str, bool | GatewayError]]:
            own = self._sources.own(register)
            return own.read(places, who, self._reading.deadline)

        return await self._each(resource, urls, ask)

    async def _each(
        self,
        resource: Resource[Record],
        urls: Sequence[str],
        ask: Callable[[str, Sequence[Place]], Coroutine[None, None, dict[str, T]]],
    ) -> list[T | GatewayError]:
        places = [
            self._directory.place(url, resource.kind, resource.path) for url in urls
        ]
        by_register: dict[str, dict[str, Place]] = {}
        for place in places:
            if place is not None:
                by_register.setdefault(place.register, {})[place.url] = place
        found: dict[str, T] = {}
        for answers in await together(
            ask(register, list(wanted.values()))
            for register, wanted in by_register.items()
        ):
            found |= answers
        unknown = UnknownRegister(
            f"no configured register has this in its {resource.path}"
        )
        return [unknown if place is None else found[place.url] for place in places]
