"""A partij is changed, by who saw what stands there; a klant changes their own."""

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway import identificatie
from gateway.identity.caller import Caller
from gateway.identity.levels import Betrouwbaarheidsniveau
from gateway.identity.rechten import Recht
from gateway.store.tables import mutaties
from tests.identity.callers import klant, medewerker, vertegenwoordiger
from tests.klantbeeld.conftest import Municipality
from tests.recording.asking import codes, mutate, refused
from tests.recording.conftest import Counted, Opened
from tests.recording.partij_vragen import (
    BSN,
    KVK,
    OTHER_BSN,
    STATED,
    WIJZIG,
    known,
    persoon,
    registered,
)

pytestmark = pytest.mark.anyio

ANNE = {"contactnaam": {"voornaam": "Anne"}}
NOBODY = "UGFydGlqOjAwMDAwMDAwLTAwMDAtMDAwMC0wMDAwLTAwMDAwMDAwMDAwMA=="


async def noted(database: AsyncEngine) -> list[object]:
    asked = select(mutaties.c.oud).where(
        mutaties.c.soort == "partij", mutaties.c.handeling == "gewijzigd"
    )
    async with database.connect() as connection:
        return [*await connection.scalars(asked)]


async def test_f2158_what_changes_replaces_what_stood_there(
    office: Municipality, database: AsyncEngine
) -> None:
    partij = await registered(office, known(voorkeurstaal="nld"))
    asked = ANNE | {"voorkeurstaal": None, "indicatieActief": False}
    payload = await mutate(office, WIJZIG, id=partij["id"], versie=1, invoer=asked)
    assert payload["fouten"] == []
    changed = payload["partij"]
    assert changed["contactnaam"] == {"volledigeNaam": "Anne"}
    assert (changed["voorkeurstaal"], changed["indicatieActief"]) == (None, False)
    assert changed["versie"] == 2
    assert await noted(database) == [
        {
            "voornaam": "Sanne",
            "achternaam": "Velde",
            "voorkeurstaal": "nld",
            "indicatie_actief": True,
        }
    ]


async def test_who_saw_an_older_version_gets_the_current_one(
    office: Municipality, rows_now: Counted
) -> None:
    partij = await registered(office, known())
    await mutate(office, WIJZIG, id=partij["id"], versie=1, invoer=ANNE)
    before = await rows_now()
    again = {"contactnaam": {"voornaam": "Ander"}}
    payload = await mutate(office, WIJZIG, id=partij["id"], versie=1, invoer=again)
    assert codes(payload) == [("verouderd", "versie")]
    assert payload["partij"]["contactnaam"] == {"volledigeNaam": "Anne"}
    assert payload["partij"]["versie"] == 2
    assert await rows_now() == before


async def test_what_changes_nothing_is_no_new_version(
    office: Municipality, rows_now: Counted
) -> None:
    partij = await registered(office, known())
    before = await rows_now()
    same = {"contactnaam": {"voornaam": "Sanne", "achternaam": "Velde"}}
    payload = await mutate(office, WIJZIG, id=partij["id"], versie=1, invoer=same)
    assert (payload["fouten"], payload["partij"]["versie"]) == ([], 1)
    assert await rows_now() == before


async def test_r4_18_a_partij_is_named_by_its_soort(
    office: Municipality, rows_now: Counted
) -> None:
    partij = await registered(office, known())
    asked = {"identificatie": {"kvkNummer": KVK}, "toestemmingHergebruik": True}
    company = await registered(office, asked | {"naam": "Bakkerij"}, "Organisatie")
    before = await rows_now()
    payload = await mutate(
        office, WIJZIG, id=partij["id"], versie=1, invoer={"naam": "Bakker"}
    )
    assert codes(payload) == [("niet_toegestaan", "invoer.naam")]
    payload = await mutate(office, WIJZIG, id=company["id"], versie=1, invoer=ANNE)
    assert codes(payload) == [("niet_toegestaan", "invoer.contactnaam")]
    assert await rows_now() == before


async def test_all_mistakes_are_told_at_once(
    office: Municipality, rows_now: Counted
) -> None:
    partij = await registered(office, persoon())
    before = await rows_now()
    wrong: dict[str, object] = {
        "contactnaam": {},
        "voorkeurstaal": "nl",
        "indicatieActief": None,
    }
    payload = await mutate(office, WIJZIG, id=partij["id"], versie=7, invoer=wrong)
    assert codes(payload) == [
        ("verouderd", "versie"),
        ("verplicht", "invoer.contactnaam"),
        ("ongeldig", "invoer.voorkeurstaal"),
        ("verplicht", "invoer.indicatieActief"),
        ("geen_toestemming", "invoer.contactnaam"),
        ("geen_toestemming", "invoer.voorkeurstaal"),
    ]
    assert await rows_now() == before


