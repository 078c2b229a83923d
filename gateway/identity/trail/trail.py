"""Writes down what an operation showed, of whom, to whom and why, before it is shown.

What cannot be written down is not shown: an answer may only leave once `write` returned.
"""

import asyncio
import logging
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import msgspec

from gateway.deadline import Deadline
from gateway.errors import GatewayError, RegisterUnavailable
from gateway.identity.caller import Caller
from gateway.identity.pseudonyms import Pseudonym, Pseudonyms
from gateway.identity.trail.processing import ProcessingLog, Verwerkt
from gateway.identity.trail.who import who_asked
from gateway.identity.vaststelling import Vaststelling
from gateway.store.audit import Audit, Inzage
from gateway.tracing import Trace

GRACE = 1.0
"""Seconds that writing may take beyond the deadline: an answer that is cut off then is
given all the same, and has to be written down first."""

_ANYBODYS = re.compile(r"\S*@\S*|\d{6,}")

logger = logging.getLogger(__name__)


class NotWritten(RegisterUnavailable):
    """Nothing may be shown: that it was, cannot be written down."""

    def __init__(self) -> None:
        super().__init__("klantbeeld", "what is shown cannot be written down now")


class NoActivity(Exception):
    """A programming error: personal data were shown without a processing activity."""


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What one operation showed.

    Attributes:
        trace: in which it ran.
        operation: what the document calls it.
        fields: its root fields, by their names in the graph.
        started: seconds since 1970, as `ended`.
        shown: whom it showed something of; the same one more than once counts once.
        unnamed: whether it showed something of somebody whom nothing names.
        vaststelling: what a medewerker stated of the one they spoke with.
        disclosed: those shown whose partijgegevens that opened.
    """

    caller: Caller
    trace: Trace
    operation: str | None
    fields: Sequence[str]
    started: float
    ended: float
    shown: Sequence[Pseudonym]
    unnamed: bool = False
    vaststelling: Vaststelling | None = None
    disclosed: frozenset[Pseudonym] = frozenset()


class Trail:
    """Processing records and the audit trail; one of these per process."""

    def __init__(
        self,
        log: ProcessingLog,
        audit: Audit,
        pseudonyms: Pseudonyms,
        *,
        grace: float = GRACE,
    ) -> None:
        """Take where to write.

        Args:
            log: takes processing records, which name no medewerker.
            audit: takes who saw whom.
            pseudonyms: name klanten who ask.
            grace: seconds beyond the deadline.
        """
        self._log = log
        self._audit = audit
        self._pseudonyms = pseudonyms
        self._grace = grace

    async def write(self, seen: Seen, deadline: Deadline) -> None:
        """Write it all down; nothing, when nobody was shown.

        Raises:
            NotWritten: one of the two was not written, so nothing may be shown.
        """
        shown = list(dict.fromkeys(seen.shown))
        if not shown and not seen.unnamed:
            return
        inzage = self._inzage(seen)
        verwerkt = Verwerkt(
            trace=seen.trace,
            name=", ".join(inzage.wat),
            activity=inzage.verwerking_uri,
            started=seen.started,
            ended=seen.ended,
            betrokkenen=shown,
        )
        until = Deadline.after(max(deadline.remaining(), self._grace))
        done = await asyncio.gather(
            self._log.write(verwerkt, until),
            *(self._audit.write(*rows, until) for rows in _rows(inzage, seen, shown)),
            return_exceptions=True,
        )
        for result in done:
            if isinstance(result, GatewayError):
                logger.error("nothing is shown, since it is not written: %s", result)
                raise NotWritten from result
            if isinstance(result, BaseException):
                raise result

    def close(self) -> None:
        """Break off what nobody waits for any more."""
        self._log.close()

    def _inzage(self, seen: Seen) -> Inzage:
        """Say what all rows of the audit trail have in common.

        Raises:
            NoActivity: this should not have been shown.
        """
        caller, stated = seen.caller, seen.vaststelling
        if caller.verwerking is None:
            raise NoActivity
        who = who_asked(caller, self._pseudonyms)
        return Inzage(
            moment=datetime.fromtimestamp(seen.ended, UTC),
            trace_id=seen.trace.trace_id,
            soort_aanvrager=caller.soort,
            wie=who.wie,
            uitgever=who.uitgever,
            namens=who.namens,
            client=caller.client or None,
            wat=sorted(set(seen.fields)),
            operatie=_plain(seen.operation, 100),
            verwerking=caller.verwerking.name,
            verwerking_uri=caller.verwerking.uri,
            identiteit_middel=_plain(stated.middel, 40) if stated else None,
            identiteit_niveau=stated.niveau if stated else None,
            identiteit_grond=stated.grond if stated else None,
        )


def _rows(
    inzage: Inzage, seen: Seen, shown: Sequence[Pseudonym]
) -> Iterator[tuple[Inzage, list[tuple[str | None, str | None]]]]:
    """Deal out who was shown: what was stated is about those it disclosed only."""
    nobody: list[tuple[str | None, str | None]] = [(None, None)]
    opened = [each for each in shown if each in seen.disclosed]
    others = [each for each in shown if each not in seen.disclosed]
    if seen.vaststelling is None:
        opened, others = [], list(shown)
    if opened:
        yield inzage, [*opened]
    if others or seen.unnamed:
        plain = msgspec.structs.replace(
            inzage,
            identiteit_middel=None,
            identiteit_niveau=None,
            identiteit_grond=None,
        )
        yield plain, [*others, *(nobody if seen.unnamed else ())]


def _plain(text: str | None, longest: int) -> str | None:
    """Give what somebody wrote, without what could be anybody's number or address."""
    return _ANYBODYS.sub("…", text)[:longest] if text else None
