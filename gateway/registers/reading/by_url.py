"""Many URLs in, one answer for each out: what reading any resource has in common."""

from collections.abc import Sequence
from typing import Protocol

from gateway.errors import GatewayError, UnknownRegister
from gateway.registers.directory import Directory, Place
from gateway.registers.reading.source import Reading, Source
from gateway.registers.reading.together import together
from gateway.registers.records import R, Resource


class Sources(Protocol):
    """The sources of this process."""

    def of(self, register: str, resource: Resource[R]) -> Source[R]:
        """Give the one of a resource of a register."""


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
        places = [
            self._directory.place(url, resource.kind, resource.path) for url in urls
        ]
        by_register: dict[str, dict[str, Place]] = {}
        for place in places:
            if place is not None:
                by_register.setdefault(place.register, {})[place.url] = place
        found: dict[str, R | GatewayError] = {}
        for answers in await together(
            self._sources.of(register, resource).read(
                list(wanted.values()), parts, self._reading
            )
            for register, wanted in by_register.items()
        ):
            found |= answers
        unknown = UnknownRegister(
            f"no configured register has this in its {resource.path}"
        )
        return [unknown if place is None else found[place.url] for place in places]
