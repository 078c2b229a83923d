"""The root fields: what can be asked, a few lines each."""

from typing import Annotated

import strawberry
from strawberry.printer import print_schema

from gateway.context import RequestContext
from gateway.errors import BadInput, GatewayError, Missing, StepUpRequired
from gateway.identificatie import digitaal_adres, partij, partijnummer
from gateway.identity.sight.passed import Reached
from gateway.identity.sight.sight import Sight, absent
from gateway.referentielijsten import lijsten
from gateway.store import actoren as stored_actoren, partijen as stored_partijen
from gateway.store.interne_taken import (
    InterneTaak as InterneTaakRecord,
    Question as TakenQuestion,
)
from gateway.store.keyset import window
from gateway.store.klantcontacten import Klantcontact as KlantcontactRecord
from gateway.store.partijen import Named
from schema.actor import Actor
from schema.connection import (
    After,
    Before,
    Connection,
    First,
    Last,
    PageOf,
    given,
    slice_of,
)
from schema.directives import FEDERATION
from schema.enums import InterneTaakOrde, KlantcontactOrde, SoortActor, SoortPartij
from schema.externe_identificatie import IdentificatieInput, identificatie_of
from schema.ik import Ik, fetch_ik
from schema.interne_taak import InterneTaak
from schema.interne_taken import TaakFilter, TaakOrde, fetch_taken
from schema.inzage import MijnInzage
from schema.klantbeeld import Klantbeeld
from schema.klantcontact import Klantcontact, nummer_of
from schema.klantcontacten import (
    Filter,
    Orde,
    PageOfKlantcontacten,
    asked_of,
    fetch_page,
)
from schema.node import Node, key_of
from schema.nodes import fetch_node
from schema.partij import Partij
from schema.referentielijsten import Referentielijsten
from schema.scalars import Identificatienummer
from schema.vaststelling import Vaststelling, vaststelling_of

Info = strawberry.Info[RequestContext, None]

Identificatie = Annotated[
    IdentificatieInput,
    strawberry.argument(
        description="Om wie het gaat. Alleen als variabele: een BSN hoort niet in de"
        " tekst van een vraag."
    ),
]
Id = Annotated[
    strawberry.ID,
    strawberry.argument(description="De sleutel, zoals eerder als `id` gegeven."),
]


@strawberry.input(description="Welke partijen; alles wat gegeven is moet gelden.")
class PartijFilter:
    """At least `identificatie`, `nummer` or `digitaal_adres` (R8.7)."""

    identificatie: IdentificatieInput | None = strawberry.field(
        default=strawberry.UNSET,
        description="Die zo in een ander register wordt aangeduid.",
    )
    nummer: str | None = strawberry.field(
        default=strawberry.UNSET, description="Met dit nummer."
    )
    digitaal_adres: Identificatienummer | None = strawberry.field(
        default=strawberry.UNSET,
        description="Met dit e-mailadres of telefoonnummer, letterlijk. Dat iemand het"
        " noemt, bewijst niet wie het is.",
    )
    soort_partij: SoortPartij | None = strawberry.field(
        default=strawberry.UNSET, description="Van deze soort."
    )


@strawberry.input(description="Welke actoren; alles wat gegeven is moet gelden.")
class ActorFilter:
    """All of what is given."""

    soort_actor: SoortActor | None = strawberry.field(
        default=strawberry.UNSET, description="Van deze soort."
    )
    naam: str | None = strawberry.field(
        default=strawberry.UNSET, description="Met deze tekst in de naam."
    )
    indicatie_actief: bool | None = strawberry.field(
        default=strawberry.UNSET, description="Alleen (in)actieve."
    )


@strawberry.type(name="_Service", description="Dit deel van een supergraaf.")
class Service:
    """What Apollo Federation asks of a subgraph."""

    @strawberry.field(
        description="Het schema van dit deel, zoals een router het opneemt."
    )
    def sdl(self, info: Info) -> str:
        return f"{FEDERATION}\n\n{print_schema(info.schema)}"


