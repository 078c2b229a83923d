"""The benchmarks' answers as somebody would write them who had no graph.

One function for each question, of the same reads, started together where they can be.
Rules are asked once for each kind of record, and a klant's own zaken, documents and
objects are judged as the gateway judges them. Nothing here is general.
"""

import asyncio
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from uuid import UUID

from gateway.context import RequestContext
from gateway.errors import Denied
from gateway.identity.policy import rules
from gateway.identity.sight.sight import absent
from gateway.store import actoren, adressen, delen
from gateway.store.betrokkenen import Betrokkene
from gateway.store.keyset import Slice, window
from gateway.store.klantcontacten import (
    NIEUWSTE_EERST,
    Klantcontact,
    KlantcontactFilter,
    Question,
)
from gateway.store.partijen import (
    Contactpersoon,
    ExterneIdentificatie,
    Named,
    Partij,
    Persoon,
)
from schema.node import encode_id
from tests.benchmarks.by_hand_delen import Delen
from tests.benchmarks.by_hand_zaken import Failure, Json, Path, moment

_ALL = KlantcontactFilter()


class Answer(NamedTuple):
    """What is answered.

    Attributes:
        data: of the response.
        errors: the message and the path of each.
    """

    data: Json
    errors: list[Failure]


class Parts(NamedTuple):
    """What hangs on klantcontacten, in their order."""

    betrokkenen: list[list[Betrokkene]]
    actoren: list[list[actoren.Actor]]
    onderwerpen: list[list[delen.Onderwerp]]
    inhoud: list[list[delen.Inhoudsdeel]]


