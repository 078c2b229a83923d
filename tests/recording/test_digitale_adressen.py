"""Digitale adressen of a partij are added, changed, removed and preferred, over HTTP."""

import asyncio
from uuid import uuid4

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.identity.caller import Caller
from gateway.store import tables
from schema.node import encode_id
from tests.identity.callers import klant, medewerker, systeem, vertegenwoordiger
from tests.klantbeeld.conftest import Municipality
from tests.recording.asking import codes, mutate
from tests.recording.conftest import Counted, Opened
from tests.recording.known import (
    GIVEN,
    OTHER_BSN,
    Known,
    a_persoon,
    add,
    changes,
    stored,
)
from tests.recording.stories import STATED

pytestmark = pytest.mark.anyio

VOEG_TOE = """
mutation ($partij: ID!, $invoer: DigitaalAdresInput!, $nu: Boolean! = false,
          $wie: IdentiteitsvaststellingInput, $sleutel: String) {
  voegDigitaalAdresToe(partij: $partij, invoer: $invoer, toestemmingHergebruik: $nu,
                       identiteitsvaststelling: $wie, idempotentiesleutel: $sleutel) {
    digitaalAdres { id adres standaard versie }
    partij { versie toestemmingHergebruik { ingetrokkenOp } }
    fouten { code pad melding }
  }
}
"""
WIJZIG = """
mutation ($id: ID!, $versie: Int! = 1, $invoer: WijzigDigitaalAdresInput!,
          $nu: Boolean! = false) {
  wijzigDigitaalAdres(id: $id, versie: $versie, invoer: $invoer,
                      toestemmingHergebruik: $nu) {
    digitaalAdres { adres omschrijving standaard versie verificatieDatum }
    partij { versie }
    fouten { code pad }
  }
}
"""
VERWIJDER = """
mutation ($id: ID!, $wie: IdentiteitsvaststellingInput) {
  verwijderDigitaalAdres(id: $id, identiteitsvaststelling: $wie) {
    digitaalAdres { id }
    partij { versie digitaleAdressen { adres } voorkeursDigitaalAdres { adres } }
    fouten { code pad melding }
  }
}
"""
KIES = """
mutation ($partij: ID!, $adres: ID) {
  kiesVoorkeursDigitaalAdres(partij: $partij, digitaalAdres: $adres) {
    partij { versie voorkeursDigitaalAdres { adres } }
    fouten { code pad }
  }
}
"""
MAIL = {"soort": "email", "adres": "sanne@voorbeeld.example"}
D = tables.digitale_adressen


async def an_address(
    database: AsyncEngine, partij: Known, **own: object
) -> tuple[Known, dict[str, object]]:
    """Add an e-mail address; gives it, and its row."""
    row = {"partij_id": partij.key, "soort": "email", "adres": "oud@voorbeeld.example"}
    key = await add(database, D, row | own)
    return Known(key, encode_id("DigitaalAdres", key)), row | own


async def test_one_is_added_as_it_is_spelled(
    office: Municipality, database: AsyncEngine
) -> None:
    partij = await a_persoon(database)
    mail = {"soort": "email", "adres": "Sanne@Voorbeeld.Example", "standaard": True}
    payload = await mutate(office, VOEG_TOE, partij=partij.id, invoer=mail)
    assert payload["digitaalAdres"].pop("id")
    assert payload == {
        "digitaalAdres": {
            "adres": "Sanne@voorbeeld.example",
            "standaard": True,
            "versie": 1,
        },
        "partij": {"versie": 2, "toestemmingHergebruik": {"ingetrokkenOp": None}},
        "fouten": [],
    }
    assert await changes(database) == [("gemaakt", "digitaal_adres", None)]


async def test_all_mistakes_are_told_and_nothing_is_written(
    office: Municipality, database: AsyncEngine, rows_now: Counted
) -> None:
    partij = await a_persoon(database, toestemming=False)
    before = await rows_now()
    wrong = {"soort": "email", "adres": "geen adres", "platform": "ergens"}
    payload = await mutate(office, VOEG_TOE, partij=partij.id, invoer=wrong)
    assert codes(payload) == [
        ("ongeldig", "invoer.adres"),
        ("niet_toegestaan", "invoer.platform"),
        ("geen_toestemming", "toestemmingHergebruik"),
    ]
    assert payload["digitaalAdres"] is None
    assert await rows_now() == before


