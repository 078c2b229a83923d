"""All configured registers: what lasts as long as the process, and one request's view."""

import asyncio
import time
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import cast

from gateway.deadline import Deadline, Timer
from gateway.registers import catalogi, documenten, objecten, zaken
from gateway.registers.catalogi import Catalogi
from gateway.registers.directory import Directory
from gateway.registers.documenten import Documenten
from gateway.registers.objecten import Objecten
from gateway.registers.reading.by_url import ByUrl
from gateway.registers.reading.cache import Memory
from gateway.registers.reading.own import Own, Pseudonym
from gateway.registers.reading.rights import RightLifetimes
from gateway.registers.reading.singly import Singly
from gateway.registers.reading.source import Lifetimes, Reading, Source
from gateway.registers.reading.zoek import Zoek
from gateway.registers.records import R, Record, Resource
from gateway.registers.wire.credentials import Clock
from gateway.registers.wire.http import RegisterClient
from gateway.registers.wire.transport import Transport
from gateway.registers.zaken import Zaken
from gateway.settings import CacheSettings, RegisterKind, RegisterSettings

_RESOURCES: Mapping[RegisterKind, Sequence[Resource[Record]]] = MappingProxyType(
    {
        "zaken": zaken.RESOURCES,
        "catalogi": catalogi.RESOURCES,
        "documenten": documenten.RESOURCES,
        "objecten": objecten.RESOURCES,
        "notificaties": (),
    }
)

_LONGEST_RIGHT = 60.0
"""Seconds for which a zaak may still be somebody's after their rol has gone."""


class Reads:
    """What lives elsewhere, for one request.

    Attributes:
        directory: who owns which URL.
        reading: until when it waits, and how old what it got was.
        zaken: zaken, statussen and resultaten.
        catalogi: the types of these and of documents.
        documenten: what is known about documents.
        objecten: objects and their types.
    """

    def __init__(self, registers: "Registers", deadline: Deadline) -> None:
        self.directory = registers.directory
        self.reading = Reading(deadline, registers.memory.timer())
        by_url = ByUrl(registers, self.directory, self.reading)
        self.zaken = Zaken(by_url)
        self.catalogi = Catalogi(by_url)
        self.documenten = Documenten(by_url)
        self.objecten = Objecten(by_url, self.directory)

    def bron(self, url: str) -> str | None:
        """Name the register that owns a URL; None where nobody does."""
        owner = self.directory.owner(url)
        return None if owner is None else owner.name


class Registers:
    """What lives elsewhere; one for each process.

    Attributes:
        directory: who owns which URL.
        memory: what registers answered before.
    """

    def __init__(
        self,
        settings: Sequence[RegisterSettings],
        transport: Transport | None = None,
        *,
        pseudonym: Pseudonym,
        cache: CacheSettings | None = None,
        clock: Clock = time.time,
        timer: Timer = time.monotonic,
    ) -> None:
        """Build a client for each; no connection is opened before the first request.

        Args:
            settings: of the registers, names and addresses distinct.
            transport: instead of the network, for all of them.
            pseudonym: names klanten in what is remembered of them.
            cache: how long answers are good for, and how many are kept.
            clock: seconds since 1970.
            timer: monotonic seconds.

        Raises:
            InvalidSettings: by these settings not every URL has one owner, or a
                certificate cannot be used.
        """
        cache = cache or CacheSettings()
        self.directory = Directory(settings)
        self.memory = Memory(
            max_entries=cache.max_entries, max_bytes=cache.max_bytes, timer=timer
        )
        self._clients = [
            RegisterClient(each, transport, clock=clock, timer=timer)
            for each in settings
        ]
        lifetimes = _lifetimes(cache)
        self._sources = {
            (client.settings.name, resource.path): self._source(
                client, resource, self.memory, lifetimes
            )
            for client in self._clients
            for resource in _RESOURCES[client.settings.kind]
        }
        rights = RightLifetimes(
            min(cache.zaken_seconds, _LONGEST_RIGHT),
            min(cache.absent_seconds, _LONGEST_RIGHT),
        )
        self._own = {
            client.settings.name: Own(
                client,
                zaken.ZAKEN,
                pseudonym,
                rights,
                max_entries=cache.max_entries,
                timer=timer,
            )
            for client in self._clients
            if client.settings.kind == "zaken"
        }

    def reads(self, deadline: Deadline) -> Reads:
        """Read for one request.

        Args:
            deadline: until when it waits.
        """
        return Reads(self, deadline)

    def of(self, register: str, resource: Resource[R]) -> Source[R]:
        """Give the source of a resource of a register."""
        return cast("Source[R]", self._sources[register, resource.path])

    def own(self, register: str) -> Own:
        """Give who knows whose zaken of a register are."""
        return self._own[register]

    def drop(self, urls: Iterable[str]) -> None:
        """Forget records, what hangs below them and whose they are: they have changed.

        Args:
            urls: told together; those that nobody owns, or that are not known, do no
                harm.
        """
        changed: dict[str, list[str]] = {}
        for url in urls:
            place = self.directory.any_place(url)
            if place is not None:
                changed.setdefault(place.register, []).append(place.url)
                for each in self.memory.forget(place.url):
                    self._forget_under_way(place.register, each)
        for register, own in self._own.items():
            own.forget(changed.get(register, ()))

    def _forget_under_way(self, register: str, url: str) -> None:
        path = url.rsplit("/", 2)[1]
        for (owner, _), source in self._sources.items():
            if owner == register:
                source.forget(url, path)

    def flush(self) -> None:
        """Forget everything."""
        for source in self._sources.values():
            source.forget_all()
        for own in self._own.values():
            own.forget_all()
        self.memory.flush()

    async def aclose(self) -> None:
        """Give up what is under way, and close all connections."""
        sources = self._sources.values()
        await asyncio.gather(*(source.aclose() for source in sources))
        await asyncio.gather(*(own.aclose() for own in self._own.values()))
        await asyncio.gather(*(client.aclose() for client in self._clients))

    @staticmethod
    def _source(
        client: RegisterClient,
        resource: Resource[Record],
        memory: Memory,
        lifetimes: Lifetimes,
    ) -> Source[Record]:
        singly = Singly(client, resource, memory)
        fetch = (
            Zoek(client, resource, singly, timer=memory.timer)
            if resource.zoek
            else singly
        )
        return Source(client.settings.name, resource, fetch, memory, lifetimes)


def _lifetimes(cache: CacheSettings) -> Lifetimes:
    return Lifetimes(
        {
            "types": cache.types_seconds,
            "zaken": cache.zaken_seconds,
            "documenten": cache.documenten_seconds,
            "objecten": cache.objecten_seconds,
        },
        absence=cache.absent_seconds,
        stale=cache.stale_seconds,
    )
