"""Partijen are registered over HTTP: found by what names them, or made."""

import asyncio

import pytest

from gateway.identity.caller import Caller
from gateway.identity.levels import Betrouwbaarheidsniveau
from gateway.identity.rechten import Recht
from tests.identity.callers import klant, medewerker, systeem
from tests.klantbeeld.conftest import Municipality
from tests.recording.asking import codes, mutate, refused
from tests.recording.conftest import Counted, Opened
from tests.recording.partij_vragen import (
    BSN,
    KVK,
    SOORTEN,
    STATED,
    TOO_LOW,
    known,
    persoon,
    registered,
)

pytestmark = pytest.mark.anyio

PERSOON, ORGANISATIE = SOORTEN["Persoon"], SOORTEN["Organisatie"]
CONTACTPERSOON = SOORTEN["Contactpersoon"]
EMAIL = {"soort": "email", "adres": "sanne@voorbeeld.example"}
ADRES = {"soort": "bezoekadres", "vorm": "straatadres", "straatnaam": "Dorpsstraat"}
OF_COMPANY = {
    "identificatie": {"kvkNummer": KVK},
    "naam": "Bakkerij",
    "toestemmingHergebruik": True,
}


def namens(partij: str, **own: object) -> dict[str, object]:
    given = {"partij": partij, "formeel": True, "vastgesteldOp": "2026-01-05T10:00:00Z"}
    return {"namens": given | own}


async def test_f7554_a_persoon_is_registered_with_all_that_was_consented_to(
    office: Municipality, rows_now: Counted
) -> None:
    asked = known(digitaleAdressen=[EMAIL], adressen=[ADRES], voorkeurstaal="NLD")
    partij = await registered(office, asked)
    assert partij["contactnaam"] == {"volledigeNaam": "Sanne Velde"}
    assert partij["digitaleAdressen"] == [EMAIL]
    assert partij["bezoekadres"] == {"straatnaam": "Dorpsstraat"}
    assert (partij["voorkeurstaal"], partij["versie"]) == ("nld", 1)
    assert partij["toestemmingHergebruik"] == {"ingetrokkenOp": None}
    (named,) = partij["externeIdentificaties"]
    assert (named["register"], named["soort"], named["waarde"]) == ("brp", "bsn", BSN)
    assert (await rows_now())["mutaties"] == 5


async def test_r1_4_without_consent_it_has_a_number_and_what_names_it(
    office: Municipality, rows_now: Counted
) -> None:
    partij = await registered(office, persoon(indicatieGeheimhouding=True))
    assert partij["nummer"] == "1"
    assert partij["contactnaam"] is None
    assert partij["indicatieGeheimhouding"] is True
    assert await rows_now() == {
        "partijen": 1,
        "externe_identificaties": 1,
        "mutaties": 2,
    }


async def test_r3_5_data_are_refused_without_consent_each_at_its_place(
    office: Municipality, rows_now: Counted
) -> None:
    asked = known(digitaleAdressen=[EMAIL], adressen=[ADRES], voorkeurstaal="nld")
    asked |= {"toestemmingHergebruik": False, "interneNotitie": "belt graag"}
    payload = await mutate(office, PERSOON, invoer=asked)
    assert codes(payload) == [
        ("geen_toestemming", "invoer.contactnaam"),
        ("geen_toestemming", "invoer.interneNotitie"),
        ("geen_toestemming", "invoer.voorkeurstaal"),
        ("geen_toestemming", "invoer.adressen"),
        ("geen_toestemming", "invoer.digitaleAdressen"),
    ]
    assert payload["partij"] is None
    assert await rows_now() == {}


async def test_v6898_consent_given_earlier_is_enough_to_complete_it(
    office: Municipality,
) -> None:
    await registered(office, known())
    again = await registered(office, persoon(digitaleAdressen=[EMAIL]))
    assert again["digitaleAdressen"] == [EMAIL]
    assert (again["nummer"], again["versie"]) == ("1", 2)


async def test_r4_11_what_a_partij_says_of_itself_is_never_overwritten(
    office: Municipality,
) -> None:
    await registered(office, known())
    again = await registered(office, known(contactnaam={"voornaam": "Anders"}))
    assert again["contactnaam"] == {"volledigeNaam": "Sanne Velde"}
    assert again["versie"] == 1


async def test_r6_1_registrations_of_one_bsn_at_once_give_one_partij(
    office: Municipality, rows_now: Counted
) -> None:
    answers = await asyncio.gather(
        *(mutate(office, PERSOON, invoer=known()) for _ in range(6))
    )
    assert [each["fouten"] for each in answers] == [[]] * 6
    assert len({each["partij"]["id"] for each in answers}) == 1
    assert (await rows_now())["partijen"] == 1