async def test_consent_that_is_given_with_it_is_kept(
    opened: Opened, database: AsyncEngine
) -> None:
    partij = await a_persoon(database, toestemming=False)
    async with opened(klant()) as portal:
        asked = {"partij": partij.id, "invoer": MAIL}
        refused = await mutate(portal, VOEG_TOE, **asked)
        payload = await mutate(portal, VOEG_TOE, **asked, nu=True)
    assert codes(refused) == [("geen_toestemming", "toestemmingHergebruik")]
    assert payload["partij"]["toestemmingHergebruik"] == {"ingetrokkenOp": None}
    assert [each[:2] for each in await changes(database)] == [
        ("gemaakt", "digitaal_adres"),
        ("gemaakt", "toestemming"),
    ]


async def test_consent_that_was_withdrawn_is_none(
    office: Municipality, database: AsyncEngine
) -> None:
    partij = await a_persoon(database, toestemming=False)
    withdrawn = {
        "partij_id": partij.key,
        "gegeven_op": GIVEN,
        "ingetrokken_op": GIVEN,
    }
    await add(database, tables.toestemmingen, withdrawn)
    payload = await mutate(office, VOEG_TOE, partij=partij.id, invoer=MAIL)
    assert codes(payload) == [("geen_toestemming", "toestemmingHergebruik")]


async def test_who_asks_twice_with_one_key_adds_it_once(
    office: Municipality, database: AsyncEngine
) -> None:
    partij = await a_persoon(database)
    asked = {"partij": partij.id, "invoer": MAIL, "sleutel": "een"}
    answers = await asyncio.gather(*(mutate(office, VOEG_TOE, **asked) for _ in "abc"))
    assert len({each["digitaalAdres"]["id"] for each in answers}) == 1
    assert len(await stored(database, D)) == 1


async def test_a_partij_has_an_address_once(
    office: Municipality, database: AsyncEngine
) -> None:
    partij = await a_persoon(database)
    await an_address(database, partij, adres=MAIL["adres"])
    payload = await mutate(office, VOEG_TOE, partij=partij.id, invoer=MAIL)
    assert codes(payload) == [("bestaat_al", "invoer.adres")]


async def test_a_new_standard_address_takes_the_place_of_the_one_before(
    office: Municipality, database: AsyncEngine
) -> None:
    partij = await a_persoon(database)
    await an_address(database, partij, standaard=True)
    new = MAIL | {"standaard": True}
    payload = await mutate(office, VOEG_TOE, partij=partij.id, invoer=new)
    assert codes(payload) == []
    standard = {
        row["adres"]: (row["standaard"], row["versie"])
        for row in await stored(database, D)
    }
    assert standard == {"oud@voorbeeld.example": (False, 2), MAIL["adres"]: (True, 1)}
    assert ("gewijzigd", "digitaal_adres", {"standaard": True}) in await changes(
        database
    )


# --- changing


async def test_one_is_changed_and_what_stood_there_is_kept(
    office: Municipality, database: AsyncEngine
) -> None:
    partij = await a_persoon(database)
    adres, _ = await an_address(
        database, partij, verificatie_datum=GIVEN.date(), omschrijving="werk"
    )
    new = {"adres": "nieuw@voorbeeld.example", "omschrijving": None}
    payload = await mutate(office, WIJZIG, id=adres.id, invoer=new)
    assert payload == {
        "digitaalAdres": {
            **new,
            "standaard": False,
            "versie": 2,
            "verificatieDatum": None,
        },
        "partij": {"versie": 2},
        "fouten": [],
    }
    was = {
        "adres": "oud@voorbeeld.example",
        "omschrijving": "werk",
        "verificatie_datum": "2026-01-01",
    }
    assert await changes(database) == [("gewijzigd", "digitaal_adres", was)]


async def test_an_address_that_stays_stays_verified(
    office: Municipality, database: AsyncEngine
) -> None:
    partij = await a_persoon(database)
    adres, row = await an_address(database, partij, verificatie_datum=GIVEN.date())
    new = {"adres": row["adres"], "omschrijving": "thuis"}
    payload = await mutate(office, WIJZIG, id=adres.id, invoer=new)
    assert payload["digitaalAdres"]["verificatieDatum"] == "2026-01-01"


async def test_a_change_that_changes_nothing_is_none(
    office: Municipality, database: AsyncEngine
) -> None:
    partij = await a_persoon(database)
    adres, row = await an_address(database, partij)
    payload = await mutate(office, WIJZIG, id=adres.id, invoer={"adres": row["adres"]})
    assert payload["digitaalAdres"]["versie"] == 1
    assert payload["partij"]["versie"] == 1
    assert await changes(database) == []


