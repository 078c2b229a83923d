"""Bringing a plan into the store: in one transaction, all of it or nothing."""

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from hashlib import blake2b
from uuid import UUID, uuid4

import msgspec

from gateway.deadline import Deadline
from gateway.errors import RegisterUnavailable
from gateway.importing.bringing import REMOVED, Coming, Counts, Digest, Done, Work
from gateway.importing.lines import Lines
from gateway.importing.planning import Keys, Plan, Planned, Values
from gateway.store.database import STORE
from gateway.store.writing import importing as store
from gateway.store.writing.importing import Sleutel
from gateway.store.writing.mutaties import Door, note
from gateway.store.writing.transaction import Collided, Violated, Writer

PATIENCE = 60.0
"""Seconds that one record may take."""

ATTEMPTS = 3
"""How often a record is tried that collides with what others write."""


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

    async def other_bron(self) -> str | None:
        """Name another store of which there were imports, if of this one were none."""
        async with self._writer.transaction(Deadline.after(PATIENCE)) as tx:
            return await store.other_bron(tx, self.bron)

    async def take(self, plan: Plan, keys: Keys) -> Counts:
        """Bring it in; `keys` then knows what came.

        What breaks a rule of our tables becomes a line, and none of it is written.

        Raises:
            RegisterUnavailable: the database does not answer, or others were in the way
                each time.
            DeadlineExceeded: not in time.
        """
        for _ in range(ATTEMPTS):
            with suppress(Collided):
                return await self._take(plan, keys)
        raise RegisterUnavailable(STORE, "others want to change the same just now")

    async def _take(self, plan: Plan, keys: Keys) -> Counts:
        head = plan.head
        known = keys.known(head.soort, head.bron_id)
        notes = plan.lines.of(head.soort, head.bron_id)
        if known is not None and not known.is_here:
            notes.noted("", REMOVED)
            return Counter({(head.soort, Done.REMOVED): 1})
        if all(self._is_same(row, keys) for row in plan.rows):
            return Counter((row.soort, Done.UNCHANGED) for row in plan.rows)
        lines = Lines()
        coming = Coming(self.bron, self.digest, self.clock())
        try:
            async with self._writer.transaction(Deadline.after(PATIENCE)) as tx:
                work = Work(coming, tx, plan, keys, lines)
                await work.do()
                await note(tx, self._door(coming.moment), work.done)
        except Violated as error:
            plan.lines.add(*lines)
            notes.left_out("", f"breaks the rule {error.constraint}")
            return Counter({(head.soort, Done.LEFT_OUT): 1})
        plan.lines.add(*lines)
        keys.know(work.kept)
        return work.counts

    def _is_same(self, row: Planned, keys: Keys) -> bool:
        known = keys.known(row.soort, row.bron_id)
        return known is not None and known.inhoud == self.digest(row.values)

    def _door(self, moment: datetime) -> Door:
        return Door(
            moment=moment,
            trace_id=self._trace_id,
            soort_aanvrager="systeem",
            wie="klantbeeld import open-klant",
            uitgever=None,
            namens=None,
            client=None,
            verwerking="import",
            mutatie="import open-klant",
        )
