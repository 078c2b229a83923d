"""A klantcontact is recorded at once: by V6898's cases, and the seven characteristics."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from gateway.identity.caller import Caller
from gateway.identity.rechten import Recht
from gateway.settings.limits import LimitSettings
from tests.identity.callers import klant as a_klant, medewerker
from tests.klantbeeld.conftest import Municipality
from tests.recording.asking import codes, refused
from tests.recording.conftest import Counted, Opened
from tests.recording.stories import (
    BEREIKBAAR,
    REGISTREER,
    STATED,
    an_actor,
    bekend,
    contact,
    klant,
    recorded,
    registreer,
    taak,
)

pytestmark = pytest.mark.anyio


async def test_row_1_nobody_known_and_no_follow_up_is_only_counted(
    office: Municipality, rows_now: Counted
) -> None:
    actor = await an_actor(office)
    before = await rows_now()
    payload = await registreer(office, contact(actor, klant()))
    assert payload["klantcontact"] is None
    assert codes(payload) == [("dient_geen_doel", "invoer")]
    assert await rows_now() == {**before, "anonieme_contacten": 1}


async def test_row_1_is_recorded_with_a_warning_where_the_settings_say_so(
    opened: Opened,
) -> None:
    async with opened(without_purpose=True) as office:
        actor = await an_actor(office)
        payload = await registreer(office, contact(actor, klant()))
    assert payload["fouten"] == []
    assert payload["waarschuwingen"] == [{"code": "dient_geen_doel"}]
    assert payload["klantcontact"]["kanaal"] == "telefoon"


async def test_row_2_follow_up_of_somebody_unknown_has_contact_data_and_a_taak(
    office: Municipality, rows_now: Counted
) -> None:
    actor = await an_actor(office)
    who = klant(contactnaam={"achternaam": "Jansen"}, digitaleAdressen=BEREIKBAAR)
    found = await recorded(office, contact(actor, who, interneTaken=[taak(actor)]))
    (betrokkene,) = found["betrokkenen"]
    assert betrokkene["partij"] is None
    assert betrokkene["digitaleAdressen"] == [
        {"soort": "telefoonnummer", "adres": "0612345678"}
    ]
    (made,) = found["interneTaken"]
    assert (made["gevraagdeHandeling"], made["status"]) == (
        "Terugbellen",
        "te_verwerken",
    )
    assert "partijen" not in await rows_now()


async def test_row_2_without_contact_data_is_refused(
    office: Municipality, rows_now: Counted
) -> None:
    actor = await an_actor(office)
    before = await rows_now()
    payload = await registreer(
        office, contact(actor, klant(), interneTaken=[taak(actor)])
    )
    assert codes(payload) == [("verplicht", "invoer.betrokkenen")]
    assert await rows_now() == before


async def test_row_3_without_consent_the_partij_is_empty(
    office: Municipality, rows_now: Counted
) -> None:
    actor = await an_actor(office)
    asked = contact(actor, bekend(), identiteitsvaststelling=STATED)
    found = await recorded(office, asked)
    (betrokkene,) = found["betrokkenen"]
    assert betrokkene["partij"]["nummer"]
    now = await rows_now()
    assert (now["partijen"], now["externe_identificaties"]) == (1, 1)
    assert {"adressen", "digitale_adressen", "toestemmingen"} & now.keys() == set()


async def test_row_3_default_contact_data_are_refused_without_consent(
    office: Municipality, rows_now: Counted
) -> None:
    actor = await an_actor(office)
    before = await rows_now()
    who = bekend()
    who["partij"] |= {"digitaleAdressen": BEREIKBAAR}
    payload = await registreer(
        office, contact(actor, who, identiteitsvaststelling=STATED)
    )
    assert codes(payload) == [
        ("geen_toestemming", "invoer.betrokkenen.0.partij.digitaleAdressen")
    ]
    assert await rows_now() == before


async def test_row_4_with_consent_the_partij_holds_contact_data(
    office: Municipality, rows_now: Counted
) -> None:
    actor = await an_actor(office)
    who = bekend(toestemmingHergebruik=True)
    who["partij"] |= {"digitaleAdressen": BEREIKBAAR}
    await recorded(office, contact(actor, who, identiteitsvaststelling=STATED))
    now = await rows_now()
    assert (now["toestemmingen"], now["digitale_adressen"]) == (1, 1)


async def test_row_4_consent_given_earlier_completes_an_existing_partij(
    office: Municipality, rows_now: Counted
) -> None:
    actor = await an_actor(office)
    first = bekend(toestemmingHergebruik=True)
    await recorded(office, contact(actor, first, identiteitsvaststelling=STATED))
    later = bekend()
    later["partij"] |= {"digitaleAdressen": BEREIKBAAR}
    await recorded(office, contact(actor, later, identiteitsvaststelling=STATED))
    now = await rows_now()
    assert (now["partijen"], now["toestemmingen"]) == (1, 1)
    assert (now["klantcontacten"], now["digitale_adressen"]) == (2, 1)


@pytest.mark.parametrize("stated", [None, STATED | {"niveau": "laag"}])
async def test_aangehaakt_needs_authentication_at_the_level(
    office: Municipality, rows_now: Counted, stated: object
) -> None:
    actor = await an_actor(office)
    before = await rows_now()
    payload = await registreer(
        office, contact(actor, bekend(), identiteitsvaststelling=stated)
    )
    assert codes(payload) == [
        ("identiteit_niet_vastgesteld", "invoer.betrokkenen.0.partij.identificatie")
    ]
    assert await rows_now() == before


async def test_all_characteristics_that_are_missing_are_told_at_once(
    office: Municipality, rows_now: Counted
) -> None:
    empty: dict[str, object] = {
        "betrokkenen": [],
        "actoren": [],
        "onderwerpen": [],
        "inhoud": [],
    }
    payload = await registreer(office, contact("", **empty))
    assert codes(payload) == [
        ("verplicht", "invoer.betrokkenen"),
        ("verplicht", "invoer.actoren"),
        ("verplicht", "invoer.onderwerpen"),
        ("verplicht", "invoer.inhoud"),
        ("dient_geen_doel", "invoer"),
    ]
    assert await rows_now() == {}


async def test_a_contact_that_failed_has_no_onderwerp_or_inhoud(
    office: Municipality,
) -> None:
    actor = await an_actor(office)
    asked = contact(
        actor,
        bekend(),
        identiteitsvaststelling=STATED,
        indicatieContactGelukt=False,
        onderwerpen=[],
        inhoud=[],
    )
    assert (await recorded(office, asked))["inhoud"] == []


async def test_there_are_no_planned_klantcontacten(office: Municipality) -> None:
    actor = await an_actor(office)
    later = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    asked = contact(
        actor, bekend(), identiteitsvaststelling=STATED, plaatsgevondenOp=later
    )
    payload = await registreer(office, asked)
    assert codes(payload) == [("in_de_toekomst", "invoer.plaatsgevondenOp")]


async def test_internal_remarks_are_refused(office: Municipality) -> None:
    actor = await an_actor(office)
    asked = contact(
        actor,
        bekend(),
        identiteitsvaststelling=STATED,
        inhoud=[{"tekst": "Intern: deze klant is lastig."}],
    )
    payload = await registreer(office, asked)
    assert codes(payload) == [("interne_opmerking", "invoer.inhoud.0.tekst")]


async def test_an_actor_that_is_absent_or_inactive_is_refused(
    office: Municipality,
) -> None:
    actor, gone = await an_actor(office), await an_actor(office, "Weg")
    wijzig = """mutation ($id: ID!) {
      wijzigActor(id: $id, invoer: {indicatieActief: false}) { fouten { code } } }"""
    await office.ask(wijzig, id=gone)
    absent = "QWN0b3I6MDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAw"
    asked = contact(actor, bekend(), identiteitsvaststelling=STATED)
    payload = await registreer(office, asked | {"actoren": [actor, gone, absent]})
    assert codes(payload) == [
        ("niet_actief", "invoer.actoren.1"),
        ("niet_gevonden", "invoer.actoren.2"),
    ]


async def test_contact_data_of_who_is_known_are_for_follow_up_only(
    office: Municipality,
) -> None:
    actor = await an_actor(office)
    asked = contact(
        actor, bekend(digitaleAdressen=BEREIKBAAR), identiteitsvaststelling=STATED
    )
    payload = await registreer(office, asked)
    assert codes(payload) == [("niet_toegestaan", "invoer.betrokkenen.0")]
    found = await recorded(office, asked | {"interneTaken": [taak(actor)]})
    (betrokkene,) = found["betrokkenen"]
    assert len(betrokkene["digitaleAdressen"]) == 1


async def test_an_unknown_register_may_be_refused_by_a_setting(opened: Opened) -> None:
    elsewhere = {"zaak": {"url": "https://elders.example/zaken/1"}}
    async with opened(unknown_registers=False) as office:
        actor = await an_actor(office)
        asked = contact(
            actor, bekend(), identiteitsvaststelling=STATED, onderwerpen=[elsewhere]
        )
        payload = await registreer(office, asked)
    assert codes(payload) == [("onbekend_register", "invoer.onderwerpen.0.zaak.url")]


async def test_two_registrations_of_one_bsn_at_once_make_one_partij(
    office: Municipality, rows_now: Counted
) -> None:
    actor = await an_actor(office)
    asked = contact(actor, bekend(), identiteitsvaststelling=STATED)
    found = await asyncio.gather(*(recorded(office, asked) for _ in range(4)))
    assert len({each["betrokkenen"][0]["partij"]["id"] for each in found}) == 1
    now = await rows_now()
    assert (now["partijen"], now["klantcontacten"]) == (1, 4)


async def test_a_retry_gives_the_first_result_also_when_both_arrive_together(
    office: Municipality, rows_now: Counted
) -> None:
    actor = await an_actor(office)
    asked = contact(actor, bekend(), identiteitsvaststelling=STATED)
    found = await asyncio.gather(*(registreer(office, asked, "k") for _ in range(4)))
    assert len({each["klantcontact"]["id"] for each in found}) == 1
    assert (await rows_now())["klantcontacten"] == 1


async def test_what_was_only_counted_is_counted_once(
    office: Municipality, rows_now: Counted
) -> None:
    actor = await an_actor(office)
    for _ in range(2):
        payload = await registreer(office, contact(actor, klant()), "k")
        assert codes(payload) == [("dient_geen_doel", "invoer")]
    assert (await rows_now())["anonieme_contacten"] == 1


@pytest.mark.parametrize("caller", [a_klant(), medewerker(Recht.KLANTCONTACTEN)])
async def test_it_takes_the_right_to_write_klantcontacten(
    opened: Opened, rows_now: Counted, caller: Caller
) -> None:
    async with opened(caller) as office:
        asked = contact("QWN0b3I6MDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAw")
        assert await refused(office, REGISTREER, invoer=asked) == "FORBIDDEN"
    assert await rows_now() == {}


async def test_who_is_named_is_counted_as_looked_up(opened: Opened) -> None:
    limits = LimitSettings(distinct_persons_per_hour=2)
    async with opened(medewerker(), limits) as office:
        actor = await an_actor(office)
        for bsn in ("999990421", "999990019"):
            asked = contact(actor, bekend(bsn), identiteitsvaststelling=STATED)
            await recorded(office, asked)
        third = contact(actor, bekend("999993653"), identiteitsvaststelling=STATED)
        assert await refused(office, REGISTREER, invoer=third) == "LIMIT_EXCEEDED"


async def test_a_middel_is_nobodys_number(office: Municipality) -> None:
    actor = await an_actor(office)
    stated = STATED | {"middel": "BSN 999990421 genoemd"}
    asked = contact(actor, bekend(), identiteitsvaststelling=stated)
    payload = await registreer(office, asked)
    assert codes(payload) == [("ongeldig", "invoer.identiteitsvaststelling.middel")]
