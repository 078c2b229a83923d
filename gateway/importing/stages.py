"""All that an Open Klant has, kind by kind, in an order that keeps references."""

import re
from collections.abc import (
    AsyncIterator,
    Awaitable,
    Callable,
    Iterator,
    Mapping,
    Sequence,
)
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple, TypeVar
from uuid import UUID

import msgspec

from gateway.importing import actoren, partijen
from gateway.importing.bringing import Counts, Done
from gateway.importing.klantcontacten import Klantcontacten, earlier, pairs
from gateway.importing.lines import Line, Lines, Verdict
from gateway.importing.planning import Keys, Plan
from gateway.importing.records import (
    Actor,
    Bijlage,
    DigitaalAdres,
    InterneTaak,
    Klantcontact,
    Onderwerpobject,
    Partij,
    PartijIdentificator,
    Rekeningnummer,
    Stub,
    Vertegenwoordiging,
)
from gateway.importing.source import (
    PARTS_OF_KLANTCONTACT,
    PARTS_OF_PARTIJ,
    OpenKlant,
    Unreadable,
    read,
    uuid_in,
)
from gateway.importing.taking import Taker
from gateway.importing.verwijzingen import Verwijzingen
from gateway.progress import Progress

T = TypeVar("T", bound=Stub)

Making = Callable[[T, Keys, Lines], Awaitable[Plan | None]]
"""Plans one record."""

# Whatever is named in a page, itself and what it refers to.
_UUIDS = re.compile(rb'"uuid"\s*:\s*"([0-9a-fA-F-]{36})"')

CHANGED_MEANWHILE = "the list changed while it was read: run it again"
GONE = "is in its list, and not at its own address: run it again"
OUTSIDE_CONTRACT = "is outside the contract"
NOBODYS = "belongs to nothing"
NO_PLACE = "has no place here"


class Orphan(NamedTuple):
    """Parts that may belong to nothing.

    Attributes:
        kind: of record.
        owners: attributes that name what it belongs to.
    """

    kind: type[Stub]
    owners: tuple[str, ...]


_SOORTEN: Mapping[str, str] = MappingProxyType(
    {
        "actoren": "actor",
        "partijen": "partij",
        "rekeningnummers": "rekeningnummer",
        "vertegenwoordigingen": "vertegenwoordiging",
        "categorieen": "categorie",
        "categorie-relaties": "categorie_relatie",
        "klantcontacten": "klantcontact",
        "internetaken": "interne_taak",
        "digitaleadressen": "digitaal_adres",
        "partij-identificatoren": "partij_identificator",
        "onderwerpobjecten": "onderwerpobject",
        "bijlagen": "bijlage",
    }
)
"""What one record of each list is called."""

_ORPHANS: Mapping[str, Orphan] = MappingProxyType(
    {
        "digitaleadressen": Orphan(
            DigitaalAdres,
            ("verstrekt_door_partij", "verstrekt_door_betrokkene"),
        ),
        "partij-identificatoren": Orphan(
            PartijIdentificator, ("identificeerde_partij",)
        ),
        "onderwerpobjecten": Orphan(Onderwerpobject, ("klantcontact",)),
        "bijlagen": Orphan(Bijlage, ("was_bijlage_van_klantcontact",)),
    }
)


class Outlets(NamedTuple):
    """What hears of it.

    Attributes:
        tell: takes a line.
        progress: shows how far it is.
    """

    tell: Callable[[Line], None]
    progress: Progress


