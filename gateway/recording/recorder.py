"""One mutation, one transaction: retries, mistakes, and who changed what.

A mutation that is asked again with the same key gets what it came to the first time,
also when both arrive together: the second waits for the first. What it came to is kept
with what it wrote, or neither is.
"""

from collections.abc import Awaitable, Callable, Mapping, Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import msgspec

from gateway.deadline import Deadline
from gateway.errors import RegisterUnavailable
from gateway.identity.caller import Caller
from gateway.identity.pseudonyms import Pseudonyms
from gateway.identity.trail.who import who_asked
from gateway.recording.fouten import Fout, FoutCode, Fouten, Mistaken
from gateway.recording.verzenden import Verzending
from gateway.settings.recording import RecordingSettings
from gateway.store.database import STORE
from gateway.store.writing.mutaties import Door, Handeling, Mutatie, note
from gateway.store.writing.retries import Answered, Retry, claim, settle
from gateway.store.writing.transaction import Collided, Transaction, Writer
from gateway.tracing import begun, current

ATTEMPTS = 3
"""At what collides with another: PostgreSQL lets one of them through each time."""

ONTWIKKELING = "ontwikkeling"


class Question(msgspec.Struct, frozen=True):
    """What is asked.

    Attributes:
        mutatie: its name in the graph.
        sleutel: of who may ask again; None of who will not.
        asked: all of it, in a form that can be JSON.
    """

    mutatie: str
    sleutel: str | None
    asked: object


class Uitkomst(msgspec.Struct, frozen=True):
    """What a mutation came to.

    Attributes:
        sleutels: keys of what was recorded, by what it is (`klantcontact`, `partij` …).
        fouten: why it was not.
        waarschuwingen: what was recorded all the same.
    """

    sleutels: Mapping[str, UUID] = msgspec.field(default_factory=dict)
    fouten: tuple[Fout, ...] = ()
    waarschuwingen: tuple[Fout, ...] = ()


class Recording:
    """A mutation under way.

    Attributes:
        tx: what it writes in.
        now: the moment of all that is recorded by it.
        caller: who asks.
        fouten: collected; `check` ends it.
        settings: the municipality's choices.
        owns: whether a configured register owns a URL.
        own: keys of the partijen that a klant is; None of who is no klant.
        digest: of a text that may be anybody's, to compare it later.
        kanalen: codes of these; any is one where there are none.
    """

    def __init__(
        self,
        tx: Transaction,
        now: datetime,
        recorder: "Recorder",
        own: frozenset[UUID] | None,
    ) -> None:
        self.tx = tx
        self.now = now
        self.own = own
        self.caller = recorder.caller
        self.settings = recorder.desk.settings
        self.owns = recorder.desk.owns
        self.digest = recorder.desk.pseudonyms.digest
        self.kanalen = recorder.desk.kanalen
        self.fouten = Fouten()
        self.done: list[Mutatie] = []

    def made(self, soort: str, key: UUID) -> None:
        """Note a new record."""
        self.done.append(Mutatie(Handeling.GEMAAKT, soort, key))

    def changed(
        self, soort: str, key: UUID, oud: dict[str, object], reden: str | None = None
    ) -> None:
        """Note a record that was changed, and what stood there."""
        self.done.append(Mutatie(Handeling.GEWIJZIGD, soort, key, reden, oud))

    def removed(
        self, soort: str, key: UUID, oud: dict[str, object], reden: str | None = None
    ) -> None:
        """Note a record that was removed, and what it held."""
        self.done.append(Mutatie(Handeling.VERWIJDERD, soort, key, reden, oud))


Work = Callable[[Recording], Awaitable[Uitkomst]]