class ByHand(Delen):
    """For one klant, once."""

    async def page(self, first: int) -> Answer:
        """Answer `mijnKlantbeeld`."""
        self.may(rules.EIGEN, rules.PARTIJ, rules.PARTIJGEGEVENS, rules.IDENTIFICATIES)
        self.may(rules.KLANTCONTACTEN_VAN, rules.KLANTCONTACT)
        store, limits = self.context.store, self.context.limits
        whose = await store.partijen.named_by(self.klant)
        partij, question = whose.partij, Question(whose.named, _ALL)
        asked = window(
            Slice(first, None, None, None), NIEUWSTE_EERST, limits, question=question
        )
        identificaties, places, digitaal, (page,) = await asyncio.gather(
            store.partijen.externe_identificaties_by_partij([partij.id]),
            store.adressen.adressen_by_partij([partij.id]),
            store.adressen.digitale_adressen_by_partij([partij.id]),
            store.klantcontacten.find_by_partijen(
                [whose.everyone], _ALL, NIEUWSTE_EERST, [asked]
            ),
        )
        path = ("mijnKlantbeeld", "klantcontacten", "nodes")
        paths: list[Path] = [(*path, index) for index in range(len(page.nodes))]
        nodes = await self.klantcontacten(whose, page.nodes, paths)
        info = {"hasNextPage": page.has_next_page, "endCursor": page.end_cursor}
        data = {
            "partij": {
                **_partij(partij),
                "indicatieGeheimhouding": partij.indicatie_geheimhouding,
                **_named(partij),
                "externeIdentificaties": _identificaties(identificaties[0]),
                **_adressen(places[0]),
                "digitaleAdressen": _digitaal(digitaal[0]),
            },
            "klantcontacten": {"pageInfo": info, "nodes": nodes},
        }
        return Answer({"mijnKlantbeeld": data}, self.errors)

    async def one(self, key: UUID) -> Answer:
        """Answer `klantcontact`, with all its fields."""
        self.may(rules.KLANTCONTACT, rules.PARTIJ)
        store = self.context.store
        whose = await store.partijen.named_by(self.klant)
        found, own, vorige, vervolg, richting = await asyncio.gather(
            store.klantcontacten.klantcontacten_by_id([key]),
            store.betrokkenen.klantcontacten_of([key], whose.everyone),
            store.klantcontacten.vorige_by_klantcontact([key]),
            store.klantcontacten.vervolg_by_klantcontact([key]),
            store.klantcontacten.richting_by_klantcontact([key]),
        )
        record = found[0]
        if record is None or key not in own:
            raise absent()
        threads = [each.id for each in (*vorige[0], *vervolg[0])]
        shown = await store.betrokkenen.klantcontacten_of(threads, whose.everyone)
        (made,) = await self.klantcontacten(whose, [record], [("klantcontact",)])
        data = {
            **made,
            "beeindigdOp": moment(record.beeindigd_op),
            "taal": record.taal,
            "richting": richting[0],
            "identiteitsvaststelling": _vaststelling(record),
            "vorige": [_briefly(each) for each in vorige[0] if each.id in shown],
            "vervolg": [_briefly(each) for each in vervolg[0] if each.id in shown],
        }
        return Answer({"klantcontact": data}, self.errors)

    async def klantcontacten(
        self,
        whose: Named,
        records: Sequence[Klantcontact],
        paths: Sequence[Path],
    ) -> list[Json]:
        """Build klantcontacten, as the page has them."""
        self.may(rules.ACTOR, rules.CONTACTGEGEVENS)
        parts = await self._parts([each.id for each in records])
        onderwerpen, inhoud, partijen = await asyncio.gather(
            self.onderwerpen(whose, parts.onderwerpen, paths),
            self.inhoud(parts.inhoud, paths),
            self._partijen(whose, parts.betrokkenen),
        )
        taken = self.refused(rules.INTERNE_TAAK)
        naam = self.refused(rules.MEDEWERKER)
        own, made = whose.disclosed, list[Json]()
        for index, (record, path) in enumerate(zip(records, paths, strict=True)):
            self.fails(taken, (*path, "interneTaken"))
            made.append(
                {
                    **_klantcontact(record),
                    "betrokkenen": [
                        _betrokkene(each, partijen[each.partij_id])
                        for each in parts.betrokkenen[index]
                        if each.partij_id in own
                    ],
                    "actoren": self._actoren(parts.actoren[index], naam, path),
                    "onderwerpen": onderwerpen[index],
                    "inhoud": inhoud[index],
                    "interneTaken": None,
                }
            )
        return made

    async def _parts(self, ids: list[UUID]) -> Parts:
        store = self.context.store
        return Parts(
            *await asyncio.gather(
                store.betrokkenen.betrokkenen_by_klantcontact(ids),
                store.actoren.actoren_by_klantcontact(ids),
                store.delen.onderwerpen_by_klantcontact(ids),
                store.delen.inhoud_by_klantcontact(ids),
            )
        )

    def _actoren(
        self, found: Sequence[actoren.Actor], naam: Denied, path: Path
    ) -> list[Json]:
        made: list[Json] = []
        for each in found:
            if isinstance(each, actoren.Medewerker):
                self.fails(naam, (*path, "actoren", len(made), "naam"))
                made.append({"__typename": "Medewerker", "naam": None})
            else:
                made.append({"__typename": type(each).__name__, "naam": each.naam})
        return made

    async def _partijen(
        self, whose: Named, found: Iterable[Sequence[Betrokkene]]
    ) -> dict[UUID | None, Json]:
        own = whose.disclosed
        keys = [x.partij_id for some in found for x in some if x.partij_id in own]
        partijen = await self.context.store.partijen.partijen_by_id(keys)
        made: dict[UUID | None, Json] = {}
        for partij in partijen:
            if partij is not None and partij.id not in made:
                made[partij.id] = _partij(partij)
        return made