class Import:
    """One run.

    Attributes:
        counts: what became of records.
        left_out: how many lines say that something is not here.
    """

    def __init__(
        self,
        source: OpenKlant,
        taker: Taker,
        verwijzingen: Verwijzingen,
        outlets: Outlets,
        since: datetime | None = None,
    ) -> None:
        """Take from where, and to where.

        Args:
            source: the other store.
            taker: writes to ours.
            verwijzingen: reads references.
            outlets: what hears of it.
            since: leave out klantcontacten from before it, unless an interne taak of
                theirs was assigned or dealt with since.
        """
        self.counts: Counts = Counts()
        self.left_out = 0
        self._source = source
        self._taker = taker
        self._klantcontacten = Klantcontacten(verwijzingen)
        self._outlets = outlets
        self._since = since

    async def run(self) -> None:
        """Read all of it.

        Raises:
            GatewayError: one of both stores does not do its part.
        """
        await self._stage("actoren", Actor, self._plan_actor)
        for soort in partijen.SOORTEN:
            params = {"soortPartij": soort, "expand": PARTS_OF_PARTIJ}
            await self._stage("partijen", Partij, self._plan_partij, **params)
        await self._stage("rekeningnummers", Rekeningnummer, self._plan_rekeningnummer)
        await self._stage(
            "vertegenwoordigingen", Vertegenwoordiging, self._plan_vertegenwoordiging
        )
        for resource in ("categorieen", "categorie-relaties"):
            await self._tell_all(resource)
        await self._take_klantcontacten()
        for resource, orphan in _ORPHANS.items() if self._since is None else ():
            await self._tell_orphans(resource, orphan)

    async def _plan_actor(self, given: Actor, keys: Keys, lines: Lines) -> Plan | None:
        return actoren.plan(given, keys, lines)

    async def _plan_partij(
        self, given: Partij, keys: Keys, lines: Lines
    ) -> Plan | None:
        parents = {
            parent.uuid: parent
            for each in given.partij_identificatoren or ()
            if (parent := await self._parent(given, each)) is not None
        }
        return partijen.plan(given, keys, lines, parents, self._taker.clock())

    async def _parent(
        self, partij: Partij, given: PartijIdentificator
    ) -> PartijIdentificator | None:
        """Read under what one stands, where that is another partij's."""
        stub = given.sub_identificator_van
        own = {each.uuid for each in partij.partij_identificatoren or ()}
        if stub is None or stub.uuid in own:
            return None
        raw = await self._source.one("partij-identificatoren", stub.uuid)
        try:
            return None if raw is None else read(raw, PartijIdentificator)
        except Unreadable:
            return None

    async def _plan_rekeningnummer(
        self, given: Rekeningnummer, keys: Keys, lines: Lines
    ) -> Plan | None:
        return partijen.rekeningnummer(given, keys, lines)

    async def _plan_vertegenwoordiging(
        self, given: Vertegenwoordiging, keys: Keys, lines: Lines
    ) -> Plan | None:
        return partijen.vertegenwoordiging(given, keys, lines)

    async def _plan_klantcontact(
        self, given: Klantcontact, keys: Keys, lines: Lines
    ) -> Plan | None:
        return self._klantcontacten.plan(given, keys, lines)

    async def _stage(
        self, resource: str, kind: type[T], make: Making[T], **params: str
    ) -> None:
        async for results in self._pages(resource, params):
            keys = await self._keys(results)
            for given in self._read(resource, results, kind):
                await self._take(resource, given, keys, make)

    async def _take_klantcontacten(self) -> None:
        """Take those first that are about no other, or about one that is here."""
        waiting: list[UUID] = []
        async for results in self._results():
            contacts = list(self._read("klantcontacten", results, Klantcontact))
            keys = await self._keys(
                results, *(each for contact in contacts for each in pairs(contact))
            )
            for contact in contacts:
                if all(keys.known("klantcontact", each) for each in earlier(contact)):
                    await self._take_klantcontact(contact, keys)
                else:
                    waiting.append(contact.uuid)
        await self._take_waiting(waiting)

    async def _take_klantcontact(self, contact: Klantcontact, keys: Keys) -> None:
        await self._take("klantcontacten", contact, keys, self._plan_klantcontact)

    async def _take_waiting(self, waiting: list[UUID]) -> None:
        """Take the others, in turns, until the last wait for what does not come."""
        self._outlets.progress.begin("klantcontacten")
        before = 0
        while waiting:
            is_last = len(waiting) == before
            before = len(waiting)
            # Open Klant gives what is newest first; what others are about is older.
            waiting = [
                uuid
                for uuid in reversed(waiting)
                if not await self._take_one(uuid, anyhow=is_last)
            ][::-1]

    async def _take_one(self, uuid: UUID, *, anyhow: bool) -> bool:
        """Take a klantcontact; False when it must wait for another."""
        raws = await self._whole(uuid)
        for contact in self._read("klantcontacten", raws, Klantcontact):
            keys = await self._keys(raws, *pairs(contact))
            known = [keys.known("klantcontact", each) for each in earlier(contact)]
            if not (anyhow or all(known)):
                return False
            await self._take_klantcontact(contact, keys)
            self._outlets.progress.step(1, 1)
        return True

    async def _whole(self, uuid: UUID) -> list[msgspec.Raw]:
        """Read a klantcontact of the list by itself, with all its parts."""
        expand = PARTS_OF_KLANTCONTACT
        raw = await self._source.one("klantcontacten", uuid, expand=expand)
        if raw is None:
            self._leave_out("klantcontacten", uuid, "", GONE)
            return []
        return [raw]

    async def _results(self) -> AsyncIterator[Sequence[msgspec.Raw]]:
        """Give klantcontacten with all their parts, some at a time."""
        if self._since is None:
            params = {"expand": PARTS_OF_KLANTCONTACT}
            async for results in self._pages("klantcontacten", params):
                yield results
            return
        followed = await self._followed(self._since)
        async for results in self._pages("klantcontacten", {}):
            found = []
            for contact in self._read("klantcontacten", results, Klantcontact):
                when = contact.plaatsgevonden_op
                if contact.uuid in followed or (when and when >= self._since):
                    found += await self._whole(contact.uuid)
            yield found

    async def _followed(self, since: datetime) -> set[UUID]:
        """Name the klantcontacten that had something done about them since."""
        found = set()
        async for results in self._pages("internetaken", {}):
            for taak in self._read("internetaken", results, InterneTaak):
                last = max(
                    taak.toegewezen_op, taak.afgehandeld_op or taak.toegewezen_op
                )
                if last >= since:
                    found.add(taak.aanleidinggevend_klantcontact.uuid)
        return found

    async def _tell_all(self, resource: str) -> None:
        """Tell of records of which there are none here."""
        async for results in self._pages(resource, {}):
            for given in self._read(resource, results, Stub):
                self._leave_out(resource, given.uuid, "", NO_PLACE)

    async def _tell_orphans(self, resource: str, orphan: Orphan) -> None:
        """Tell of parts that belong to nothing, which nothing else brought up."""
        async for results in self._pages(resource, {}):
            for given in self._read(resource, results, orphan.kind):
                if not any(getattr(given, owner) for owner in orphan.owners):
                    self._leave_out(resource, given.uuid, "", NOBODYS)

    async def _pages(
        self, resource: str, params: dict[str, str]
    ) -> AsyncIterator[Sequence[msgspec.Raw]]:
        """Read a list, showing how far it is; say how many did not come."""
        progress, missing = self._outlets.progress, 0
        progress.begin(resource)
        async for part in self._source.pages(resource, **params):
            yield part.results
            missing = part.of - part.distinct
            progress.step(len(part.results), part.of)
        progress.clear()
        if missing > 0:
            rule = f"{missing:,} of the list did not come: run it again"
            self._tell(Line(Verdict.LEFT_OUT, resource, None, "", rule))
        elif missing < 0:
            self._tell(Line(Verdict.NOTED, resource, None, "", CHANGED_MEANWHILE))

    async def _keys(self, results: Sequence[msgspec.Raw], *more: UUID) -> Keys:
        named = {
            UUID(each.decode())
            for raw in results
            for each in _UUIDS.findall(bytes(raw))
        }
        return Keys(await self._taker.known([*named, *more]))

    def _read(
        self, resource: str, results: Sequence[msgspec.Raw], kind: type[T]
    ) -> Iterator[T]:
        for raw in results:
            try:
                yield read(raw, kind)
            except Unreadable as error:
                uuid = uuid_in(raw)
                self._leave_out(resource, uuid, error.field, OUTSIDE_CONTRACT)

    async def _take(self, resource: str, given: T, keys: Keys, make: Making[T]) -> None:
        lines = Lines()
        plan = await make(given, keys, lines)
        if plan is None:
            self.counts[_SOORTEN[resource], Done.LEFT_OUT] += 1
        else:
            self.counts += await self._taker.take(plan, keys)
        for line in lines:
            self._tell(line)

    def _leave_out(
        self, resource: str, uuid: UUID | None, field: str, rule: str
    ) -> None:
        soort = _SOORTEN[resource]
        self.counts[soort, Done.LEFT_OUT] += 1
        self._tell(Line(Verdict.LEFT_OUT, soort, uuid, field, rule))

    def _tell(self, line: Line) -> None:
        self.left_out += line.verdict is Verdict.LEFT_OUT
        self._outlets.progress.clear()
        self._outlets.tell(line)
