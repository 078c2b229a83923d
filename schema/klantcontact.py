"""A contact between a klant and the municipality."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from itertools import chain, islice

import strawberry

from gateway.errors import BadInput
from gateway.execution.batch import batch, view
from gateway.identity.levels import Betrouwbaarheidsniveau
from gateway.identity.sight.passed import Reached
from gateway.identity.vaststelling import Grond
from gateway.store import delen, klantcontacten
from gateway.store.actoren import Actor as ActorRecord
from gateway.store.betrokkenen import Betrokkene as BetrokkeneRecord
from gateway.store.contactgegevens import (
    Contactgegevens as ContactgegevensRecord,
    contactgegevens_of,
)
from gateway.store.interne_taken import InterneTaak as InterneTaakRecord
from schema.actor import Actor
from schema.betrokkene import Betrokkene
from schema.connection import given
from schema.contactgegevens import Contactgegevens
from schema.enums import Richting
from schema.externe_identificatie import IdentificatieInput, identificatie_of
from schema.inhoud import Inhoudsdeel
from schema.interne_taak import InterneTaak, LazyKlantcontact
from schema.node import Node, id_field
from schema.onderwerp import Onderwerp
from schema.present import fetch_present
from schema.scalars import URL
from schema.verwijzing import Info


@strawberry.type(
    description="Hoe bij een klantcontact is vastgesteld met wie de gemeente te maken"
    " had."
)
class Identiteitsvaststelling:
    """A view of the `identiteit_…` attributes of a klantcontact."""

    @batch(str, description="Waarmee, zoals `digid` of `legitimatiebewijs`.")
    def middel(parents: Sequence[klantcontacten.Klantcontact]) -> list[str | None]:
        return [parent.identiteit_middel for parent in parents]

    @batch(Betrouwbaarheidsniveau, description="Hoe zeker de vaststelling is.")
    def niveau(parents: Sequence[klantcontacten.Klantcontact]) -> list[str | None]:
        return [parent.identiteit_niveau for parent in parents]

    @batch(
        Grond,
        description="Op grond waarvan diegene toen gegevens van de partij mocht"
        " verstrekken of inzien.",
    )
    def grond(parents: Sequence[klantcontacten.Klantcontact]) -> list[str | None]:
        return [parent.identiteit_grond for parent in parents]

    @batch(datetime, description="Wanneer de identiteit is vastgesteld.")
    def vastgesteld_op(
        parents: Sequence[klantcontacten.Klantcontact],
    ) -> list[datetime | None]:
        return [parent.identiteit_vastgesteld_op for parent in parents]

    @batch(Actor | None, description="Door wie de identiteit is vastgesteld.")
    async def vastgesteld_door(
        parents: Sequence[klantcontacten.Klantcontact], info: Info
    ) -> list[ActorRecord | None]:
        keys = [parent.identiteit_vastgesteld_door_id for parent in parents]
        found = await fetch_present(keys, info.context.store.actoren.actoren_by_id)
        return info.context.sight.let_pass(found)


def _duur(parent: klantcontacten.Klantcontact) -> int | None:
    if parent.beeindigd_op is None:
        return None
    return int((parent.beeindigd_op - parent.plaatsgevonden_op).total_seconds())


@strawberry.type(
    description="Een contact tussen een klant of diens vertegenwoordiger en de gemeente,"
    " in welke vorm en langs welk kanaal ook."
)
@view(klantcontacten.Klantcontact)
class Klantcontact(Node):
    """A view of `gateway.store.klantcontacten.Klantcontact`."""

    id = id_field("Klantcontact")
    nummer: str = strawberry.field(
        description="Het nummer waarmee mensen het contact noemen; geen sleutel."
    )
    kanaal: str | None = strawberry.field(
        description="Het kanaal, zoals `telefoon`, `balie` of `e-mail`."
    )

    @batch(str | None, description="Hoe het kanaal heet; leeg als de code onbekend is.")
    def kanaal_naam(
        parents: Sequence[klantcontacten.Klantcontact], info: Info
    ) -> list[str | None]:
        kanalen = info.context.lijsten.kanalen
        return [kanalen.naam(parent.kanaal) for parent in parents]

    plaatsgevonden_op: datetime = strawberry.field(
        description="Wanneer het contact plaatsvond, of begon."
    )
    beeindigd_op: datetime | None = strawberry.field(
        description="Wanneer het contact eindigde."
    )
    taal: str | None = strawberry.field(
        description="De taal (ISO 639-2, zoals nld of dut)."
    )

    @batch(str | None, description="Hoe de taal heet; leeg als de code onbekend is.")
    def taal_naam(
        parents: Sequence[klantcontacten.Klantcontact], info: Info
    ) -> list[str | None]:
        talen = info.context.lijsten.talen
        return [talen.naam(parent.taal) for parent in parents]

    vertrouwelijk: bool = strawberry.field(
        description="Of onderwerp, inhoud en kenmerken vertrouwelijk zijn."
    )
    indicatie_contact_gelukt: bool | None = strawberry.field(
        description="Of er contact tot stand kwam; leeg als dat onbekend is."
    )

    @batch(int | None, description="Hoe lang het contact duurde, in hele seconden.")
    def duur(parents: Sequence[klantcontacten.Klantcontact]) -> list[int | None]:
        return [_duur(parent) for parent in parents]

    @batch(
        Richting | None,
        description="Van wie het initiatief uitging; leeg zonder betrokkenen.",
    )
    async def richting(
        parents: Sequence[klantcontacten.Klantcontact], info: Info
    ) -> list[str | None]:
        store = info.context.store.klantcontacten
        return await store.richting_by_klantcontact([parent.id for parent in parents])

    @batch(
        Identiteitsvaststelling | None,
        description="Hoe de identiteit is vastgesteld; leeg als dat niet is gebeurd.",
    )
    def identiteitsvaststelling(
        parents: Sequence[klantcontacten.Klantcontact],
    ) -> list[klantcontacten.Klantcontact | None]:
        return [parent if parent.identiteit_middel else None for parent in parents]

    @batch(
        list[Betrokkene],
        description="Wie erbij betrokken waren, behalve de gemeente zelf (in de"
        " standaard: hadBetrokkenen).",
    )
    async def betrokkenen(
        parents: Sequence[klantcontacten.Klantcontact], info: Info
    ) -> list[list[BetrokkeneRecord]]:
        store = info.context.store.betrokkenen
        found = await store.betrokkenen_by_klantcontact([each.id for each in parents])
        return await info.context.sight.betrokkenen(parents, found)

    @batch(
        list[Contactgegevens] | None,
        description="Waarmee het contact is op te volgen, per betrokkene.",
    )
    async def contactgegevens(
        parents: Sequence[klantcontacten.Klantcontact], info: Info
    ) -> list[list[ContactgegevensRecord]]:
        store, sight = info.context.store, info.context.sight
        keys = [each.id for each in parents]
        found, taken = await asyncio.gather(
            store.betrokkenen.betrokkenen_by_klantcontact(keys),
            store.interne_taken.interne_taken_by_klantcontact(keys),
        )
        seen = await sight.betrokkenen(parents, found)
        together = [*chain.from_iterable(seen)]
        certain = {each.id for each in parents if each.identiteit_middel is not None}
        still_open = {
            each.klantcontact_id
            for each in chain.from_iterable(taken)
            if each.status == "te_verwerken" and each.klantcontact_id in certain
        }
        used = iter(
            await contactgegevens_of(
                together, store.partijen, store.adressen, opvolging=still_open
            )
        )
        return sight.delen(parents, [[*islice(used, len(some))] for some in seen])

    @batch(list[Actor], description="Wie namens de gemeente aan het contact meededen.")
    async def actoren(
        parents: Sequence[klantcontacten.Klantcontact], info: Info
    ) -> list[list[ActorRecord]]:
        store = info.context.store.actoren
        found = await store.actoren_by_klantcontact([each.id for each in parents])
        return info.context.sight.let_each_pass(found, [Reached.MEE] * len(found))

    @batch(
        list[Onderwerp],
        description="Waar het contact over ging, op volgorde (in de standaard:"
        " gingOverOnderwerpobjecten).",
    )
    async def onderwerpen(
        parents: Sequence[klantcontacten.Klantcontact], info: Info
    ) -> list[list[delen.Onderwerp]]:
        store = info.context.store.delen
        found = await store.onderwerpen_by_klantcontact([each.id for each in parents])
        return info.context.sight.delen(parents, found)

    @batch(
        list[Inhoudsdeel],
        description="Wat tijdens het contact is uitgewisseld, op volgorde (in de"
        " standaard: inhoud en omvatteBijlagen).",
    )
    async def inhoud(
        parents: Sequence[klantcontacten.Klantcontact], info: Info
    ) -> list[list[delen.Inhoudsdeel]]:
        store = info.context.store.delen
        found = await store.inhoud_by_klantcontact([each.id for each in parents])
        return info.context.sight.delen(parents, found)

    @batch(
        list[InterneTaak] | None,
        description="Wat er binnen de gemeente naar aanleiding van het contact moest"
        " gebeuren (in de standaard: leiddeTotInterneTaken).",
    )
    async def interne_taken(
        parents: Sequence[klantcontacten.Klantcontact], info: Info
    ) -> list[list[InterneTaakRecord]]:
        store = info.context.store.interne_taken
        found = await store.interne_taken_by_klantcontact([each.id for each in parents])
        return info.context.sight.interne_taken_of(parents, found)

    @batch(
        list[LazyKlantcontact],
        description="De eerdere klantcontacten waarop dit een vervolg is, ook via een"
        " interne taak (zoals een terugbelverzoek).",
    )
    async def vorige(
        parents: Sequence[klantcontacten.Klantcontact], info: Info
    ) -> list[list[klantcontacten.Klantcontact]]:
        store = info.context.store.klantcontacten
        found = await store.vorige_by_klantcontact([each.id for each in parents])
        return await info.context.sight.threads(parents, found)

    @batch(
        list[LazyKlantcontact],
        description="De latere klantcontacten die hierop volgden, ook via een interne"
        " taak.",
    )
    async def vervolg(
        parents: Sequence[klantcontacten.Klantcontact], info: Info
    ) -> list[list[klantcontacten.Klantcontact]]:
        store = info.context.store.klantcontacten
        found = await store.vervolg_by_klantcontact([each.id for each in parents])
        return await info.context.sight.threads(parents, found)


@strawberry.input(description="Een tijdvak; een grens die ontbreekt is open.")
class PeriodeInput:
    """From a moment on, before another."""

    van: datetime | None = strawberry.field(
        default=strawberry.UNSET, description="Vanaf dit moment."
    )
    tot: datetime | None = strawberry.field(
        default=strawberry.UNSET, description="Tot dit moment, dat niet meetelt."
    )


@strawberry.input(description="Welke klantcontacten; alles wat gegeven is moet gelden.")
class KlantcontactFilter:
    """All of what is given."""

    periode: PeriodeInput | None = strawberry.field(
        default=strawberry.UNSET, description="Wanneer ze plaatsvonden."
    )
    kanalen: list[str] | None = strawberry.field(
        default=strawberry.UNSET, description="Langs een van deze kanalen."
    )
    richting: Richting | None = strawberry.field(
        default=strawberry.UNSET, description="Van wie het initiatief uitging."
    )
    tekst: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="Nederlandse woorden, ongeacht vervoeging, die samen staan in een"
        " onderwerp of inhoudsdeel in tekstvorm; tussen aanhalingstekens als geheel,"
        " met - ervoor juist niet in dat deel. Wat in zaken, documenten en objecten"
        " staat, wordt niet doorzocht.",
    )
    vertrouwelijk: bool | None = strawberry.field(
        default=strawberry.UNSET, description="Alleen (niet-)vertrouwelijke."
    )
    onderwerp_url: URL | None = strawberry.field(
        default=strawberry.UNSET,
        description="Waarvan een onderwerp naar dit webadres verwijst, zoals een zaak.",
    )
    identificatie: IdentificatieInput | None = strawberry.field(
        default=strawberry.UNSET,
        description="Met een betrokkene die als deze partij gekend is. Dat te vragen is"
        " vragen naar diens klantbeeld: een medewerker vraagt dat daar, met een"
        " identiteitsvaststelling.",
    )
    nummer: str | None = strawberry.field(
        default=strawberry.UNSET, description="Met dit nummer."
    )


def filter_of(asked: KlantcontactFilter | None) -> klantcontacten.KlantcontactFilter:
    """Say what the store should look for.

    Raises:
        BadInput: names the field and the rule.
    """
    asked = given(asked)
    if asked is None:
        return klantcontacten.KlantcontactFilter()
    kanalen = given(asked.kanalen)
    if kanalen is not None and not 1 <= len(kanalen) <= 50:
        raise BadInput("filter.kanalen", "must name 1 to 50 kanalen")
    periode = given(asked.periode) or PeriodeInput()
    van, tot = given(periode.van), given(periode.tot)
    if van is not None and tot is not None and van >= tot:
        raise BadInput("filter.periode.tot", "must be after filter.periode.van")
    identificatie = given(asked.identificatie)
    return klantcontacten.KlantcontactFilter(
        van=van,
        tot=tot,
        kanalen=tuple(kanalen or ()),
        richting=given(asked.richting),
        tekst=words_of(given(asked.tekst), "filter.tekst"),
        vertrouwelijk=given(asked.vertrouwelijk),
        onderwerp_url=given(asked.onderwerp_url),
        identificatie=None
        if identificatie is None
        else identificatie_of(identificatie, "filter.identificatie"),
        nummer=nummer_of(given(asked.nummer), "filter.nummer"),
    )


def words_of(text: str | None, argument: str) -> str | None:
    """Read words to search for.

    Raises:
        BadInput: there are none, or too many.
    """
    if text is not None and not 1 <= len(text.strip()) <= 200:
        raise BadInput(argument, "must be a text of 1 to 200 characters")
    return text


def nummer_of(text: str | None, argument: str) -> int | None:
    """Read a number for people.

    Raises:
        BadInput: it is not one.
    """
    if text is None:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 10:
        raise BadInput(argument, "must be at most 10 digits")
    return int(text)