async def test_a_stale_version_is_refused_with_the_current_one(
    office: Municipality, database: AsyncEngine, rows_now: Counted
) -> None:
    partij = await a_persoon(database)
    adres, row = await an_address(database, partij, versie=3)
    before = await rows_now()
    new = {"adres": "nieuw@voorbeeld.example", "platform": "ergens"}
    payload = await mutate(office, WIJZIG, id=adres.id, versie=2, invoer=new)
    assert codes(payload) == [
        ("verouderd", "versie"),
        ("niet_toegestaan", "invoer.platform"),
    ]
    assert payload["digitaalAdres"]["adres"] == row["adres"]
    assert payload["digitaalAdres"]["versie"] == 3
    assert await rows_now() == before


async def test_of_two_who_change_one_the_second_is_told(
    office: Municipality, database: AsyncEngine
) -> None:
    partij = await a_persoon(database)
    adres, _ = await an_address(database, partij)
    answers = await asyncio.gather(
        *(
            mutate(office, WIJZIG, id=adres.id, invoer={"omschrijving": each})
            for each in ("werk", "thuis")
        )
    )
    assert sorted(map(codes, answers)) == [[], [("verouderd", "versie")]]


async def test_what_may_not_be_empty_does_not_become_it(
    office: Municipality, database: AsyncEngine
) -> None:
    partij = await a_persoon(database)
    adres, _ = await an_address(database, partij)
    new = {"adres": None, "standaard": None}
    payload = await mutate(office, WIJZIG, id=adres.id, invoer=new)
    assert codes(payload) == [
        ("verplicht", "invoer.adres"),
        ("verplicht", "invoer.standaard"),
    ]


async def test_changing_takes_consent_too(
    office: Municipality, database: AsyncEngine
) -> None:
    partij = await a_persoon(database, toestemming=False)
    adres, _ = await an_address(database, partij)
    asked = {"id": adres.id, "invoer": {"omschrijving": "werk"}}
    refused = await mutate(office, WIJZIG, **asked)
    allowed = await mutate(office, WIJZIG, **asked, nu=True)
    assert codes(refused) == [("geen_toestemming", "toestemmingHergebruik")]
    assert codes(allowed) == []
    assert allowed["digitaalAdres"]["omschrijving"] == "werk"


# --- removing and preferring


async def test_one_is_removed_without_consent_and_then_not_preferred(
    office: Municipality, database: AsyncEngine
) -> None:
    partij = await a_persoon(database, toestemming=False)
    adres, row = await an_address(database, partij)
    await mutate(office, KIES, partij=partij.id, adres=adres.id)
    payload = await mutate(office, VERWIJDER, id=adres.id)
    gone = {"versie": 3, "digitaleAdressen": [], "voorkeursDigitaalAdres": None}
    assert payload == {"digitaalAdres": None, "partij": gone, "fouten": []}
    *preferred, (removed, soort, oud) = await changes(database)
    key = {"voorkeurs_digitaal_adres_id": str(adres.key)}
    assert [each[2] for each in preferred] == [dict.fromkeys(key), key]
    assert (removed, soort) == ("verwijderd", "digitaal_adres")
    assert isinstance(oud, dict)
    assert (oud["partij_id"], oud["adres"]) == (str(partij.key), row["adres"])


async def test_one_is_preferred_and_then_none(
    office: Municipality, database: AsyncEngine
) -> None:
    partij = await a_persoon(database)
    adres, row = await an_address(database, partij)
    chosen = await mutate(office, KIES, partij=partij.id, adres=adres.id)
    again = await mutate(office, KIES, partij=partij.id, adres=adres.id)
    none = await mutate(office, KIES, partij=partij.id)
    assert [each["partij"] for each in (chosen, again, none)] == [
        {"versie": 2, "voorkeursDigitaalAdres": {"adres": row["adres"]}},
        {"versie": 2, "voorkeursDigitaalAdres": {"adres": row["adres"]}},
        {"versie": 3, "voorkeursDigitaalAdres": None},
    ]


async def test_what_is_preferred_is_the_partijs_own(
    office: Municipality, database: AsyncEngine, rows_now: Counted
) -> None:
    partij, other = await a_persoon(database), await a_persoon(database, OTHER_BSN)
    adres, _ = await an_address(database, other)
    before = await rows_now()
    payload = await mutate(office, KIES, partij=partij.id, adres=adres.id)
    assert codes(payload) == [("niet_gevonden", "digitaalAdres")]
    assert await rows_now() == before


