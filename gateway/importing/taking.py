"""Bringing a plan into the store: in one transaction, all of it or nothing.

What another did to a row here is left alone. A row follows the record there only while
it is what the last import left: a keyed hash of that is kept with the key.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from hashlib import blake2b
from types import MappingProxyType
from uuid import UUID, uuid4

import msgspec

from gateway.deadline import Deadline
from gateway.importing.lines import Notes
from gateway.importing.planning import Keys, Plan, Planned, Values
from gateway.store.writing import importing as store
from gateway.store.writing.importing import Key, Sleutel
from gateway.store.writing.mutaties import Door, Handeling, Mutatie, note
from gateway.store.writing.transaction import Transaction, Violated, Writer

PATIENCE = 60.0
"""Seconds that one record may take."""

NEVER = "-"
"""The hash of no row: of one that was here already, and that differs."""

KEPT = "differs from what is here, which is kept"
REMOVED = "was removed here, and is not brought again"
TAKEN = "is taken here: it got one of ours"
WITHDREW = "consent for reuse was withdrawn here"

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


def digest_of(secret: str) -> Digest:
    """Hash values, by a key: without one, whose they are could be guessed back.

    Args:
        secret: what only this installation knows.
    """
    hashing = blake2b(secret.encode(), digest_size=32, person=b"klant-import")
    key = hashing.digest()

    def digest(values: Values) -> str:
        text = msgspec.json.encode(sorted(values.items()), enc_hook=str)
        return blake2b(text, key=key, digest_size=16).hexdigest()

    return digest


class Taker:
    """Takes over records of one store."""

    def __init__(
        self, writer: Writer, bron: str, digest: Digest, clock: Callable[[], datetime]
    ) -> None:
        """Take where to write.

        Args:
            writer: of our own store.
            bron: names the other one.
            digest: hashes values.
            clock: says what time it is.
        """
        self.bron = bron
        self.digest = digest
        self.clock = clock
        self._writer = writer
        self._trace_id = uuid4().hex

    async def known(self, bron_ids: Sequence[UUID]) -> list[Sleutel]:
        """Find what earlier imports brought of records."""
        async with self._writer.transaction(Deadline.after(PATIENCE)) as tx:
            return await store.known(tx, self.bron, bron_ids)

    async def take(self, plan: Plan, keys: Keys) -> Counts:
        """Bring it in; `keys` then knows what came.

        What breaks a rule of our tables becomes a line, and none of it is written.

        Raises:
            RegisterUnavailable: the database does not answer.
            DeadlineExceeded: nor in time.
        """
        head = plan.head
        known = keys.known(head.soort, head.bron_id)
        notes = plan.lines.of(head.soort, head.bron_id)
        if known is not None and not known.is_here:
            notes.noted("", REMOVED)
            return Counter({(head.soort, Done.REMOVED): 1})
        if all(self._is_same(row, keys) for row in plan.rows):
            return Counter((row.soort, Done.UNCHANGED) for row in plan.rows)
        try:
            async with self._writer.transaction(Deadline.after(PATIENCE)) as tx:
                work = _Work(self, tx, plan, keys)
                await work.do()
                await note(tx, self._door(), work.done)
        except Violated as error:
            notes.left_out("", f"breaks the rule {error.constraint}")
            return Counter({(head.soort, Done.LEFT_OUT): 1})
        keys.know(work.kept)
        return work.counts

    def _is_same(self, row: Planned, keys: Keys) -> bool:
        known = keys.known(row.soort, row.bron_id)
        return known is not None and known.inhoud == self.digest(row.values)

    def _door(self) -> Door:
        return Door(
            moment=self.clock(),
            trace_id=self._trace_id,
            soort_aanvrager="systeem",
            wie="klantbeeld import open-klant",
            uitgever=None,
            namens=None,
            client=None,
            verwerking="import",
            mutatie="import open-klant",
        )


class _Work:
    """One plan, under way."""

    def __init__(self, taker: Taker, tx: Transaction, plan: Plan, keys: Keys) -> None:
        self.counts: Counts = Counter()
        self.done: list[Mutatie] = []
        self.kept: list[Sleutel] = []
        self._taker = taker
        self._tx = tx
        self._plan = plan
        self._keys = keys
        # Keys of rows that were here already, by those that were planned.
        self._renamed: dict[UUID, UUID] = {}
        self._is_new = False

    async def do(self) -> None:
        """Do it all."""
        head = self._plan.head
        await self._bring(head)
        of_partij = head.soort == "partij" and not self._is_new
        partij = self._renamed.get(head.id, head.id)
        withdrew = of_partij and await store.withdrew(self._tx, partij)
        for row in self._plan.parts:
            if withdrew and row.is_contact:
                self._notes(row).left_out("", WITHDREW)
                self.counts[row.soort, Done.LEFT_OUT] += 1
            else:
                await self._bring(row)
        await self._keep_all()

    async def _bring(self, planned: Planned) -> None:
        row = self._with_keys_here(planned)
        sleutel = self._keys.known(row.soort, row.bron_id)
        if row.links:
            await self._link(row, sleutel)
            return
        row = await self._only_one_standaard(row)
        if sleutel is not None:
            await self._follow(row, sleutel)
        elif (key := await self._already(row)) is not None:
            self._renamed[row.id] = key
            await self._find(msgspec.structs.replace(row, id=key))
        else:
            await self._make(row)

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
        of = Key(self._taker.bron, row.soort, row.table)
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
        self._keep(row, Done.MADE, self._taker.digest(row.values))

    async def _find(self, row: Planned) -> None:
        """Join a row that is here; what it says, stays."""
        here = await self._here(row) or {}
        if row.sets and not any(each is not None for each in here.values()):
            await self._change(row, here)
            return
        differs = [
            name
            for name, value in row.values.items()
            if value is not None and value != here.get(name)
        ]
        if differs:
            self._notes(row).left_out(", ".join(differs), KEPT)
            self._keep(row, Done.KEPT, NEVER)
        else:
            self._keep(row, Done.FOUND, self._taker.digest(row.values))

    async def _follow(self, row: Planned, sleutel: Sleutel) -> None:
        """Follow the record there, unless somebody changed it here."""
        digest = self._taker.digest
        wanted = digest(row.values)
        if sleutel.inhoud == wanted:
            self.counts[row.soort, Done.UNCHANGED] += 1
            return
        here = await self._here(row)
        if here is None:
            self._notes(row).noted("", REMOVED)
            self.counts[row.soort, Done.REMOVED] += 1
        elif digest(here) == wanted:
            self._keep(row, Done.UNCHANGED, wanted)
        elif digest(here) == sleutel.inhoud:
            await self._change(row, here)
        else:
            differs = [name for name in row.values if row.values[name] != here[name]]
            self._notes(row).left_out(", ".join(differs), KEPT)
            self.counts[row.soort, Done.KEPT] += 1

    async def _change(self, row: Planned, here: dict[str, object]) -> None:
        await store.change(self._tx, row.table, row.id, row.values)
        self._record(Handeling.GEWIJZIGD, row, here)
        self._keep(row, Done.CHANGED, self._taker.digest(row.values))

    async def _link(self, row: Planned, sleutel: Sleutel | None) -> None:
        if sleutel is not None:
            self.counts[row.soort, Done.UNCHANGED] += 1
            return
        await store.link(self._tx, row.table, row.beside)
        self._keep(row, Done.MADE, self._taker.digest(row.values))

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

    def _keep(self, row: Planned, done: Done, inhoud: str) -> None:
        self.kept.append(Sleutel(row.soort, row.bron_id, row.id, inhoud))
        self.counts[row.soort, done] += 1

    async def _keep_all(self) -> None:
        bron, moment = self._taker.bron, self._taker.clock()
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
        return self._plan.lines.of(row.soort, row.bron_id)