async def test_who_retries_with_one_key_gets_the_first_partij(
    office: Municipality, rows_now: Counted
) -> None:
    organisatie = await registered(office, OF_COMPANY, "Organisatie")
    asked = namens(organisatie["id"]) | {
        "contactnaam": {"voornaam": "Piet"},
        "toestemmingHergebruik": True,
    }
    first, again = [
        await mutate(office, CONTACTPERSOON, invoer=asked, idempotentiesleutel="een")
        for _ in range(2)
    ]
    assert first == again
    assert (await rows_now())["partijen"] == 2


async def test_a_contactpersoon_acted_for_another(office: Municipality) -> None:
    organisatie = await registered(office, OF_COMPANY, "Organisatie")
    own = namens(organisatie["id"], hoedanigheid="werknemer", formeel=False)
    partij = await registered(office, own, "Contactpersoon")
    assert partij["namens"] == {"nummer": organisatie["nummer"]}
    assert (partij["hoedanigheid"], partij["formeel"]) == ("werknemer", False)
    assert partij["externeIdentificaties"] == []


async def test_r6_4_one_human_is_a_contactpersoon_for_each_they_acted_for(
    office: Municipality,
) -> None:
    named = {
        "overig": {"register": "eherkenning", "soort": "pseudoniem", "waarde": "x"}
    }
    first = await registered(office, OF_COMPANY, "Organisatie")
    other = {"identificatie": {"rsin": "999990469"}}
    second = await registered(office, other, "Organisatie")
    numbers = [
        (await registered(office, asked | {"identificatie": named}, "Contactpersoon"))[
            "nummer"
        ]
        for asked in (namens(first["id"]), namens(second["id"]), namens(first["id"]))
    ]
    assert numbers == ["3", "4", "3"]


async def test_r4_14_who_is_in_no_dutch_register_is_registered_too(
    office: Municipality,
) -> None:
    overig = {"register": "bce", "soort": "ondernemingsnummer", "waarde": "0123456789"}
    asked = {"identificatie": {"overig": overig | {"land": "be"}}}
    partij = await registered(office, asked, "Organisatie")
    (named,) = partij["externeIdentificaties"]
    assert (named["register"], named["land"]) == ("bce", "BE")
    again = await registered(office, asked, "Organisatie")
    assert again["nummer"] == partij["nummer"]


async def test_a_copied_name_is_no_ground_to_find_somebody_by(
    office: Municipality,
) -> None:
    asked = {"identificatie": {"subjectNaam": "Ambassade", "subjectPlaats": "Den Haag"}}
    numbers = [(await registered(office, asked, "Organisatie"))["nummer"] for _ in "ab"]
    assert numbers == ["1", "2"]


@pytest.mark.parametrize(
    ("soort", "identificatie"),
    [
        ("Persoon", {"kvkNummer": KVK}),
        ("Persoon", {"rsin": "999990469"}),
        ("Organisatie", {"bsn": BSN}),
    ],
)
async def test_r6_3_a_partij_is_never_natural_and_non_natural(
    office: Municipality,
    rows_now: Counted,
    soort: str,
    identificatie: dict[str, str],
) -> None:
    asked = {"identificatie": identificatie}
    payload = await mutate(office, SOORTEN[soort], invoer=asked)
    assert codes(payload) == [("niet_toegestaan", "invoer.identificatie")]
    assert await rows_now() == {}


async def test_r6_5_a_contactpersoon_never_has_the_bsn(office: Municipality) -> None:
    organisatie = await registered(office, OF_COMPANY, "Organisatie")
    asked = namens(organisatie["id"]) | persoon()
    payload = await mutate(office, CONTACTPERSOON, invoer=asked)
    assert codes(payload) == [("niet_toegestaan", "invoer.identificatie")]


async def test_r6_6_what_names_nobody_is_no_identificatie(
    office: Municipality, rows_now: Counted
) -> None:
    payload = await mutate(office, PERSOON, invoer={"identificatie": {}})
    assert codes(payload) == [("verplicht", "invoer.identificatie")]
    assert await rows_now() == {}


async def test_for_whom_a_contactpersoon_acted_is_there_and_in_the_past(
    office: Municipality, rows_now: Counted
) -> None:
    organisatie = await registered(office, OF_COMPANY, "Organisatie")
    one = await registered(office, namens(organisatie["id"]), "Contactpersoon")
    before = await rows_now()
    own = namens(one["id"], vastgesteldOp="2090-01-01T00:00:00Z")
    payload = await mutate(office, CONTACTPERSOON, invoer=own)
    assert codes(payload) == [
        ("in_de_toekomst", "invoer.namens.vastgesteldOp"),
        ("niet_toegestaan", "invoer.namens.partij"),
    ]
    nobody = "UGFydGlqOjAwMDAwMDAwLTAwMDAtMDAwMC0wMDAwLTAwMDAwMDAwMDAwMA=="
    payload = await mutate(office, CONTACTPERSOON, invoer=namens(nobody))
    assert codes(payload) == [("niet_gevonden", "invoer.namens.partij")]
    assert await rows_now() == before


