"""Use cases of VNG's cases.md by mail, letter, form, app and post box."""

import pytest

from tests.klantbeeld.conftest import Municipality
from tests.recording.asking import mutate
from tests.recording.graph import KLANTBEELD, KOPPEL, ONE
from tests.recording.stories import (
    BSN,
    STATED,
    an_actor,
    bekend,
    contact,
    klant,
    recorded,
    taak,
)

pytestmark = pytest.mark.anyio

WIE = {"bsn": BSN}
DOCUMENTEN = "https://documenten.voorbeeldstad.example/documenten/api/v1/"
MAIL, BIJLAGE, BRIEF, PDF = (
    f"{DOCUMENTEN}enkelvoudiginformatieobjecten/{uuid}"
    for uuid in (
        "00f131cf-4f31-568d-bf88-eb644083f569",
        "0236b10a-135a-5725-ad45-cd7557927c1a",
        "05f15ccb-2190-535d-b044-2692b02f3508",
        "11b7af35-bef9-522c-834a-20e1796afb27",
    )
)
OBJECTEN = "https://objecten.voorbeeldstad.example/api/v2/objects/"
FORMULIER = f"{OBJECTEN}08b778db-8dfd-55f9-964b-3ea46c2b06dd"
AANVRAAG = (
    "https://zaken.voorbeeldstad.example/zaken/api/v1/zaken/"
    "03c5483b-1804-56c8-8d63-867a406a89da"
)


def document(url: str, onderdeel: str | None = None) -> dict[str, object]:
    return {"document": {"url": url}, "onderdeel": onderdeel}


async def test_c1199_and_example_3_an_email_with_attachments(
    office: Municipality,
) -> None:
    bot = await an_actor(office, "Postvak", "geautomatiseerde_actor")
    kcc = await an_actor(office)
    sender = [{"soort": "email", "adres": "jansen@example.nl"}]
    asked = contact(
        bot,
        klant(digitaleAdressen=sender),
        kanaal="e-mail",
        inhoud=[document(MAIL), document(BIJLAGE)],
        interneTaken=[taak(kcc, "Beantwoorden")],
    )
    made = await recorded(office, asked)
    shown = await mutate(office, ONE, id=made["id"])
    assert shown["actoren"] == [
        {"__typename": "GeautomatiseerdeActor", "naam": "Postvak"}
    ]
    assert [each["url"] for each in shown["inhoud"]] == [MAIL, BIJLAGE]
    # The address alone was no ground; later an employee finds out who it was.
    known = await recorded(
        office, contact(kcc, bekend(), identiteitsvaststelling=STATED)
    )
    linked = await mutate(
        office,
        KOPPEL,
        betrokkene=shown["betrokkenen"][0]["id"],
        partij=known["betrokkenen"][0]["partij"]["id"],
        stated=STATED,
    )
    assert linked["fouten"] == []
    whole = await mutate(office, KLANTBEELD, wie=WIE)
    nodes = whole["klantcontacten"]["nodes"]
    assert {each["id"] for each in nodes} == {made["id"], known["id"]}
    assert whole["partij"]["digitaleAdressen"] == []


async def test_c2138_a_letter_is_answered_to_its_own_address(
    office: Municipality,
) -> None:
    post = await an_actor(office, "Postkamer", "organisatorische_eenheid")
    where = {
        "soort": "correspondentieadres",
        "vorm": "straatadres",
        "straatnaam": "Dorpsstraat",
        "huisnummer": 1,
        "postcode": "1234ab",
        "plaats": "Voorbeeldstad",
    }
    asked = contact(
        post,
        klant(adressen=[where], contactnaam={"achternaam": "Jansen"}),
        kanaal="post",
        plaatsgevondenOp="2026-03-02T09:00:00+01:00",
        inhoud=[document(BRIEF)],
        interneTaken=[taak(post, "Beantwoorden")],
    )
    shown = await mutate(office, ONE, id=(await recorded(office, asked))["id"])
    (betrokkene,) = shown["betrokkenen"]
    assert betrokkene["correspondentieadres"] == {"plaats": "Voorbeeldstad"}