async def flat(context: RequestContext, first: int) -> Answer:
    """Answer `klantcontacten`, to an employee who may see all."""
    sight, limits = context.sight, context.limits
    for rule in (rules.KLANTCONTACTEN_ZOEKEN, rules.KLANTCONTACT):
        refused = sight.decided(rule)
        if refused is not None:
            raise refused
    asked = window(
        Slice(first, None, None, None),
        NIEUWSTE_EERST,
        limits,
        question=Question(None, _ALL),
    )
    page = await context.store.klantcontacten.find(_ALL, NIEUWSTE_EERST, asked)
    nodes = [
        {
            "__typename": "Klantcontact",
            "id": encode_id("Klantcontact", each.id),
            "nummer": str(each.nummer),
            "kanaal": each.kanaal,
            "plaatsgevondenOp": moment(each.plaatsgevonden_op),
            "beeindigdOp": moment(each.beeindigd_op),
            "taal": each.taal,
            "vertrouwelijk": each.vertrouwelijk,
            "indicatieContactGelukt": each.indicatie_contact_gelukt,
            "duur": _duur(each),
        }
        for each in page.nodes
    ]
    return Answer({"klantcontacten": {"nodes": nodes}}, [])


def _klantcontact(each: Klantcontact) -> Json:
    return {
        "id": encode_id("Klantcontact", each.id),
        "nummer": str(each.nummer),
        "kanaal": each.kanaal,
        "plaatsgevondenOp": moment(each.plaatsgevonden_op),
        "duur": _duur(each),
        "vertrouwelijk": each.vertrouwelijk,
        "indicatieContactGelukt": each.indicatie_contact_gelukt,
    }


def _betrokkene(each: Betrokkene, partij: Json) -> Json:
    return {
        "rol": each.rol,
        "initiator": each.initiator,
        "contactnaam": _contactnaam(each.volledige_naam),
        "organisatienaam": each.organisatienaam,
        "partij": partij,
    }


def _identificaties(found: Sequence[ExterneIdentificatie]) -> list[Json]:
    return [
        {"register": x.register, "soort": x.soort, "waarde": x.waarde} for x in found
    ]


def _digitaal(found: Sequence[adressen.DigitaalAdres]) -> list[Json]:
    return [
        {
            "soort": x.soort,
            "adres": x.adres,
            "omschrijving": x.omschrijving,
            "standaard": x.standaard,
        }
        for x in found
    ]


def _partij(each: Partij) -> Json:
    return {
        "id": encode_id("Partij", each.id),
        "nummer": str(each.nummer),
        "soortPartij": type(each).__name__.lower(),
    }


def _named(each: Partij) -> Json:
    if isinstance(each, Persoon):
        return {"contactnaam": _contactnaam(each.volledige_naam)}
    return {} if isinstance(each, Contactpersoon) else {"naam": each.naam}


def _contactnaam(volledig: str | None) -> Json | None:
    return {"volledigeNaam": volledig} if volledig else None


def _adressen(found: Sequence[adressen.Adres]) -> Json:
    by_soort = {each.soort: each for each in found}
    bezoek = by_soort.get("bezoekadres")
    post = by_soort.get("correspondentieadres")
    return {
        "bezoekadres": bezoek
        and {
            "straatnaam": bezoek.straatnaam,
            "huisnummer": bezoek.huisnummer,
            "postcode": bezoek.postcode,
            "plaats": bezoek.plaats,
        },
        "correspondentieadres": post
        and {
            "vorm": post.vorm,
            "straatnaam": post.straatnaam,
            "huisnummer": post.huisnummer,
            "postbusnummer": post.postbusnummer,
            "postcode": post.postcode,
            "plaats": post.plaats,
        },
    }


def _duur(each: Klantcontact) -> int | None:
    if each.beeindigd_op is None:
        return None
    return int((each.beeindigd_op - each.plaatsgevonden_op).total_seconds())


def _briefly(each: Klantcontact) -> Json:
    return {"nummer": str(each.nummer)}


def _vaststelling(each: Klantcontact) -> Json | None:
    if not each.identiteit_middel:
        return None
    return {
        "middel": each.identiteit_middel,
        "niveau": each.identiteit_niveau,
        "grond": each.identiteit_grond,
        "vastgesteldOp": moment(each.identiteit_vastgesteld_op),
    }
