"""Knows what one request showed, and has it written down before the answer leaves."""

import time

from gateway.deadline import Deadline
from gateway.identity.caller import SoortAanvrager
from gateway.identity.pseudonyms import Pseudonym, Pseudonyms
from gateway.identity.sight.sight import Sight
from gateway.identity.trail.trail import GRACE, Seen, Trail
from gateway.identity.vaststelling import Vaststelling
from gateway.store.statements import Statements
from gateway.store.store import Store
from gateway.tracing import Trace


class Witness:
    """One for each request; begins to look when it is made."""

    def __init__(
        self, sight: Sight, trail: Trail, pseudonyms: Pseudonyms, statements: Statements
    ) -> None:
        """Take what to look at.

        Args:
            sight: of the request.
            trail: takes what is to be written down.
            pseudonyms: name the persons there.
            statements: to find out whose the klantcontacten are that were shown.
        """
        self._sight = sight
        self._trail = trail
        self._pseudonyms = pseudonyms
        self._statements = statements
        self._started = time.time()

    async def write(
        self, operation: str | None, trace: Trace, deadline: Deadline
    ) -> None:
        """Write down what was shown, of whom.

        Args:
            operation: what the document calls it.
            trace: in which it ran.
            deadline: the operation's; a little more is taken to write.

        Raises:
            RegisterUnavailable: it cannot be written, so nothing may be shown.
            DeadlineExceeded: nor in time.
        """
        until = Deadline.after(max(deadline.remaining(), GRACE))
        sight = self._sight
        shown, unnamed = await self._shown(until)
        seen = Seen(
            caller=sight.caller,
            trace=trace,
            operation=operation,
            fields=sorted(sight.asked),
            started=self._started,
            ended=time.time(),
            shown=shown,
            unnamed=unnamed,
            vaststelling=self._stated(),
            disclosed=frozenset(map(self._pseudonyms.partij, sight.shown.disclosed)),
        )
        await self._trail.write(seen, until)

    def _stated(self) -> Vaststelling | None:
        """Give what a medewerker stated; of a systeem it means nothing."""
        is_medewerker = self._sight.caller.soort is SoortAanvrager.MEDEWERKER
        return next(iter(self._sight.stated), None) if is_medewerker else None

    async def _shown(self, until: Deadline) -> tuple[list[Pseudonym], bool]:
        """Name everybody of whom something was shown; and say whether nothing names one.

        What is shown of a klantcontact without betrokkenen, is of somebody all the same.
        """
        shown = self._sight.shown
        partijen, klantcontacten = set(shown.partijen), set(shown.klantcontacten)
        if not klantcontacten:
            return [*map(self._pseudonyms.partij, sorted(partijen))], False
        store = Store(self._statements, until).betrokkenen
        took_part = await store.who_took_part(sorted(klantcontacten))
        partijen |= {each.partij for each in took_part if each.partij}
        others = {each.betrokkene for each in took_part if not each.partij}
        named = [
            *map(self._pseudonyms.partij, sorted(partijen)),
            *map(self._pseudonyms.betrokkene, sorted(others)),
        ]
        return named, klantcontacten > {each.klantcontact for each in took_part}
