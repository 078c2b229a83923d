"""What the store holds on the klant who asks, who was shown it, and what was changed.

A klant reads all of their own (KLUIT01), but the interne notitie of a partij, which is
never published (R4.15), and interne taken. Of who saw or changed it they are told what
kind of caller that was and why, not the name: an employee acts for the municipality, and
another klant is somebody else (AVG, article 15, fourth paragraph).
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import strawberry

from gateway.execution.batch import batch
from gateway.identity.caller import SoortAanvrager
from gateway.store import sporen
from gateway.store.keyset import window
from gateway.store.partijen import Named
from gateway.store.writing.mutaties import Handeling
from schema.connection import After, Before, Connection, First, Last, PageOf, slice_of
from schema.enums import described
from schema.klantbeeld import Klantbeeld
from schema.verwijzing import Info

described(
    Handeling,
    "Wat er met een gegeven is gedaan.",
    {
        "gemaakt": "Het is vastgelegd.",
        "gewijzigd": "Het is gewijzigd.",
        "verwijderd": "Het is verwijderd.",
    },
)


@strawberry.type(description="Dat iets van de klant is getoond.")
class Inzage:
    """A view of `gateway.store.sporen.Inzage`."""

    moment: datetime = strawberry.field(description="Wanneer.")
    soort_aanvrager: SoortAanvrager = strawberry.field(
        description="Aan wat voor aanvrager; van een medewerker staat hier niet de naam."
    )
    wat: list[str] = strawberry.field(description="Wat er is gevraagd.")
    verwerking: str = strawberry.field(
        description="Waarom: de verwerkingsactiviteit waarvoor het nodig was."
    )
    verwerking_uri: str = strawberry.field(
        description="Die activiteit in het register van verwerkingsactiviteiten."
    )


@strawberry.type(description="Dat aan gegevens van de klant iets is gewijzigd.")
class Mutatie:
    """A view of `gateway.store.sporen.Mutatie`."""

    moment: datetime = strawberry.field(description="Wanneer.")
    soort_aanvrager: SoortAanvrager = strawberry.field(
        description="Door wat voor aanvrager; van een medewerker staat hier niet de naam."
    )
    verwerking: str = strawberry.field(description="Waarom: de verwerkingsactiviteit.")
    handeling: Handeling = strawberry.field(description="Wat ermee is gedaan.")
    soort: str = strawberry.field(
        description="Wat voor gegeven, zoals `digitaal_adres` of `klantcontact`."
    )


@strawberry.type(description="Wat er is vastgelegd van de klant die vraagt.")
class MijnInzage:
    """A view of `gateway.store.partijen.Named`."""

    @batch(
        Klantbeeld | None,
        description="De gegevens zelf: partijen met wat daarbij hoort, en klantcontacten.",
    )
    def klantbeeld(parents: Sequence[Named]) -> Sequence[Named]:
        return parents

    @batch(
        Connection[Inzage] | None,
        description="Aan wie deze gegevens zijn getoond, het laatste voorop.",
    )
    async def inzagen(
        parents: Sequence[Named],
        info: Info,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> list[PageOf[sporen.Inzage, tuple[str, ...]]]:
        store, limits = info.context.store.sporen, info.context.limits
        part = slice_of(first, after, last, before)
        pages = []
        for each in parents:  # it is a root field: there is one
            names = _names(each, info)
            place = window(part, sporen.NIEUWSTE_EERST, limits, question=names)
            page = await store.inzagen(names, place)
            pages.append(PageOf(page, names, store.count_inzagen))
        return pages

    @batch(
        Connection[Mutatie] | None,
        description="Wat aan deze gegevens is vastgelegd, gewijzigd en verwijderd, het"
        " laatste voorop.",
    )
    async def mutaties(
        parents: Sequence[Named],
        info: Info,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> list[PageOf[sporen.Mutatie, tuple[UUID, ...]]]:
        store, limits = info.context.store.sporen, info.context.limits
        part = slice_of(first, after, last, before)
        pages = []
        for each in parents:  # as above
            keys = tuple(sorted(each.disclosed))
            place = window(part, sporen.NIEUWSTE_EERST, limits, question=keys)
            page = await store.mutaties(keys, place)
            pages.append(PageOf(page, keys, store.count_mutaties))
        return pages


def _names(whose: Named, info: Info) -> tuple[str, ...]:
    """Name them as the trail does; nobody where it names nobody."""
    pseudonyms = info.context.pseudonyms
    if pseudonyms is None:
        return ()
    return tuple(pseudonyms.partij(each).value for each in sorted(whose.disclosed))
