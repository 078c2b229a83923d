"""What names a partij elsewhere: added, repaired and removed."""

import asyncio

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.store.tables import mutaties, partijen
from schema.node import encode_id
from tests.identity.callers import klant, medewerker
from tests.klantbeeld.conftest import Municipality
from tests.recording.asking import Payload, codes, mutate, refused
from tests.recording.conftest import Counted, Opened
from tests.recording.known import a_persoon, add
from tests.recording.partij_vragen import (
    BSN,
    KVK,
    OTHER_BSN,
    SOORTEN,
    VERWIJDER_IDENTIFICATIE,
    VOEG_TOE,
    persoon,
    registered,
)

pytestmark = pytest.mark.anyio

REGISTREER = SOORTEN["Persoon"]
RSIN = {"rsin": "999990469"}
BY_URL = {"subjectUrl": "https://brp.example/personen/1"}
FOREIGN = {"overig": {"register": "rnr", "soort": "rijksregister", "waarde": "85073"}}
OF_COMPANY = {"identificatie": {"kvkNummer": KVK}}


async def added(
    office: Municipality, partij: Payload, named: object, **own: object
) -> Payload:
    return await mutate(office, VOEG_TOE, id=partij["id"], identificatie=named, **own)


def soorten(payload: Payload) -> list[str]:
    named = payload["partij"]["externeIdentificaties"]
    return [each["soort"] for each in named]


async def test_f6257_a_partij_is_named_by_several_registers(
    office: Municipality,
) -> None:
    partij = await registered(office, persoon())
    payload = await added(office, partij, FOREIGN)
    assert payload["fouten"] == []
    assert soorten(payload) == ["bsn", "rijksregister"]
    assert payload["partij"]["versie"] == 2


async def test_r6_2_any_number_of_partijen_is_one_company(
    office: Municipality,
) -> None:
    first = await registered(office, OF_COMPANY, "Organisatie")
    second = await registered(office, {"identificatie": RSIN}, "Organisatie")
    payload = await added(office, second, {"kvkNummer": KVK})
    assert payload["fouten"] == []
    assert first["nummer"] != payload["partij"]["nummer"]
    assert soorten(payload) == ["kvk_nummer", "rsin"]


async def test_r6_1_a_natural_person_is_one_partij(
    office: Municipality, rows_now: Counted
) -> None:
    await registered(office, persoon())
    other = await registered(office, {"identificatie": FOREIGN})
    before = await rows_now()
    payload = await added(office, other, {"bsn": BSN})
    assert codes(payload) == [("bestaat_al", "identificatie")]
    assert await rows_now() == before


@pytest.mark.parametrize(
    ("register", "soort", "pad"),
    [
        ("Brp", "bsn_nummer", "soort"),
        ("BRP", "burgerservicenummer", "soort"),
        ("BRP.nl", "persoon", "register"),
        ("zaaksysteem", "bsn_nummer", "soort"),
    ],
)
async def test_r6_1_a_bsn_by_another_name_makes_no_second_partij(
    office: Municipality, rows_now: Counted, register: str, soort: str, pad: str
) -> None:
    await registered(office, persoon())
    before = await rows_now()
    named = {"overig": {"register": register, "soort": soort, "waarde": BSN}}
    payload = await mutate(office, REGISTREER, invoer={"identificatie": named})
    where = f"invoer.identificatie.overig.{pad}"
    assert codes(payload) == [("niet_toegestaan", where)]
    assert await rows_now() == before


async def test_r6_1_one_register_is_one_however_it_is_spelled(
    office: Municipality,
) -> None:
    given = (
        {"register": each, "soort": "nr", "waarde": "1"} for each in ("Rnr", "RNR")
    )
    found = [
        await registered(office, {"identificatie": {"overig": each}}) for each in given
    ]
    assert [each["nummer"] for each in found] == ["1", "1"]
    assert found[0]["externeIdentificaties"][0]["register"] == "rnr"


async def test_r6_3_an_organisatie_has_no_bsn_however_it_is_spelled(
    office: Municipality,
) -> None:
    named = {"overig": {"register": "BRP", "soort": " bsn", "waarde": BSN}}
    asked = {"invoer": {"identificatie": named}}
    payload = await mutate(office, SOORTEN["Organisatie"], **asked)
    assert codes(payload) == [("niet_toegestaan", "invoer.identificatie")]


async def test_r6_1_two_who_claim_one_person_at_once_give_one_partij(
    office: Municipality,
) -> None:
    one = await registered(office, persoon())
    two = await registered(office, persoon(OTHER_BSN))
    answers = await asyncio.gather(
        *(added(office, each, BY_URL) for each in (one, two))
    )
    assert sorted(codes(each) for each in answers) == [
        [],
        [("bestaat_al", "identificatie")],
    ]


@pytest.mark.parametrize("named", [RSIN, {"kvkNummer": KVK}])
async def test_r6_3_a_persoon_is_no_company(
    office: Municipality, named: dict[str, str]
) -> None:
    partij = await registered(office, persoon())
    payload = await added(office, partij, named)
    assert codes(payload) == [("niet_toegestaan", "identificatie")]


