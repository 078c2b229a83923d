"""Who acts for the municipality."""

from collections.abc import Sequence

import strawberry

from gateway.execution.batch import batch, view
from gateway.store import actoren
from schema.enums import SoortActor
from schema.node import Node, id_field
from schema.verwijzing import Identificator

_SOORTEN = {
    actoren.Medewerker: SoortActor.MEDEWERKER,
    actoren.OrganisatorischeEenheid: SoortActor.ORGANISATORISCHE_EENHEID,
    actoren.GeautomatiseerdeActor: SoortActor.GEAUTOMATISEERDE_ACTOR,
}


@strawberry.interface(
    description="Wie namens de gemeente optreedt: een medewerker, een organisatorische"
    " eenheid of een geautomatiseerde actor."
)
class Actor(Node):
    """What all actoren have."""

    id = id_field("Actor")

    @batch(SoortActor, description="Wat voor actor dit is.")
    def soort_actor(parents: Sequence[actoren.Actor]) -> list[SoortActor]:
        return [_SOORTEN[type(parent)] for parent in parents]

    naam: str | None = strawberry.field(description="De naam.")
    indicatie_actief: bool | None = strawberry.field(
        description="Of deze actor aan nieuwe klantcontacten en taken kan meedoen."
    )
    identificator: Identificator | None = strawberry.field(
        description="Waarmee de actor in een ander register wordt aangeduid."
    )


@strawberry.type(description="Een medewerker van de gemeente.")
@view(actoren.Medewerker)
class Medewerker(Actor):
    """A view of `gateway.store.actoren.Medewerker`."""

    functie: str | None = strawberry.field(description="De functie.")
    emailadres: str | None = strawberry.field(
        description="Het e-mailadres op het werk."
    )
    telefoonnummer: str | None = strawberry.field(
        description="Het telefoonnummer op het werk."
    )


@strawberry.type(description="Een afdeling of team van de gemeente.")
@view(actoren.OrganisatorischeEenheid)
class OrganisatorischeEenheid(Actor):
    """A view of `gateway.store.actoren.OrganisatorischeEenheid`."""

    omschrijving: str | None = strawberry.field(description="Een omschrijving.")
    emailadres: str | None = strawberry.field(description="Het e-mailadres.")
    telefoonnummer: str | None = strawberry.field(description="Het telefoonnummer.")


@strawberry.type(description="Een systeem dat namens de gemeente contact heeft.")
@view(actoren.GeautomatiseerdeActor)
class GeautomatiseerdeActor(Actor):
    """A view of `gateway.store.actoren.GeautomatiseerdeActor`."""

    functie: str | None = strawberry.field(description="Wat het systeem doet.")
    omschrijving: str | None = strawberry.field(description="Een omschrijving.")
