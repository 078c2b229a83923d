"""What one request may see: every record passes here, or none of its fields is given.

A batch field hands its records over and gets back those that may be seen, each noted
with how it was reached. Fields ask for that note (`Sight.refusal`): a record that never
passed gives nothing, wherever in the graph it turns up.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import TypeVar
from uuid import UUID

import msgspec

from gateway.errors import Denied, Forbidden, Missing
from gateway.identificatie import Identificatie
from gateway.identity.caller import Caller
from gateway.identity.policy import rules
from gateway.identity.policy.fields import FieldRule
from gateway.identity.policy.policy import Policy
from gateway.identity.rechten import Recht
from gateway.identity.sight.deciding import Deciding
from gateway.identity.sight.passed import Reached
from gateway.identity.sight.shown import Shown
from gateway.store.betrokkenen import Betrokkene
from gateway.store.contactgegevens import Contactgegevens
from gateway.store.interne_taken import InterneTaak, InterneTaakFilter
from gateway.store.klantcontacten import Klantcontact, KlantcontactFilter
from gateway.store.partijen import Named, Partij
from gateway.store.store import Store

T = TypeVar("T")
P = TypeVar("P", bound=Partij | None)

_OF_PARTIJ = FieldRule(rules.PARTIJGEGEVENS, True)


class Sight(Deciding):
    """One for each request.

    Attributes:
        shown: of whom something was shown.
    """

    def __init__(
        self,
        caller: Caller,
        policy: Policy,
        store: Store,
        look_up: Callable[[Identificatie], None],
    ) -> None:
        """Begin with nothing seen.

        Args:
            caller: who asks.
            policy: the rules.
            store: to find out what is a klant's own.
            look_up: told of everybody who is asked for by name; may refuse with
                LimitExceeded.
        """
        super().__init__(caller, policy)
        self.shown = Shown()
        self.look_up = look_up
        self._store = store
        self._own: asyncio.Task[Named] | None = None

    async def own(self) -> Named:
        """Read whom a klant is known as, once; nobody for who is no klant."""
        if self._own is None:
            self._own = asyncio.create_task(self._read_own())
        return await asyncio.shield(self._own)

    async def _read_own(self) -> Named:
        if not self.caller.is_klant or self.caller.klant is None:
            return Named([], [])
        return await self._store.partijen.named_by(self.caller.klant)

    async def partijen(
        self, records: Sequence[Partij | None], *, disclosed: bool = False
    ) -> list[Partij | Missing]:
        """Let partijen pass: to a klant their own, to others as what they are.

        Args:
            records: None where there is none.
            disclosed: whether it was established that these may be disclosed; without
                it they are candidates.
        """
        return await self._partijen(records, [disclosed] * len(records))

    async def partijen_of(
        self, betrokkenen: Sequence[Betrokkene], found: Sequence[Partij | None]
    ) -> list[Partij | Missing]:
        """Let the partijen pass as whom betrokkenen are gekend.

        Whose klantbeeld it is, was disclosed; others are candidates.
        """
        return await self._partijen(found, list(map(self.is_whose, betrokkenen)))

    async def _partijen(
        self, records: Sequence[Partij | None], disclosed: Sequence[bool]
    ) -> list[Partij | Missing]:
        if self.caller.is_klant:
            own = await self.own()
            everyone, known = own.everyone, own.disclosed
            records = [
                each if each and each.id in everyone else None for each in records
            ]
            disclosed = [each is not None and each.id in known for each in records]
        passed = self._pass_partijen(records, disclosed)
        return [absent() if each is None else each for each in passed]

    def _pass_partijen(
        self, partijen: Sequence[P], disclosed: Sequence[bool]
    ) -> list[P]:
        both = [*zip(partijen, disclosed, strict=True)]
        self.shown.partijen |= {each.id for each in partijen if each is not None}
        self.shown.disclosed |= {
            each.id for each, shown in both if shown and each is not None
        }
        return self.let_pass_as(
            partijen,
            [Reached.VERSTREKT if shown else Reached.HERKEND for _, shown in both],
        )

    async def _disclosed_to_klant(self) -> frozenset[UUID] | None:
        """Whose data a klant sees; None for who is no klant."""
        return (await self.own()).disclosed if self.caller.is_klant else None

    def klantbeeld(self, whose: Named, *, disclosed: bool) -> Named:
        """Let a klantbeeld pass, and the partijen whose it is.

        Args:
            whose: one's own, or of somebody an employee asked for.
            disclosed: whether partijgegevens may be shown.
        """
        reached = Reached.VERSTREKT if disclosed else Reached.HERKEND
        self.let_pass([whose, *whose.partijen], reached)
        self.shown.partijen |= set(whose.named)
        if disclosed:
            self.disclosed |= whose.disclosed
            self.shown.disclosed |= set(whose.named)
        return whose

    def contactpersonen(self, klantbeelden: Sequence[Named]) -> list[list[Partij]]:
        """Let those pass who acted for whom disclosed klantbeelden are of."""
        return [
            self._pass_partijen(
                whose.contactpersonen,
                [each.id in whose.disclosed for each in whose.contactpersonen],
            )
            for whose in klantbeelden
        ]

    def narrowed(self, asked: KlantcontactFilter) -> KlantcontactFilter:
        """Leave out of a question what is not for who asks.

        Raises:
            Forbidden: it asks whether somebody in particular took part.
        """
        if asked.identificatie is not None:
            if self.caller.is_klant:
                raise Forbidden("filter.identificatie is not for klanten")
            if self.undisclosed(None) is not None:
                raise Forbidden(
                    "filter.identificatie needs identiteitsvaststelling: ask for the"
                    " klantbeeld",
                    needs="identiteitsvaststelling",
                )
            self.look_up(asked.identificatie)
        return msgspec.structs.replace(
            asked, zonder_vertrouwelijk=not self.sees_vertrouwelijk
        )

    def page(
        self, records: Sequence[Klantcontact], reached: Reached
    ) -> list[Klantcontact]:
        """Let a page of `narrowed` pass: of everybody, or of partijen that may be."""
        if reached is not Reached.KLANTBEELD:  # whose that is, is known
            self.shown.klantcontacten |= {each.id for each in records}
        return self.let_pass(records, reached)

    @property
    def sees_vertrouwelijk(self) -> bool:
        """Whether klantcontacten that are vertrouwelijk are shown.

        To whom they are about, they are; others need a right for it.
        """
        return self.caller.is_klant or self.caller.may(Recht.VERTROUWELIJK)

    async def klantcontacten(
        self, records: Sequence[Klantcontact | None], reached: Reached
    ) -> list[Klantcontact | Missing]:
        """Let klantcontacten pass: to a klant those they took part in."""
        shown = await self._shown([each for each in records if each is not None])
        return self.let_pass(
            [
                each if each is not None and each.id in shown else absent()
                for each in records
            ],
            self._reached_as(reached),
        )

    async def threads(
        self, parents: Sequence[object], threads: Sequence[Sequence[Klantcontact]]
    ) -> list[list[Klantcontact]]:
        """Let the klantcontacten pass that hang on others; what may not, is left out."""
        shown = await self._shown([each for thread in threads for each in thread])
        return self.let_each_pass(
            [[each for each in thread if each.id in shown] for thread in threads],
            [*map(self._reached_as, self.each_reached(parents))],
        )

    def _reached_as(self, reached: Reached) -> Reached:
        """Say how it counts: whatever a klant is shown, is in their klantbeeld."""
        return Reached.KLANTBEELD if self.caller.is_klant else reached

    async def _shown(self, records: Sequence[Klantcontact]) -> set[UUID]:
        """Say which of these may be shown, and note whose they are."""
        if self.caller.is_klant:
            own = await self.own()
            shown = await self._store.betrokkenen.klantcontacten_of(
                [each.id for each in records], own.everyone
            )
            self.shown.partijen |= set(own.named if shown else ())
            return shown
        sees_all = self.sees_vertrouwelijk
        shown = {each.id for each in records if sees_all or not each.vertrouwelijk}
        self.shown.klantcontacten |= shown  # a thread may lead to somebody else's
        return shown

    async def one_each(
        self, parents: Sequence[object], found: Sequence[Klantcontact | None]
    ) -> list[Klantcontact | Missing]:
        """Let the klantcontact pass that each parent leads to, as it was reached."""
        hanging = [[] if each is None else [each] for each in found]
        threads = await self.threads(parents, hanging)
        return [thread[0] if thread else absent() for thread in threads]

    async def betrokkenen(
        self,
        parents: Sequence[Klantcontact],
        found: Sequence[Sequence[Betrokkene]],
    ) -> list[list[Betrokkene]]:
        """Let betrokkenen pass, each as its klantcontact was reached.

        A klant sees themselves. Who is not gekend is in nobody's klantbeeld (seed
        uitgangspunten: zelfstandige klanten).
        """
        own = await self._disclosed_to_klant()
        reached = self.each_reached(parents)
        shown = [
            [
                each
                for each in some
                if (own is None or each.partij_id in own)
                and (each.partij_id or way is not Reached.KLANTBEELD)
            ]
            for some, way in zip(found, reached, strict=True)
        ]
        partijen = {each.partij_id for some in shown for each in some}
        self.shown.partijen |= {each for each in partijen if each is not None}
        return self.let_each_pass(shown, reached)

    async def undisclosed_of(
        self, whose: Sequence[Contactgegevens]
    ) -> list[Denied | None]:
        """Say of each why what their partij gave may not be seen; None when it may.

        Partijen of whom it may be seen are noted as shown: ask of what is used only.
        Who has to follow up the klantcontact, may: for that they were given (seed
        basisterminologie, Partij), and nobody is there to be identified.
        """
        refused = self.decided(rules.PARTIJGEGEVENS)
        if refused is not None:
            return [None if each.partij is None else refused for each in whose]
        seen = await self.partijen_of(
            [each.betrokkene for each in whose], [each.partij for each in whose]
        )
        return [
            None
            if isinstance(each, Missing) or self._follows_up(gave)
            else self.refusal(_OF_PARTIJ, each)
            for gave, each in zip(whose, seen, strict=True)
        ]

    def _follows_up(self, gave: Contactgegevens) -> bool:
        is_asked_for = self.reached(gave) is Reached.INTERACTIE
        may = not self.caller.is_klant and self.caller.may(Recht.INTERNE_TAKEN)
        return gave.opvolging and is_asked_for and may

    def delen(
        self, parents: Sequence[Klantcontact], found: Sequence[list[T]]
    ) -> list[list[T]]:
        """Let the parts of klantcontacten pass, each as its klantcontact was reached."""
        return self.let_each_pass(found, self.each_reached(parents))

    def narrowed_taken(self, asked: InterneTaakFilter) -> InterneTaakFilter:
        """Leave out of a question what is not for who asks."""
        return msgspec.structs.replace(
            asked, zonder_vertrouwelijk=not self.sees_vertrouwelijk
        )

    def interne_taken(
        self,
        records: Sequence[InterneTaak | None],
        reached: Reached = Reached.INTERACTIE,
        *,
        whose_is_known: bool = False,
    ) -> list[InterneTaak | Missing]:
        """Let interne taken pass; that of a vertrouwelijk klantcontact is like it.

        What led here was `reached` so: the way back by a taak shows no more of it. Whose
        they are is known where their klantcontacten were shown as somebody's.
        """
        sees_all = self.sees_vertrouwelijk
        passed = self.let_pass(
            [
                each
                if each and (sees_all or not each.klantcontact_vertrouwelijk)
                else None
                for each in records
            ],
            reached,
        )
        if not whose_is_known:
            self.shown.klantcontacten |= {
                each.klantcontact_id for each in passed if each
            }
        return [absent() if each is None else each for each in passed]

    def interne_taken_of(
        self,
        parents: Sequence[Klantcontact],
        found: Sequence[Sequence[InterneTaak]],
    ) -> list[list[InterneTaak]]:
        """Let those of klantcontacten pass, each as its klantcontact was reached."""
        sees_all = self.sees_vertrouwelijk
        return self.delen(
            parents,
            [
                [
                    each
                    for each in some
                    if sees_all or not each.klantcontact_vertrouwelijk
                ]
                for some in found
            ],
        )


def absent() -> Missing:
    """The answer for what is not there, or is not for the one who asks."""
    return Missing("no record is known by this")