async def test_r6_3_a_partij_has_one_of_each_kind(office: Municipality) -> None:
    partij = await registered(office, persoon())
    again = await added(office, partij, {"bsn": OTHER_BSN})
    assert codes(again) == [("bestaat_al", "identificatie")]
    await added(office, partij, BY_URL)
    again = await added(office, partij, {"subjectNaam": "Iemand"})
    assert codes(again) == [("bestaat_al", "identificatie")]


async def test_r5_4_who_was_never_aangehaakt_never_becomes_so(
    office: Municipality, database: AsyncEngine
) -> None:
    row = {"soort_partij": "persoon"}
    key = await add(database, partijen, row)
    payload = await added(office, {"id": encode_id("Partij", key)}, {"bsn": BSN})
    assert codes(payload) == [("niet_toegestaan", "identificatie")]


async def test_r2_4_one_that_was_wrong_is_repaired_with_a_reason(
    office: Municipality, database: AsyncEngine
) -> None:
    partij = await registered(office, persoon(OTHER_BSN))
    (wrong,) = partij["externeIdentificaties"]
    herstelt = {"externeIdentificatie": wrong["id"], "reden": "verwisseld"}
    payload = await added(office, partij, {"bsn": BSN}, herstelt=herstelt)
    assert payload["fouten"] == []
    (named,) = payload["partij"]["externeIdentificaties"]
    assert named["waarde"] == BSN
    asked = select(mutaties.c.oud, mutaties.c.reden).where(
        mutaties.c.handeling == "verwijderd"
    )
    async with database.connect() as connection:
        ((oud, reden),) = await connection.execute(asked)
    assert (oud["waarde"], reden) == (OTHER_BSN, "verwisseld")


async def test_what_is_repaired_is_the_partijs_own(office: Municipality) -> None:
    partij = await registered(office, persoon())
    other = await registered(office, persoon(OTHER_BSN))
    (named,) = other["externeIdentificaties"]
    herstelt = {"externeIdentificatie": named["id"], "reden": " "}
    payload = await added(office, partij, FOREIGN, herstelt=herstelt)
    assert codes(payload) == [
        ("verplicht", "herstelt.reden"),
        ("niet_gevonden", "herstelt.externeIdentificatie"),
    ]


async def test_f8226_one_that_was_wrong_is_removed(office: Municipality) -> None:
    partij = await registered(office, persoon())
    payload = await added(office, partij, FOREIGN)
    named = payload["partij"]["externeIdentificaties"][1]
    payload = await mutate(
        office, VERWIJDER_IDENTIFICATIE, id=named["id"], reden="van een ander"
    )
    assert (payload["fouten"], soorten(payload)) == ([], ["bsn"])
    again = await mutate(
        office, VERWIJDER_IDENTIFICATIE, id=named["id"], reden="van een ander"
    )
    assert codes(again) == [("niet_gevonden", "id")]


async def test_r6_6_the_last_one_stays(office: Municipality, rows_now: Counted) -> None:
    partij = await registered(office, persoon())
    before = await rows_now()
    (named,) = partij["externeIdentificaties"]
    payload = await mutate(office, VERWIJDER_IDENTIFICATIE, id=named["id"], reden="")
    assert codes(payload) == [("verplicht", "reden"), ("niet_toegestaan", "id")]
    assert await rows_now() == before


async def test_seed_000_who_is_linked_was_surely_established(
    opened: Opened, database: AsyncEngine
) -> None:
    partij = await a_persoon(database)
    async with opened(medewerker()) as desk:
        payload = await added(desk, {"id": partij.id}, FOREIGN)
    pad = "identiteitsvaststelling"
    assert codes(payload) == [("identiteit_niet_vastgesteld", pad)]


async def test_a_klant_links_themselves_to_nobody_else(
    opened: Opened, database: AsyncEngine
) -> None:
    partij = await a_persoon(database)
    async with opened(klant()) as portal:
        asked = {"id": partij.id, "identificatie": FOREIGN}
        assert await refused(portal, VOEG_TOE, **asked) == "FORBIDDEN"


async def test_a_known_kind_has_a_field_of_its_own(office: Municipality) -> None:
    partij = await registered(office, persoon())
    named = {"overig": {"register": "brp", "soort": "bsn", "waarde": OTHER_BSN}}
    asked = {"id": partij["id"], "identificatie": named}
    assert await refused(office, VOEG_TOE, **asked) == "BAD_INPUT"


@pytest.mark.parametrize("named", [BY_URL, {"subjectNaam": "Piet"}])
async def test_r6_5_a_contactpersoon_is_nobody_in_a_base_register(
    office: Municipality, named: dict[str, str]
) -> None:
    company = await registered(office, OF_COMPANY, "Organisatie")
    namens = {"formeel": True, "vastgesteldOp": "2026-01-05T10:00:00Z"}
    asked = {"namens": namens | {"partij": company["id"]}}
    partij = await registered(office, asked, "Contactpersoon")
    payload = await added(office, partij, named)
    assert codes(payload) == [("niet_toegestaan", "identificatie")]
