"""Partijen: whom the municipality knows."""

from collections.abc import Sequence
from datetime import datetime
from itertools import islice
from typing import Annotated

import strawberry

from gateway.errors import GatewayError, Missing
from gateway.execution.batch import batch, view
from gateway.identity.sight.passed import Reached
from gateway.store import adressen, klantcontacten, partijen
from schema.adres import Adres, of_soort
from schema.betrokkene import LazyPartij
from schema.connection import After, Before, Connection, First, Last
from schema.contactnaam import contactnaam_field
from schema.digitaal_adres import DigitaalAdres
from schema.enums import Hoedanigheid, KlantcontactOrde, SoortPartij
from schema.externe_identificatie import ExterneIdentificatie
from schema.interne_taak import LazyKlantcontact
from schema.klantcontact import Klantcontact
from schema.klantcontacten import (
    Filter,
    Orde,
    PageOfKlantcontacten,
    asked_of,
    fetch_pages,
)
from schema.node import Node, id_field
from schema.present import fetch_present, present
from schema.verwijzing import Info

_SOORTEN = {
    partijen.Persoon: SoortPartij.PERSOON,
    partijen.Organisatie: SoortPartij.ORGANISATIE,
    partijen.Contactpersoon: SoortPartij.CONTACTPERSOON,
}


@strawberry.type(description="Een bankrekening.")
class Rekeningnummer:
    """A view of `gateway.store.partijen.Rekeningnummer`."""

    id = id_field("Rekeningnummer")
    iban: str = strawberry.field(description="Het IBAN, zonder spaties.")
    bic: str | None = strawberry.field(description="De BIC van de bank.")


@strawberry.type(
    description="Toestemming om contactgegevens buiten het contact te hergebruiken"
    " waarvoor ze zijn gegeven."
)
class Toestemming:
    """A view of `gateway.store.partijen.Toestemming`."""

    gegeven_op: datetime = strawberry.field(description="Wanneer die is gegeven.")
    ingetrokken_op: datetime | None = strawberry.field(
        description="Wanneer die is ingetrokken; leeg zolang die geldt."
    )

    @batch(
        LazyKlantcontact | None,
        description="Bij welk klantcontact die is gegeven.",
    )
    async def klantcontact(
        parents: Sequence[partijen.Toestemming], info: Info
    ) -> list[klantcontacten.Klantcontact | Missing | None]:
        keys = [parent.klantcontact_id for parent in parents]
        store = info.context.store.klantcontacten
        found = await fetch_present(keys, store.klantcontacten_by_id)
        seen = await info.context.sight.klantcontacten(found, Reached.KLANTBEELD)
        return present(keys, seen)


LazyContactpersoon = Annotated["Contactpersoon", strawberry.lazy("schema.partij")]