@strawberry.type(description="Wat er te vragen is.")
class Query:
    """The root."""

    @strawberry.field(
        name="_service",
        description="Voor een router die dit schema in een supergraaf opneemt.",
    )
    def service(self) -> Service:
        return Service()

    @strawberry.field(
        graphql_type=Referentielijsten,
        description="De codes van kanalen, talen, landen en soorten digitaal adres, met"
        " hun naam: voor formulieren en filters.",
    )
    def referentielijsten(self, info: Info) -> lijsten.Referentielijsten:
        return info.context.lijsten

    @strawberry.field(
        description="Wie er vraagt: hoe zeker, namens wie, waarom, en in welke"
        " hoedanigheden dat kan.",
    )
    async def ik(self, info: Info) -> Ik:
        return await fetch_ik(info.context)

    @strawberry.field(
        graphql_type=Klantbeeld | None,
        description="Het eigen klantbeeld van de inwoner of het bedrijf dat vraagt, in de"
        " gekozen hoedanigheid; leeg met `NOT_FOUND` als die nog niet gekend is.",
    )
    async def mijn_klantbeeld(self, info: Info) -> Named | Missing:
        return await _own(info.context.sight)

    @strawberry.field(
        graphql_type=MijnInzage | None,
        description="Alles wat is vastgelegd van de inwoner of het bedrijf dat vraagt, wie"
        " het is getoond en wat eraan is gewijzigd; leeg met `NOT_FOUND` als die nog niet"
        " gekend is.",
    )
    async def mijn_inzage(self, info: Info) -> Named | Missing:
        return await _own(info.context.sight)

    @strawberry.field(
        graphql_type=Klantbeeld | None,
        description="Het klantbeeld van wie zo wordt aangeduid; leeg met `NOT_FOUND` als"
        " niemand zo gekend is.",
    )
    async def klantbeeld(
        self,
        info: Info,
        identificatie: Identificatie,
        identiteitsvaststelling: Vaststelling = strawberry.UNSET,
    ) -> Named | GatewayError:
        sight = info.context.sight
        asked = identificatie_of(identificatie, "identificatie")
        stated = vaststelling_of(given(identiteitsvaststelling))
        refused = sight.undisclosed(stated)
        if isinstance(refused, StepUpRequired):
            return refused
        sight.look_up(asked)
        whose = await info.context.store.partijen.named_by(asked)
        if not whose.partijen:
            return Missing("no partij is known by this")
        return sight.klantbeeld(whose, disclosed=refused is None)

    @strawberry.field(
        graphql_type=Partij | None,
        description="Een partij; leeg met `NOT_FOUND` als die er niet is.",
    )
    async def partij(
        self,
        info: Info,
        id: Id,  # noqa: A002 - Relay's name
        identiteitsvaststelling: Vaststelling = strawberry.UNSET,
    ) -> stored_partijen.Partij | GatewayError:
        sight = info.context.sight
        key = key_of(id, "Partij", "id")
        stated = vaststelling_of(given(identiteitsvaststelling))
        refused = None if sight.caller.is_klant else sight.undisclosed(stated)
        if isinstance(refused, StepUpRequired):
            return refused
        sight.look_up(partij(key))
        found = await info.context.store.partijen.partijen_by_id([key])
        return (await sight.partijen(found, disclosed=refused is None))[0]

    @strawberry.field(
        graphql_type=Connection[Partij] | None,
        description="Partijen, op nummer. Er moet gezocht worden op identificatie,"
        " nummer of digitaal adres.",
    )
    async def partijen(
        self,
        info: Info,
        filter: Annotated[  # noqa: A002 - the graph's own word
            PartijFilter, strawberry.argument(description="Welke partijen.")
        ],
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> PageOf[stored_partijen.Partij, stored_partijen.PartijFilter]:
        store, asked = info.context.store.partijen, filter_of_partijen(filter)
        part = slice_of(first, after, last, before)
        limits = info.context.limits
        place = window(part, stored_partijen.OP_NUMMER, limits, question=asked)
        sight = info.context.sight
        look_up(asked, sight)
        page = await store.find(asked, place)
        # A telephone number or e-mail address is no identification.
        by_address = asked.digitaal_adres is not None
        disclosed = sight.undisclosed(None) is None and not by_address
        await sight.partijen(page.nodes, disclosed=disclosed)
        return PageOf(page, asked, store.count)

    @strawberry.field(
        graphql_type=Klantcontact | None,
        description="Een klantcontact; leeg met `NOT_FOUND` als dat er niet is.",
    )
    async def klantcontact(
        self,
        info: Info,
        id: Id,  # noqa: A002 - Relay's name
    ) -> KlantcontactRecord | Missing:
        key = key_of(id, "Klantcontact", "id")
        found = await info.context.store.klantcontacten.klantcontacten_by_id([key])
        seen = await info.context.sight.klantcontacten(found, Reached.INTERACTIE)
        return seen[0]

    @strawberry.field(
        graphql_type=Connection[Klantcontact] | None,
        description="Klantcontacten van iedereen.",
    )
    async def klantcontacten(
        self,
        info: Info,
        filter: Filter = strawberry.UNSET,  # noqa: A002 - the graph's own word
        orde: Orde = KlantcontactOrde.NIEUWSTE_EERST,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> PageOfKlantcontacten:
        asked = asked_of(filter, orde, first, after, last, before, context=info.context)
        return await fetch_page(asked, info.context)

    @strawberry.field(
        graphql_type=Connection[InterneTaak] | None,
        description="Interne taken, op wachttijd. Met een filter op status en actor is"
        " dit de werklijst van een afdeling of medewerker.",
    )
    async def interne_taken(
        self,
        info: Info,
        filter: TaakFilter = strawberry.UNSET,  # noqa: A002
        orde: TaakOrde = InterneTaakOrde.LANGST_WACHTEND_EERST,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> PageOf[InterneTaakRecord, TakenQuestion]:
        part = slice_of(first, after, last, before)
        return await fetch_taken(None, filter, orde, part, info.context)

    @strawberry.field(
        graphql_type=Connection[Actor] | None,
        description="Wie namens de gemeente optreden, op naam.",
    )
    async def actoren(
        self,
        info: Info,
        filter: Annotated[  # noqa: A002 - the graph's own word
            ActorFilter | None,
            strawberry.argument(description="Welke actoren; zonder filter alle."),
        ] = strawberry.UNSET,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> PageOf[stored_actoren.Actor, stored_actoren.ActorFilter]:
        store, asked = info.context.store.actoren, filter_of_actoren(filter)
        part = slice_of(first, after, last, before)
        limits = info.context.limits
        place = window(part, stored_actoren.OP_NAAM, limits, question=asked)
        page = await store.find(asked, place)
        info.context.sight.let_pass(page.nodes)
        return PageOf(page, asked, store.count)

    @strawberry.field(
        graphql_type=Node | None,
        description="Een partij, klantcontact, interne taak of actor, aan de `id` die"
        " eerder is gegeven; leeg met `NOT_FOUND` als die er niet meer is.",
    )
    async def node(
        self,
        info: Info,
        id: Id,  # noqa: A002 - Relay's name
    ) -> object:
        return await fetch_node(id, info.context)


async def _own(sight: Sight) -> Named | Missing:
    """Let the klantbeeld pass of who asks."""
    whose = await sight.own()
    return sight.klantbeeld(whose, disclosed=True) if whose.partijen else absent()


def filter_of_partijen(asked: PartijFilter) -> stored_partijen.PartijFilter:
    """Say what the store should look for.

    Raises:
        BadInput: names the field and the rule.
    """
    identificatie = given(asked.identificatie)
    wanted = stored_partijen.PartijFilter(
        identificatie=None
        if identificatie is None
        else identificatie_of(identificatie, "filter.identificatie"),
        nummer=nummer_of(given(asked.nummer), "filter.nummer"),
        digitaal_adres=given(asked.digitaal_adres),
        soort_partij=given(asked.soort_partij),
    )
    by_name = wanted.identificatie is not None or wanted.nummer is not None
    if by_name and wanted.digitaal_adres is not None:
        # Or it would say whether somebody has this address.
        rule = "cannot be combined with identificatie or nummer"
        raise BadInput("filter.digitaalAdres", rule)
    if not by_name and wanted.digitaal_adres is None:
        raise BadInput(
            "filter",
            "must have identificatie, nummer or digitaalAdres; partijen"
            " cannot be browsed",
        )
    return wanted


def look_up(asked: stored_partijen.PartijFilter, sight: Sight) -> None:
    """Tell that somebody is asked for by name.

    Raises:
        LimitExceeded: by this caller, too many were.
    """
    if asked.identificatie is not None:
        sight.look_up(asked.identificatie)
    if asked.digitaal_adres is not None:
        sight.look_up(digitaal_adres(asked.digitaal_adres))
    if asked.nummer is not None:
        sight.look_up(partijnummer(asked.nummer))


def filter_of_actoren(asked: ActorFilter | None) -> stored_actoren.ActorFilter:
    """Say what the store should look for."""
    asked = given(asked) or ActorFilter()
    return stored_actoren.ActorFilter(
        soort_actor=given(asked.soort_actor),
        naam=given(asked.naam),
        indicatie_actief=given(asked.indicatie_actief),
    )