async def test_r3_5_it_takes_consent_unless_it_empties(office: Municipality) -> None:
    partij = await registered(office, persoon())
    payload = await mutate(office, WIJZIG, id=partij["id"], versie=1, invoer=ANNE)
    assert codes(payload) == [("geen_toestemming", "invoer.contactnaam")]
    geheim = {"indicatieGeheimhouding": True, "voorkeurstaal": None}
    payload = await mutate(office, WIJZIG, id=partij["id"], versie=1, invoer=geheim)
    assert payload["fouten"] == []
    consents = ANNE | {"toestemmingHergebruik": True}
    payload = await mutate(office, WIJZIG, id=partij["id"], versie=2, invoer=consents)
    assert payload["partij"]["contactnaam"] == {"volledigeNaam": "Anne"}
    assert payload["partij"]["toestemmingHergebruik"] == {"ingetrokkenOp": None}


async def test_a_partij_that_is_not_there_is_not_changed(office: Municipality) -> None:
    payload = await mutate(office, WIJZIG, id=NOBODY, versie=1, invoer=ANNE)
    assert codes(payload) == [("niet_gevonden", "id")]
    assert payload["partij"] is None


@pytest.mark.parametrize("caller", [klant(), vertegenwoordiger()])
async def test_kluit01_a_klant_changes_their_own(
    opened: Opened, office: Municipality, caller: Caller
) -> None:
    partij = await registered(office, known())
    async with opened(caller) as portal:
        payload = await mutate(portal, _AS_KLANT, id=partij["id"], invoer=ANNE)
    assert payload == {
        "partij": {"versie": 2, "contactnaam": {"volledigeNaam": "Anne"}},
        "fouten": [],
    }


async def test_kluit01_anothers_is_told_to_a_klant_as_absent(
    opened: Opened, office: Municipality, rows_now: Counted
) -> None:
    other = await registered(office, known(identificatie={"bsn": OTHER_BSN}))
    before = await rows_now()
    async with opened(klant(identificatie.bsn(BSN))) as portal:
        answers = [
            await mutate(portal, _AS_KLANT, id=each, invoer=ANNE)
            for each in (other["id"], NOBODY)
        ]
    assert answers[0] == answers[1]
    assert codes(answers[0]) == [("niet_gevonden", "id")]
    assert await rows_now() == before


async def test_r4_15_a_klant_writes_no_interne_notitie(
    opened: Opened, office: Municipality
) -> None:
    partij = await registered(office, known())
    async with opened(klant()) as portal:
        asked = {"interneNotitie": "x"}
        payload = await mutate(portal, _AS_KLANT, id=partij["id"], invoer=asked)
    assert codes(payload) == [("niet_toegestaan", "invoer.interneNotitie")]


async def test_r4_5_a_klant_logs_in_surely_enough(
    opened: Opened, office: Municipality
) -> None:
    partij = await registered(office, known())
    hoog = Betrouwbaarheidsniveau.HOOG
    async with opened(klant(), level=hoog) as portal:
        payload = await mutate(portal, _AS_KLANT, id=partij["id"], invoer=ANNE)
    pad = "identiteitsvaststelling.niveau"
    assert codes(payload) == [("identiteit_niet_vastgesteld", pad)]


async def test_r4_3_a_medewerker_states_who_it_is_before_changing(
    opened: Opened, office: Municipality, rows_now: Counted
) -> None:
    partij = await registered(office, known())
    before, own = await rows_now(), {"id": partij["id"], "invoer": ANNE}
    async with opened(medewerker()) as desk:
        payload = await mutate(desk, WIJZIG, versie=1, **own)
        pad = "identiteitsvaststelling"
        assert codes(payload) == [("identiteit_niet_vastgesteld", pad)]
        assert await rows_now() == before
        stated = {"identiteitsvaststelling": STATED}
        payload = await mutate(desk, WIJZIG, versie=1, **own, **stated)
    assert payload["partij"]["contactnaam"] == {"volledigeNaam": "Anne"}


async def test_it_takes_the_right_to_write_partijen(
    opened: Opened, office: Municipality
) -> None:
    partij = await registered(office, known())
    async with opened(medewerker(Recht.PARTIJEN)) as desk:
        asked = {"id": partij["id"], "versie": 1, "invoer": ANNE}
        assert await refused(desk, WIJZIG, **asked) == "FORBIDDEN"


_AS_KLANT = """
mutation ($id: ID!, $invoer: WijzigPartijInput!) {
  wijzigPartij(id: $id, versie: 1, invoer: $invoer) {
    partij { versie ... on Persoon { contactnaam { volledigeNaam } } }
    fouten { code pad }
  }
}
"""


async def test_r4_3_who_is_not_told_of_a_partij_learns_nothing_of_it(
    opened: Opened, office: Municipality
) -> None:
    partij = await registered(office, persoon())
    async with opened(medewerker()) as desk:
        asked = {"id": partij["id"], "versie": 7, "invoer": ANNE}
        payload = await mutate(desk, WIJZIG, **asked)
    pad = "identiteitsvaststelling"
    assert codes(payload) == [("identiteit_niet_vastgesteld", pad)]