async def test_what_belongs_to_a_klantcontact_is_not_changed_here(
    office: Municipality, database: AsyncEngine
) -> None:
    began = {"kanaal": "balie", "plaatsgevonden_op": GIVEN}
    took_part = {
        "klantcontact_id": await add(database, tables.klantcontacten, began),
        "plaatsgevonden_op": GIVEN,
        "rol": "belanghebbende",
        "initiator": True,
    }
    betrokkene = await add(database, tables.betrokkenen, took_part)
    row = {"betrokkene_id": betrokkene, "soort": "email", "adres": MAIL["adres"]}
    key = await add(database, D, row)
    payload = await mutate(office, VERWIJDER, id=encode_id("DigitaalAdres", key))
    assert codes(payload) == [("niet_gevonden", "id")]
    assert len(await stored(database, D)) == 1


# --- who may


@pytest.mark.parametrize("caller", [klant(), vertegenwoordiger()])
async def test_a_klant_changes_their_own_and_sees_no_others(
    opened: Opened, database: AsyncEngine, caller: Caller
) -> None:
    own, other = await a_persoon(database), await a_persoon(database, OTHER_BSN)
    mine, _ = await an_address(database, own)
    theirs, _ = await an_address(database, other)
    nobody = encode_id("DigitaalAdres", uuid4())
    async with opened(caller) as portal:
        told = [
            await mutate(portal, VERWIJDER, id=each)
            for each in (mine.id, theirs.id, nobody)
        ]
    assert [codes(each) for each in told] == [[], *[[("niet_gevonden", "id")]] * 2]
    assert told[1] == told[2]
    assert [row["id"] for row in await stored(database, D)] == [theirs.key]


async def test_to_a_klant_anothers_partij_is_not_there(
    opened: Opened, database: AsyncEngine, rows_now: Counted
) -> None:
    await a_persoon(database)
    other = await a_persoon(database, OTHER_BSN)
    before = await rows_now()
    async with opened(klant()) as portal:
        told = [
            await mutate(portal, VOEG_TOE, partij=each, invoer=MAIL, nu=True)
            for each in (other.id, encode_id("Partij", uuid4()))
        ]
    assert codes(told[0]) == [("niet_gevonden", "partij")]
    assert told[0] == told[1]
    assert await rows_now() == before


@pytest.mark.parametrize(
    ("wie", "pad"),
    [
        (None, "identiteitsvaststelling"),
        (STATED | {"niveau": "laag"}, "identiteitsvaststelling.niveau"),
    ],
)
async def test_a_medewerker_is_sure_with_whom_they_speak(
    opened: Opened,
    database: AsyncEngine,
    rows_now: Counted,
    wie: dict[str, str] | None,
    pad: str,
) -> None:
    partij = await a_persoon(database)
    before = await rows_now()
    asked = {"partij": partij.id, "invoer": MAIL}
    async with opened(medewerker()) as office:
        refused = await mutate(office, VOEG_TOE, **asked, wie=wie)
        between = await rows_now()
        allowed = await mutate(office, VOEG_TOE, **asked, wie=STATED)
    assert codes(refused) == [("identiteit_niet_vastgesteld", pad)]
    assert between == before
    assert codes(allowed) == []


async def test_a_retry_discloses_nothing_to_who_does_not_state_it_again(
    opened: Opened, database: AsyncEngine
) -> None:
    partij = await a_persoon(database)
    asked = {"partij": partij.id, "invoer": MAIL, "sleutel": "een"}
    async with opened(medewerker()) as office:
        first = await mutate(office, VOEG_TOE, **asked, wie=STATED)
        again = await mutate(office, VOEG_TOE, **asked)
    assert first["digitaalAdres"] is not None
    assert again == {"digitaalAdres": None, "partij": None, "fouten": []}


async def test_two_addresses_do_not_become_one(
    office: Municipality, database: AsyncEngine
) -> None:
    partij = await a_persoon(database)
    adres, _ = await an_address(database, partij)
    await an_address(database, partij, adres=MAIL["adres"])
    payload = await mutate(office, WIJZIG, id=adres.id, invoer={"adres": MAIL["adres"]})
    assert codes(payload) == [("bestaat_al", "invoer.adres")]


async def test_a_systeem_is_trusted_by_its_scope(
    opened: Opened, database: AsyncEngine
) -> None:
    partij = await a_persoon(database)
    async with opened(systeem()) as source:
        payload = await mutate(source, VOEG_TOE, partij=partij.id, invoer=MAIL)
    assert codes(payload) == []