@strawberry.interface(
    description="Een persoon of organisatie waarmee de gemeente een relatie heeft en die"
    " zij kent."
)
class Partij(Node):
    """What all partijen have."""

    id = id_field("Partij")

    @batch(SoortPartij, description="Wat voor partij dit is.")
    def soort_partij(parents: Sequence[partijen.Partij]) -> list[SoortPartij]:
        return [_SOORTEN[type(parent)] for parent in parents]

    nummer: str = strawberry.field(
        description="Het nummer waarmee mensen de partij noemen; geen sleutel, en los"
        " van elk register."
    )
    interne_notitie: str | None = strawberry.field(
        description="Voor intern gebruik; nooit aan de klant te tonen."
    )
    indicatie_geheimhouding: bool | None = strawberry.field(
        description="Of om geheimhouding is gevraagd; leeg als dat niet is gezegd."
    )
    voorkeurstaal: str | None = strawberry.field(
        description="De taal die de klant verkiest (ISO 639-2, zoals nld of dut)."
    )

    @batch(str | None, description="Hoe die taal heet; leeg als de code onbekend is.")
    def voorkeurstaal_naam(
        parents: Sequence[partijen.Partij], info: Info
    ) -> list[str | None]:
        talen = info.context.lijsten.talen
        return [talen.naam(parent.voorkeurstaal) for parent in parents]

    indicatie_actief: bool | None = strawberry.field(
        description="Of de contactgegevens nog te gebruiken zijn."
    )
    versie: int | None = strawberry.field(
        description="Hoe vaak de gegevens zijn gewijzigd, met 1 als begin; wie ze wijzigt"
        " zegt welke versie die zag."
    )

    @batch(
        list[ExterneIdentificatie] | None,
        description="Waarmee de partij in andere registers wordt aangeduid.",
    )
    async def externe_identificaties(
        parents: Sequence[partijen.Partij], info: Info
    ) -> list[list[partijen.ExterneIdentificatie]]:
        store = info.context.store.partijen
        return await store.externe_identificaties_by_partij([p.id for p in parents])

    @batch(Adres | None, description="Waar de partij te bezoeken is.")
    async def bezoekadres(
        parents: Sequence[partijen.Partij], info: Info
    ) -> list[adressen.Adres | None]:
        return await _adres(parents, info, "bezoekadres")

    @batch(Adres | None, description="Waar post voor de partij heen kan.")
    async def correspondentieadres(
        parents: Sequence[partijen.Partij], info: Info
    ) -> list[adressen.Adres | None]:
        return await _adres(parents, info, "correspondentieadres")

    @batch(
        list[DigitaalAdres] | None,
        description="E-mailadressen, telefoonnummers en andere digitale adressen; per"
        " soort het standaardadres voorop.",
    )
    async def digitale_adressen(
        parents: Sequence[partijen.Partij], info: Info
    ) -> list[list[adressen.DigitaalAdres]]:
        store = info.context.store.adressen
        return await store.digitale_adressen_by_partij([p.id for p in parents])

    @batch(
        DigitaalAdres | None,
        description="Het digitale adres dat de partij boven andere verkiest.",
    )
    async def voorkeurs_digitaal_adres(
        parents: Sequence[partijen.Partij], info: Info
    ) -> list[adressen.DigitaalAdres | None]:
        keys = [parent.voorkeurs_digitaal_adres_id for parent in parents]
        store = info.context.store.adressen
        return await fetch_present(keys, store.digitale_adressen_by_id)

    @batch(list[Rekeningnummer] | None, description="Bankrekeningen van de partij.")
    async def rekeningnummers(
        parents: Sequence[partijen.Partij], info: Info
    ) -> list[list[partijen.Rekeningnummer]]:
        store = info.context.store.partijen
        return await store.rekeningnummers_by_partij([p.id for p in parents])

    @batch(
        Toestemming | None,
        description="De laatst gegeven toestemming voor hergebruik, ook als die weer is"
        " ingetrokken; leeg als die nooit is gegeven.",
    )
    async def toestemming_hergebruik(
        parents: Sequence[partijen.Partij], info: Info
    ) -> list[partijen.Toestemming | None]:
        store = info.context.store.partijen
        return await store.toestemming_by_partij([p.id for p in parents])

    @batch(
        list[LazyPartij] | None,
        description="Wie deze partij eerder vertegenwoordigde. Geen bewijs van een"
        " machtiging nu.",
    )
    async def vertegenwoordigden(
        parents: Sequence[partijen.Partij], info: Info
    ) -> list[list[partijen.Partij]]:
        store = info.context.store.partijen
        found = await store.vertegenwoordigden_by_partij([p.id for p in parents])
        return await _seen(found, info)

    @batch(
        list[LazyPartij] | None,
        description="Door wie deze partij eerder werd vertegenwoordigd. Geen bewijs van"
        " een machtiging nu.",
    )
    async def vertegenwoordigers(
        parents: Sequence[partijen.Partij], info: Info
    ) -> list[list[partijen.Partij]]:
        store = info.context.store.partijen
        found = await store.vertegenwoordigers_by_partij([p.id for p in parents])
        return await _seen(found, info)

    @batch(
        list[LazyContactpersoon] | None,
        description="Contactpersonen die namens deze partij handelden.",
    )
    async def contactpersonen(
        parents: Sequence[partijen.Partij], info: Info
    ) -> list[list[partijen.Partij]]:
        store = info.context.store.partijen
        found = await store.contactpersonen_by_partij([p.id for p in parents])
        return await _seen(found, info)

    @batch(
        Connection[Klantcontact] | None,
        description="De klantcontacten waarbij deze partij betrokken was.",
    )
    async def klantcontacten(
        parents: Sequence[partijen.Partij],
        info: Info,
        filter: Filter = strawberry.UNSET,  # noqa: A002 - the graph's own word
        orde: Orde = KlantcontactOrde.NIEUWSTE_EERST,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> list[PageOfKlantcontacten | GatewayError]:
        asked = asked_of(filter, orde, first, after, last, before, context=info.context)
        return await fetch_pages([(p.id,) for p in parents], asked, info.context)


async def _seen(
    found: Sequence[Sequence[partijen.Partij]], info: Info
) -> list[list[partijen.Partij]]:
    """Let lists of partijen pass; who may not be seen, is left out."""
    seen = iter(
        await info.context.sight.partijen([each for some in found for each in some])
    )
    return [
        [each for each in islice(seen, len(some)) if not isinstance(each, Missing)]
        for some in found
    ]


async def _adres(
    parents: Sequence[partijen.Partij], info: Info, soort: str
) -> list[adressen.Adres | None]:
    found = await info.context.store.adressen.adressen_by_partij(
        [parent.id for parent in parents]
    )
    return [of_soort(mine, soort) for mine in found]


@strawberry.type(description="Een natuurlijk persoon, ook zonder BSN of inschrijving.")
@view(partijen.Persoon)
class Persoon(Partij):
    """A view of `gateway.store.partijen.Persoon`."""

    contactnaam = contactnaam_field("Hoe deze persoon wil worden aangesproken.")


@strawberry.type(
    description="Een organisatie: bedrijf, eenmanszaak, vereniging, overheid, ambassade;"
    " in welk register dan ook of in geen enkel."
)
@view(partijen.Organisatie)
class Organisatie(Partij):
    """A view of `gateway.store.partijen.Organisatie`."""

    naam: str | None = strawberry.field(description="De naam.")


@strawberry.type(
    description="Een persoon die namens een ander handelde of als werknemer of eigenaar"
    " voor een organisatie optrad. Een feit uit het verleden, geen bewijs van een"
    " machtiging nu."
)
@view(partijen.Contactpersoon)
class Contactpersoon(Partij):
    """A view of `gateway.store.partijen.Contactpersoon`."""

    contactnaam = contactnaam_field("Hoe deze persoon wil worden aangesproken.")
    hoedanigheid: Hoedanigheid | None = strawberry.field(
        description="In welke hoedanigheid deze persoon optrad."
    )
    formeel: bool | None = strawberry.field(
        description="Of de vertegenwoordiging formeel was vastgesteld."
    )
    vastgesteld_op: datetime | None = strawberry.field(
        description="Wanneer de vertegenwoordiging is vastgesteld."
    )

    @batch(
        LazyPartij | None,
        description="Namens welke partij deze persoon handelde (in de standaard, bij een"
        " organisatie: werkteVoorPartij).",
    )
    async def namens(
        parents: Sequence[partijen.Contactpersoon], info: Info
    ) -> list[partijen.Partij | Missing]:
        ids = [parent.namens_partij_id for parent in parents]
        found = await info.context.store.partijen.partijen_by_id(ids)
        return await info.context.sight.partijen(found)