@pytest.mark.parametrize(
    ("stated", "pad"),
    [
        (None, "identiteitsvaststelling"),
        (TOO_LOW, "identiteitsvaststelling.niveau"),
    ],
)
async def test_r4_1_a_medewerker_states_who_it_is_and_how_that_is_known(
    opened: Opened,
    rows_now: Counted,
    stated: dict[str, str] | None,
    pad: str,
) -> None:
    async with opened(medewerker()) as office:
        payload = await mutate(
            office, PERSOON, invoer=persoon(), identiteitsvaststelling=stated
        )
    assert codes(payload) == [("identiteit_niet_vastgesteld", pad)]
    assert await rows_now() == {}


async def test_r4_5_how_sure_it_must_be_is_the_municipalitys_choice(
    opened: Opened,
) -> None:
    hoog = Betrouwbaarheidsniveau.HOOG
    async with opened(medewerker(), level=hoog) as office:
        payload = await mutate(
            office, PERSOON, invoer=persoon(), identiteitsvaststelling=STATED
        )
    pad = "identiteitsvaststelling.niveau"
    assert codes(payload) == [("identiteit_niet_vastgesteld", pad)]


async def test_a_medewerker_who_stated_it_sees_the_partij(opened: Opened) -> None:
    async with opened(medewerker()) as office:
        payload = await mutate(
            office, PERSOON, invoer=known(), identiteitsvaststelling=STATED
        )
    assert payload["fouten"] == []
    assert payload["partij"]["contactnaam"] == {"volledigeNaam": "Sanne Velde"}


async def test_a_systeem_is_trusted_by_its_scope(opened: Opened) -> None:
    async with opened(systeem()) as office:
        payload = await mutate(office, PERSOON, invoer=known())
    assert payload["partij"]["contactnaam"] == {"volledigeNaam": "Sanne Velde"}


async def test_who_is_not_told_of_a_partij_learns_nothing_of_consent(
    opened: Opened, office: Municipality
) -> None:
    await registered(office, known())
    asked = persoon(digitaleAdressen=[EMAIL])
    async with opened(medewerker()) as desk:
        payload = await mutate(desk, PERSOON, invoer=asked)
    assert codes(payload) == [
        ("identiteit_niet_vastgesteld", "identiteitsvaststelling"),
        ("geen_toestemming", "invoer.digitaleAdressen"),
    ]


async def test_r4_15_an_interne_notitie_is_written_by_who_may_read_them(
    opened: Opened, rows_now: Counted
) -> None:
    caller = systeem(Recht.PARTIJEN, Recht.PARTIJEN_SCHRIJVEN)
    async with opened(caller) as office:
        asked = known(interneNotitie="belt graag")
        answer = await mutate(office, _ONLY_FOUTEN, invoer=asked)
    assert codes(answer) == [("niet_toegestaan", "invoer.interneNotitie")]
    assert await rows_now() == {}


_ONLY_FOUTEN = """
mutation ($invoer: RegistreerPersoonInput!) {
  registreerPersoon(invoer: $invoer) { fouten { code pad } }
}
"""


@pytest.mark.parametrize("caller", [klant(), medewerker(Recht.PARTIJEN)])
async def test_it_takes_the_right_to_write_partijen(
    opened: Opened, rows_now: Counted, caller: Caller
) -> None:
    async with opened(caller) as office:
        assert await refused(office, PERSOON, invoer=persoon()) == "FORBIDDEN"
    assert await rows_now() == {}


async def test_an_identificatie_is_of_one_kind(
    office: Municipality, rows_now: Counted
) -> None:
    both = {"identificatie": {"bsn": BSN, "kvkNummer": KVK}}
    assert await refused(office, PERSOON, invoer=both) == "BAD_INPUT"
    assert await rows_now() == {}


async def test_r4_6_a_persoon_is_a_partij_without_a_bsn_too(
    office: Municipality, rows_now: Counted
) -> None:
    passport = {"register": "paspoort", "soort": "nummer", "waarde": "X1", "land": "FR"}
    asked = known(identificatie={"overig": passport})
    first = await registered(office, asked)
    again = await registered(office, asked)
    assert first["nummer"] == again["nummer"]
    assert (await rows_now())["partijen"] == 1


async def test_r2_3_a_nummer_is_given_and_never_asked_for(
    office: Municipality,
) -> None:
    asked = persoon() | {"nummer": "7"}
    assert await refused(office, PERSOON, invoer=asked) == "BAD_INPUT"
