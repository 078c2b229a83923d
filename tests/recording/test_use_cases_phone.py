"""Use cases of VNG's cases.md by telephone, from recording to the klantbeeld."""

import pytest

from tests.klantbeeld.conftest import Municipality
from tests.recording.asking import mutate
from tests.recording.graph import (
    FOLLOW_UP,
    HERROUTEER,
    KLANTBEELD,
    ONE,
    VERWERK,
    VUL_AAN,
    WORK_LIST,
)
from tests.recording.stories import (
    BEREIKBAAR,
    BSN,
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

WIE = {"bsn": BSN}
ZAAK = "https://zaken.voorbeeldstad.example/zaken/api/v1/zaken/{}"
MELDING = ZAAK.format("00d35c95-40ea-52ca-b32d-55cdf4309346")


async def test_c0992_who_phones_is_shown_their_klantbeeld_and_answered(
    office: Municipality,
) -> None:
    kcc = await an_actor(office)
    asked = contact(kcc, bekend(), identiteitsvaststelling=STATED)
    first = await recorded(office, asked)
    before = await mutate(office, KLANTBEELD, wie=WIE)
    assert [each["id"] for each in before["klantcontacten"]["nodes"]] == [first["id"]]
    await recorded(office, asked | {"onderwerpen": [{"tekst": "Openingstijden"}]})
    after = await mutate(office, KLANTBEELD, wie=WIE)
    told = [each["onderwerpen"] for each in after["klantcontacten"]["nodes"]]
    assert [each["tekst"] for (each,) in told] == ["Openingstijden", "Paspoort"]


async def test_c0534_a_colleague_answers_after_a_transfer(office: Municipality) -> None:
    kcc = await an_actor(office)
    made = await recorded(
        office, contact(kcc, bekend(), identiteitsvaststelling=STATED)
    )
    query = """query ($nummer: String!) {
      klantcontacten(first: 2, filter: {nummer: $nummer}) { nodes { id } } }"""
    found = await mutate(office, query, nummer=made["nummer"])
    (node,) = found["nodes"]
    colleague = await an_actor(office, "Burgerzaken")
    more = {"inhoud": [{"tekst": "Vijftig euro."}], "actoren": [colleague]}
    payload = await mutate(office, VUL_AAN, id=node["id"], invoer=more)
    assert payload["fouten"] == []
    shown = await mutate(office, ONE, id=made["id"])
    assert [each["tekst"] for each in shown["inhoud"]] == [
        "Wat kost een paspoort?",
        "Vijftig euro.",
    ]
    assert len(shown["actoren"]) == 2


async def test_c9167_a_an_unknown_caller_asks_to_be_called_back(
    office: Municipality,
) -> None:
    kcc = await an_actor(office)
    who = klant(digitaleAdressen=BEREIKBAAR)
    made = await recorded(office, contact(kcc, who, interneTaken=[taak(kcc)]))
    shown = await mutate(office, FOLLOW_UP, id=made["id"])
    assert shown["betrokkenen"] == [{"partij": None}]
    (gegevens,) = shown["contactgegevens"]
    assert gegevens == {
        "herkomstDigitaleAdressen": "betrokkene",
        "digitaleAdressen": [{"adres": "0612345678"}],
    }


async def test_c9167_b_a_known_caller_is_called_back_on_the_default_number(
    office: Municipality,
) -> None:
    kcc = await an_actor(office)
    who = bekend(toestemmingHergebruik=True)
    who["partij"] |= {"digitaleAdressen": BEREIKBAAR}
    await recorded(office, contact(kcc, who, identiteitsvaststelling=STATED))
    later = contact(
        kcc, bekend(), identiteitsvaststelling=STATED, interneTaken=[taak(kcc)]
    )
    shown = await mutate(office, FOLLOW_UP, id=(await recorded(office, later))["id"])
    (gegevens,) = shown["contactgegevens"]
    assert gegevens == {
        "herkomstDigitaleAdressen": "partij",
        "digitaleAdressen": [{"adres": "0612345678"}],
    }


async def test_c9167_c_a_caller_becomes_known_and_is_called_on_another_number(
    office: Municipality,
) -> None:
    kcc = await an_actor(office)
    asked = contact(
        kcc,
        bekend(digitaleAdressen=BEREIKBAAR),
        identiteitsvaststelling=STATED,
        interneTaken=[taak(kcc)],
    )
    made = await recorded(office, asked)
    whole = await mutate(office, KLANTBEELD, wie=WIE)
    assert [each["id"] for each in whole["klantcontacten"]["nodes"]] == [made["id"]]
    assert whole["partij"]["digitaleAdressen"] == []


async def a_call_back(office: Municipality) -> tuple[str, str]:
    """One that is to be called back; gives the actor and the klantcontact."""
    kcc = await an_actor(office)
    asked = contact(
        kcc,
        bekend(digitaleAdressen=BEREIKBAAR),
        identiteitsvaststelling=STATED,
        interneTaken=[taak(kcc)],
    )
    return kcc, str((await recorded(office, asked))["id"])


async def test_c2984_an_employee_calls_back(office: Municipality) -> None:
    kcc, made = await a_call_back(office)
    listed = await mutate(office, WORK_LIST, actor=kcc)
    (found,) = listed["nodes"]
    assert found["klantcontact"]["id"] == made
    (gegevens,) = found["klantcontact"]["contactgegevens"]
    assert gegevens["digitaleAdressen"] == [{"adres": "0612345678"}]
    done = await mutate(office, VERWERK, id=found["id"], versie=found["versie"])
    assert (done["fouten"], done["interneTaak"]["status"]) == ([], "verwerkt")
    assert (await mutate(office, WORK_LIST, actor=kcc))["nodes"] == []


async def test_c9708_a_taak_is_answered_with_a_klantcontact_of_one_thread(
    office: Municipality,
) -> None:
    kcc, made = await a_call_back(office)
    (found,) = (await mutate(office, WORK_LIST, actor=kcc))["nodes"]
    answer = contact(
        kcc, bekend() | {"initiator": False}, identiteitsvaststelling=STATED
    )
    done = await mutate(
        office,
        VERWERK,
        id=found["id"],
        versie=found["versie"],
        invoer={"klantcontact": answer},
    )
    assert done["fouten"] == []
    first = await mutate(office, ONE, id=made)
    second = await mutate(office, ONE, id=done["klantcontact"]["id"])
    assert first["vervolg"] == [{"nummer": second["nummer"]}]
    assert second["vorige"] == [{"nummer": first["nummer"]}]


async def test_c9761_and_c2716_a_call_back_leads_to_a_zaak(
    office: Municipality,
) -> None:
    kcc, _ = await a_call_back(office)
    (found,) = (await mutate(office, WORK_LIST, actor=kcc))["nodes"]
    assert found["klantcontact"]["betrokkenen"][0]["partij"]["nummer"]
    answer = contact(
        kcc,
        bekend() | {"initiator": False},
        identiteitsvaststelling=STATED,
        onderwerpen=[{"zaak": {"url": MELDING}}],
    )
    done = await mutate(
        office,
        VERWERK,
        id=found["id"],
        versie=found["versie"],
        invoer={"klantcontact": answer},
    )
    assert done["fouten"] == []
    query = """query ($url: URL!) {
      klantcontacten(first: 5, filter: {onderwerpUrl: $url}) { nodes { id } } }"""
    about = await mutate(office, query, url=MELDING)
    assert [each["id"] for each in about["nodes"]] == [done["klantcontact"]["id"]]


async def test_c6114_a_taak_that_went_to_the_wrong_place_goes_on(
    office: Municipality,
) -> None:
    kcc, made = await a_call_back(office)
    other = await an_actor(office, "Parkeren", "organisatorische_eenheid")
    (found,) = (await mutate(office, WORK_LIST, actor=kcc))["nodes"]
    invoer = {"reden": "Hoort bij Parkeren.", "actoren": [other]}
    payload = await mutate(
        office, HERROUTEER, id=found["id"], versie=found["versie"], invoer=invoer
    )
    assert payload["fouten"] == []
    assert payload["interneTaak"]["status"] == "verwerkt"
    assert "Hoort bij Parkeren." in payload["interneTaak"]["toelichting"]
    assert payload["nieuweTaak"]["klantcontact"] == {"id": made}
    assert payload["nieuweTaak"]["actoren"] == [{"naam": "Parkeren"}]


async def test_c4390_who_reports_something_and_wants_to_hear_of_it(
    office: Municipality,
) -> None:
    kcc = await an_actor(office)
    asked = contact(
        kcc,
        klant(digitaleAdressen=BEREIKBAAR),
        onderwerpen=[{"zaak": {"url": MELDING}}],
        inhoud=[{"tekst": "Lantaarn kapot in de Dorpsstraat."}],
        interneTaken=[taak(kcc, "Melder informeren")],
    )
    made = await recorded(office, asked)
    assert made["betrokkenen"][0]["partij"] is None
    # C0359: another reports the same; the zaak is there already.
    again = await recorded(office, asked)
    query = """query ($url: URL!) {
      klantcontacten(first: 5, filter: {onderwerpUrl: $url}) { nodes { id } } }"""
    about = await mutate(office, query, url=MELDING)
    assert {each["id"] for each in about["nodes"]} == {made["id"], again["id"]}


async def test_example_1_an_anonymous_call_that_is_answered_is_counted_only(
    office: Municipality,
) -> None:
    kcc = await an_actor(office)
    payload = await registreer(office, contact(kcc, klant()))
    assert payload["klantcontact"] is None
    everything = "{ klantcontacten(first: 5) { nodes { id } } }"
    assert (await mutate(office, everything))["nodes"] == []
