"""How someone wants to be called."""

from collections.abc import Sequence

import strawberry

from gateway.execution.batch import BatchField, batch
from gateway.store.contactnaam import Contactnaam as ContactnaamRecord


@strawberry.type(
    description="Hoe iemand wil worden aangesproken; hoeft niet overeen te komen met de"
    " BRP."
)
class Contactnaam:
    """A view of any record that has a contactnaam."""

    voorletters: str | None = strawberry.field(description="De voorletters.")
    voornaam: str | None = strawberry.field(description="De voornaam of voornamen.")
    voorvoegsel_achternaam: str | None = strawberry.field(
        description="Het voorvoegsel, zoals `van der`."
    )
    achternaam: str | None = strawberry.field(description="De achternaam.")
    volledige_naam: str | None = strawberry.field(
        description="Voornaam (anders voorletters), voorvoegsel en achternaam."
    )


def contactnaam_field(description: str) -> BatchField:
    """Make the field `contactnaam`; null where no part of it is known."""

    @batch(Contactnaam | None, description=description)
    def contactnaam(
        parents: Sequence[ContactnaamRecord],
    ) -> list[ContactnaamRecord | None]:
        return [parent if parent.volledige_naam else None for parent in parents]

    return contactnaam
