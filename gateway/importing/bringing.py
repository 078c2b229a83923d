"""Bringing the rows of a plan, within a transaction.

What another did to a row here is left alone. A row follows the record there only while
it is what the last import left: a keyed hash of that is kept with the key.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple
from uuid import UUID

import msgspec

from gateway.importing.lines import Lines, Notes
from gateway.importing.planning import WHOSE, Keys, Plan, Planned, Values
from gateway.importing.toestemming import GEHEIMHOUDING, lacking, refusal, without
from gateway.store.writing import importing as store
from gateway.store.writing.importing import Key, Sleutel
from gateway.store.writing.mutaties import Handeling, Mutatie
from gateway.store.writing.transaction import Transaction

NEVER = "-"
"""The hash of no row: of one that was here already, and that differs."""

EMPTIED = "0"
"""The hash of a betrokkene that was emptied here: nothing of whom it was comes again."""

KEPT = "differs from what is here, which is kept"
REMOVED = "was removed here, and is not brought again"
TAKEN = "is taken here: it got one of ours"

WHO = (
    *("partij_id", "voorletters", "voornaam", "voorvoegsel_achternaam", "achternaam"),
    "organisatienaam",
)
"""Columns of a betrokkene that say who it was."""

_SOORTEN: Mapping[str, str] = MappingProxyType(
    {
        "actoren": "actor",
        "partijen": "partij",
        "externe_identificaties": "externe_identificatie",
        "adressen": "adres",
        "digitale_adressen": "digitaal_adres",
        "rekeningnummers": "rekeningnummer",
        "klantcontacten": "klantcontact",
        "betrokkenen": "betrokkene",
        "onderwerpen": "onderwerp",
        "inhoudsdelen": "inhoudsdeel",
        "interne_taken": "interne_taak",
    }
)
"""What the trail of changes calls a row."""


class Done(StrEnum):
    """What became of a record."""

    MADE = "made"
    FOUND = "found"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    KEPT = "kept as here"
    REMOVED = "removed here"
    LEFT_OUT = "left out"


Counts = Counter[tuple[str, Done]]
Digest = Callable[[Values], str]


class Coming(NamedTuple):
    """What comes from where.

    Attributes:
        bron: names the other store.
        digest: hashes values.
        moment: when.
    """

    bron: str
    digest: Digest
    moment: datetime


class Work:
    """One plan, under way.

    Attributes:
        counts: what became of its rows.
        done: what the trail of changes is to say.
        kept: keys, as they are since.
    """

    def __init__(
        self, coming: Coming, tx: Transaction, plan: Plan, keys: Keys, lines: Lines
    ) -> None:
        """Take what is to be brought, and where."""
        self.counts: Counts = Counter()
        self.done: list[Mutatie] = []
        self.kept: list[Sleutel] = []
        self._lines = lines
        self._coming = coming
        self._tx = tx
        self._plan = plan
        self._keys = keys
        # Keys of rows that were here already, by those that were planned.
        self._renamed: dict[UUID, UUID] = {}
        self._is_new = False
        # Why no data of the partij come that take consent.
        self._refusal: str | None = None
        # Betrokkenen that were emptied here.
        self._emptied: set[object] = set()

    async def do(self) -> None:
        """Do it all.

        Raises:
            Violated: it breaks a rule of the tables.
            Collided: it gave way to another.
        """
        owner = self._plan.head.beside.get("partij_id")
        if isinstance(owner, UUID):
            self._refusal = await refusal(self._tx, self._coming.bron, owner)
        for row in self._plan.rows:
            if self._refusal is not None and row.is_contact:
                self._leave_out(row, self._refusal)
            elif row.beside.get("betrokkene_id") in self._emptied:
                self._leave_out(row, WHOSE)
            else:
                await self._bring(row)
        await self._keep_all()

    async def _bring(self, planned: Planned) -> None:
        row = self._with_keys_here(planned)
        sleutel = self._keys.known(row.soort, row.bron_id)
        if row.links:
            await self._link(row, sleutel)
            return
        key = row.id if sleutel is not None else await self._already(row)
        if key is not None:
            self._renamed[row.id] = key
            row = msgspec.structs.replace(row, id=key)
        row = await self._only_one_standaard(row)
        if key is None:
            await self._make(row)
            return
        if row.soort == "partij":
            row = await self._as_consented(row)
        if sleutel is None:
            await self._find(row)
        else:
            await self._follow(row, sleutel)

    async def _as_consented(self, row: Planned) -> Planned:
        """Give a partij that is here without what takes consent, unless that stands."""
        self._refusal = await refusal(self._tx, self._coming.bron, row.id)
        if self._refusal is None:
            return row
        values, private = without(row.values, await self._here(row) or {})
        if private:
            self._notes(row).left_out(", ".join(private), self._refusal)
        return msgspec.structs.replace(row, values=values)

    def _with_keys_here(self, row: Planned) -> Planned:
        def here(values: Values) -> Values:
            return {
                name: self._renamed.get(value, value)
                if isinstance(value, UUID)
                else value
                for name, value in values.items()
            }

        return msgspec.structs.replace(
            row,
            id=self._renamed.get(row.id, row.id),
            values=here(row.values),
            beside=here(row.beside),
        )

    async def _already(self, row: Planned) -> UUID | None:
        """Find a row that is here and that no import from this store brought."""
        if row.sets:
            return row.id
        of = Key(self._coming.bron, row.soort, row.table)
        if row.soort == "partij":
            named = [msgspec.structs.astuple(each) for each in self._plan.named]
            soort = str(row.beside["soort_partij"])
            return await store.partij_named(self._tx, of.bron, soort, named)
        if not row.natural or self._is_new:
            return None
        every = {**row.values, **row.beside}
        return await store.found(
            self._tx, of, {name: every[name] for name in row.natural}
        )

    async def _make(self, row: Planned) -> None:
        self._is_new = self._is_new or row.soort == self._plan.head.soort
        values = {**row.values, **row.beside, "id": row.id}
        number = values.pop("nummer", None)
        if isinstance(number, int):
            if await store.is_free(self._tx, row.table, number):
                values["nummer"] = number
            else:
                self._notes(row).left_out("nummer", TAKEN)
        await store.add(self._tx, row.table, values)
        self._record(Handeling.GEMAAKT, row, None)
        inhoud = EMPTIED if row.orphaned else self._coming.digest(row.values)
        self._keep(row, Done.MADE, inhoud)

    async def _find(self, row: Planned) -> None:
        """Join a row that is here; what it says, stays."""
        here = await self._here(row) or {}
        if row.sets and not any(each is not None for each in here.values()):
            await self._change(row, here)
            return
        added = lacking(row.values, here) if row.soort == "partij" else {}
        await self._fill(row, here, added)
        differs = [
            name
            for name, value in row.values.items()
            if value is not None and value != {**here, **added}.get(name)
        ]
        if differs:
            self._notes(row).left_out(", ".join(differs), KEPT)
        done = Done.KEPT if differs else Done.CHANGED if added else Done.FOUND
        inhoud = NEVER if differs else self._coming.digest(row.values)
        self._keep(row, done, inhoud, gevonden=True)

    async def _follow(self, row: Planned, sleutel: Sleutel) -> None:
        """Follow the record there, unless somebody changed it here."""
        digest = self._coming.digest
        wanted = digest(row.values)
        if sleutel.inhoud == wanted:
            self.counts[row.soort, Done.UNCHANGED] += 1
            return
        here = await self._here(row)
        if here is None:
            self._notes(row).noted("", REMOVED)
            self.counts[row.soort, Done.REMOVED] += 1
        elif self._was_emptied(row, here, sleutel):
            self._leave_empty(row, sleutel)
        elif digest(here) == wanted:
            self._keep(row, Done.UNCHANGED, wanted)
        elif digest(here) == sleutel.inhoud:
            await self._change(row, here)
        else:
            await self._keep_here(row, here)

    def _was_emptied(
        self, row: Planned, here: dict[str, object], sleutel: Sleutel
    ) -> bool:
        """Whether it is a betrokkene of whom it is not to be known any more who it was."""
        if row.soort != "betrokkene" or any(here[name] is not None for name in WHO):
            return False
        digest, known = self._coming.digest, row.orphaned or sleutel.inhoud == EMPTIED
        return known or digest(here) not in {digest(row.values), sleutel.inhoud}

    def _leave_empty(self, row: Planned, sleutel: Sleutel) -> None:
        self._emptied.add(row.id)
        private = [name for name in WHO if row.values[name] is not None]
        if private:
            self._notes(row).left_out(", ".join(private), WHOSE)
        if sleutel.inhoud == EMPTIED:
            self.counts[row.soort, Done.UNCHANGED] += 1
        else:
            self._keep(row, Done.UNCHANGED, EMPTIED)

    async def _keep_here(self, row: Planned, here: dict[str, object]) -> None:
        """Let what somebody changed here be, but for secrecy that is new."""
        added = lacking(row.values, here, [GEHEIMHOUDING])
        await self._fill(row, here, added)
        now = {**here, **added}
        differs = [name for name in row.values if row.values[name] != now[name]]
        if differs:
            self._notes(row).left_out(", ".join(differs), KEPT)
            self.counts[row.soort, Done.KEPT] += 1
        else:
            self._keep(row, Done.CHANGED, self._coming.digest(row.values))

    async def _fill(self, row: Planned, here: dict[str, object], added: Values) -> None:
        if added:
            await store.change(self._tx, row.table, row.id, added)
            oud = {name: here.get(name) for name in added}
            self._record(Handeling.GEWIJZIGD, row, oud)

    async def _change(self, row: Planned, here: dict[str, object]) -> None:
        await store.change(self._tx, row.table, row.id, row.values)
        self._record(Handeling.GEWIJZIGD, row, here)
        self._keep(row, Done.CHANGED, self._coming.digest(row.values))

    async def _link(self, row: Planned, sleutel: Sleutel | None) -> None:
        if sleutel is not None:
            self.counts[row.soort, Done.UNCHANGED] += 1
            return
        await store.link(self._tx, row.table, row.beside)
        self._keep(row, Done.MADE, self._coming.digest(row.values))

    async def _only_one_standaard(self, row: Planned) -> Planned:
        partij, soort = row.beside.get("partij_id"), row.values.get("soort")
        if not row.values.get("standaard") or not isinstance(partij, UUID):
            return row
        if not await store.has_standaard(self._tx, partij, str(soort), row.id):
            return row
        rule = "another of its soort is that here"
        self._notes(row).noted("isStandaardAdres", rule)
        return msgspec.structs.replace(row, values={**row.values, "standaard": False})

    async def _here(self, row: Planned) -> dict[str, object] | None:
        return await store.columns(self._tx, row.table, row.id, [*row.values])

    def _leave_out(self, row: Planned, rule: str) -> None:
        self._notes(row).left_out("", rule)
        self.counts[row.soort, Done.LEFT_OUT] += 1

    def _keep(
        self, row: Planned, done: Done, inhoud: str, *, gevonden: bool = False
    ) -> None:
        self.kept.append(Sleutel(row.soort, row.bron_id, row.id, inhoud, gevonden))
        self.counts[row.soort, done] += 1

    async def _keep_all(self) -> None:
        bron, moment = self._coming.bron, self._coming.moment
        new = []
        for each in self.kept:
            if self._keys.known(each.soort, each.bron_id) is None:
                new.append(each)
            else:
                await store.renew(self._tx, bron, each, moment)
        await store.keep(self._tx, bron, new, moment)

    def _record(
        self, handeling: Handeling, row: Planned, here: dict[str, object] | None
    ) -> None:
        soort = _SOORTEN[row.table]
        self.done.append(Mutatie(handeling, soort, row.id, None, here))

    def _notes(self, row: Planned) -> Notes:
        return self._lines.of(row.soort, row.bron_id)