async def test_c9853_a_conversation_in_an_app_is_its_inhoud(
    office: Municipality,
) -> None:
    bot = await an_actor(office, "Chatbot", "geautomatiseerde_actor")
    asked = contact(
        bot,
        bekend(),
        kanaal="whatsapp",
        identiteitsvaststelling=STATED,
        inhoud=[{"tekst": "Klant: is het open?\nBot: tot vijf uur."}],
    )
    await recorded(office, asked)
    whole = await mutate(office, KLANTBEELD, wie=WIE)
    (node,) = whole["klantcontacten"]["nodes"]
    assert node["inhoud"] == [
        {
            "__typename": "TekstInhoud",
            "tekst": "Klant: is het open?\nBot: tot vijf uur.",
        }
    ]


async def test_c9018_a_product_is_asked_for_by_telephone(office: Municipality) -> None:
    kcc = await an_actor(office)
    asked = contact(
        kcc,
        bekend(),
        identiteitsvaststelling=STATED | {"middel": "controlevragen"},
        inhoud=[{"object": {"url": FORMULIER}}],
        interneTaken=[taak(kcc, "Aanvraag beoordelen")],
    )
    await recorded(office, asked)
    whole = await mutate(office, KLANTBEELD, wie=WIE)
    (node,) = whole["klantcontacten"]["nodes"]
    assert node["inhoud"] == [
        {"__typename": "ObjectInhoud", "url": FORMULIER, "onderdeel": None}
    ]
    assert node["interneTaken"] == [{"status": "te_verwerken"}]


async def test_example_2_a_partij_asks_to_be_called_back(office: Municipality) -> None:
    kcc = await an_actor(office)
    asked = contact(
        kcc, bekend(), identiteitsvaststelling=STATED, interneTaken=[taak(kcc)]
    )
    await recorded(office, asked)
    whole = await mutate(office, KLANTBEELD, wie=WIE)
    (node,) = whole["klantcontacten"]["nodes"]
    assert node["interneTaken"] == [{"status": "te_verwerken"}]


async def test_example_4_an_eform_starts_a_process_and_is_kept_in_two_forms(
    office: Municipality,
) -> None:
    portaal = await an_actor(office, "Portaal", "geautomatiseerde_actor")
    asked = contact(
        portaal,
        bekend(),
        kanaal="webformulier",
        identiteitsvaststelling=STATED,
        onderwerpen=[{"zaak": {"url": AANVRAAG}}],
        inhoud=[
            {"object": {"url": FORMULIER}, "onderdeel": "aanvraag"},
            document(PDF, "aanvraag"),
        ],
    )
    await recorded(office, asked)
    whole = await mutate(office, KLANTBEELD, wie=WIE)
    (node,) = whole["klantcontacten"]["nodes"]
    assert node["onderwerpen"] == [{"__typename": "ZaakOnderwerp", "url": AANVRAAG}]
    assert [each["onderdeel"] for each in node["inhoud"]] == ["aanvraag", "aanvraag"]


async def test_example_5_a_message_in_the_post_box_of_who_is_gekend(
    office: Municipality,
) -> None:
    kcc = await an_actor(office)
    known = await recorded(
        office, contact(kcc, bekend(), identiteitsvaststelling=STATED)
    )
    partij = known["betrokkenen"][0]["partij"]["id"]
    outgoing = {"rol": "belanghebbende", "initiator": False, "partijId": partij}
    sent = contact(kcc, outgoing, kanaal="berichtenbox", inhoud=[document(BRIEF)])
    await recorded(office, sent)
    answer = await office.ask(
        "query ($wie: IdentificatieInput!) { klantbeeld(identificatie: $wie)"
        " { klantcontacten(first: 5) { nodes { kanaal richting } } } }",
        wie=WIE,
    )
    assert answer["data"] == {
        "klantbeeld": {
            "klantcontacten": {
                "nodes": [
                    {"kanaal": "berichtenbox", "richting": "uitgaand"},
                    {"kanaal": "telefoon", "richting": "inkomend"},
                ]
            }
        }
    }