def utc_now() -> datetime:
    """Give the moment."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Desk:
    """What mutations are recorded with; one for each process.

    Attributes:
        writer: begins transactions.
        pseudonyms: name who asks.
        settings: the municipality's choices.
        owns: whether a configured register owns a URL.
        verzending: sends codes; None where nothing does.
        clock: gives the moment.
        kanalen: codes of these; any is one where there are none.
    """

    writer: Writer
    pseudonyms: Pseudonyms
    settings: RecordingSettings
    owns: Callable[[str], bool]
    verzending: Verzending | None = None
    clock: Callable[[], datetime] = utc_now
    kanalen: AbstractSet[str] = frozenset()


class Recorder:
    """One for each request."""

    def __init__(self, desk: Desk, caller: Caller, deadline: Deadline) -> None:
        """Take who asks, and until when it may take."""
        self.caller = caller
        self.desk = desk
        self._deadline = deadline

    async def record(
        self, question: Question, work: Work, own: frozenset[UUID] | None = None
    ) -> Uitkomst:
        """Do it, all or nothing.

        Args:
            question: what is asked.
            work: does it; may raise Mistaken.
            own: keys of the partijen that a klant is; None of who is no klant.

        Returns:
            What it came to, now or the first time; of mistakes nothing is written.

        Raises:
            RegisterUnavailable: the store does not answer, or others were in the way
                each time.
            DeadlineExceeded: not in time.
        """
        for _ in range(ATTEMPTS):
            with suppress(Collided):
                return await self._once(question, work, own)
        raise RegisterUnavailable(STORE, "others want to change the same just now")

    async def _once(
        self, question: Question, work: Work, own: frozenset[UUID] | None
    ) -> Uitkomst:
        try:
            async with self.desk.writer.transaction(self._deadline) as tx:
                return await self._recorded(tx, question, work, own)
        except Mistaken as mistaken:
            return Uitkomst(fouten=mistaken.fouten)

    async def _recorded(
        self,
        tx: Transaction,
        question: Question,
        work: Work,
        own: frozenset[UUID] | None,
    ) -> Uitkomst:
        now = self.desk.clock()
        retry = self._retry(question)
        claimed = None if retry is None else await claim(tx, retry, now)
        if isinstance(claimed, Answered):
            return _answered(claimed)
        recording = Recording(tx, now, self, own)
        uitkomst = await work(recording)
        recording.fouten.check()
        await note(tx, self._door(question.mutatie, now), recording.done)
        if claimed is not None:
            await settle(tx, claimed, msgspec.to_builtins(uitkomst))
        return uitkomst

    def _retry(self, question: Question) -> Retry | None:
        if question.sleutel is None:
            return None
        # Keyed hashes: what is asked may be anybody's data.
        pseudonyms = self.desk.pseudonyms
        digest, who = pseudonyms.digest, who_asked(self.caller, pseudonyms)
        vraag = msgspec.json.encode(question.asked, order="sorted").decode()
        return Retry(
            digest("aanvrager", *(each or "" for each in who)),
            question.mutatie,
            digest("sleutel", question.sleutel),
            digest("vraag", vraag),
        )

    def _door(self, mutatie: str, now: datetime) -> Door:
        caller, who = self.caller, who_asked(self.caller, self.desk.pseudonyms)
        verwerking = caller.verwerking
        return Door(
            moment=now,
            trace_id=(current() or begun()).trace_id,
            soort_aanvrager=caller.soort,
            wie=who.wie,
            uitgever=who.uitgever,
            namens=who.namens,
            client=caller.client or None,
            verwerking=verwerking.name if verwerking is not None else ONTWIKKELING,
            mutatie=mutatie,
        )


def _answered(before: Answered) -> Uitkomst:
    """Give what a question came to before.

    Raises:
        Mistaken: the key was used for another question.
    """
    if before.is_same:
        return msgspec.convert(before.uitkomst, Uitkomst)
    melding = "Deze idempotentiesleutel is al voor een andere vraag gebruikt."
    fout = Fout(FoutCode.SLEUTEL_HERGEBRUIKT, "idempotentiesleutel", melding)
    raise Mistaken((fout,))
