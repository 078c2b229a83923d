"""The lists in the graph: for forms of anybody, and names beside the codes shown."""

import json
import logging
from typing import cast

import pytest

from gateway.identity.caller import ANONIEM
from gateway.referentielijsten import kanalen
from gateway.settings.referentielijsten import ReferentielijstenSettings
from tests.klantbeeld.conftest import Municipality, Opened
from tests.municipality import BENCH_BSN, FIXTURES

pytestmark = pytest.mark.anyio

Json = dict[str, object]

LISTS = """
{
  referentielijsten {
    kanalen { code naam }
    talen { code naam }
    landen { code naam }
    soortenDigitaalAdres { code naam }
  }
}
"""
NAMES = """
query ($bsn: BSN!) {
  klantbeeld(identificatie: {bsn: $bsn}) {
    klantcontacten(first: 50) {
      nodes {
        kanaal
        kanaalNaam
        taal
        taalNaam
        inhoud { ... on DocumentInhoud { document { taal taalNaam } } }
      }
    }
  }
}
"""
PARTIJ = """
query ($nummer: String!) {
  partijen(filter: {nummer: $nummer}) {
    nodes {
      voorkeurstaal
      voorkeurstaalNaam
      bezoekadres { land landNaam }
      digitaleAdressen { soort soortNaam }
      externeIdentificaties { land landNaam }
    }
  }
}
"""


async def test_anybody_is_given_the_lists_and_no_store_is_asked(
    opened: Opened, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "gateway.store.statements")
    lists = ReferentielijstenSettings(
        kanalen={"w": "Wijkteam"}, talen=("ger",), landen=("BE",)
    )
    async with opened(caller=ANONIEM, referentielijsten=lists) as portal:
        answer = await portal.ask(LISTS)
    assert answer["data"] == {
        "referentielijsten": {
            "kanalen": [{"code": "w", "naam": "Wijkteam"}],
            "talen": [{"code": "deu", "naam": "Duits"}],
            "landen": [{"code": "BE", "naam": "België"}],
            "soortenDigitaalAdres": [
                {"code": "email", "naam": "E-mailadres"},
                {"code": "telefoonnummer", "naam": "Telefoonnummer"},
                {"code": "social_media", "naam": "Sociale media"},
                {"code": "overig", "naam": "Overig"},
            ],
        }
    }
    assert caplog.messages == []


async def test_codes_in_a_klantbeeld_have_names(municipality: Municipality) -> None:
    answer = await municipality.ask(NAMES, bsn=BENCH_BSN)
    found = cast("dict[str, dict[str, dict[str, list[Json]]]]", answer["data"])
    contacts = found["klantbeeld"]["klantcontacten"]["nodes"]
    documents = [
        each["document"]
        for contact in contacts
        for each in cast("list[dict[str, Json]]", contact["inhoud"])
        if each.get("document")
    ]
    assert {tuple(each.values())[:2] for each in contacts} == {
        ("balie", "Balie"),
        ("berichtenbox", "Berichtenbox"),
        ("chat", "Chat"),
        ("e-mail", "E-mail"),
        ("post", "Post"),
        ("telefoon", "Telefoon"),
        ("webformulier", "Webformulier"),
        ("whatsapp", "WhatsApp"),
    }
    assert {tuple(each.values())[2:4] for each in contacts} == {("nld", "Nederlands")}
    assert {tuple(each.values()) for each in documents} == {("dut", "Nederlands")}


async def test_a_partij_abroad_shows_names_of_its_codes(
    municipality: Municipality,
) -> None:
    answer = await municipality.ask(PARTIJ, nummer="1024")
    assert answer["data"] == {
        "partijen": {
            "nodes": [
                {
                    "voorkeurstaal": "nld",
                    "voorkeurstaalNaam": "Nederlands",
                    "bezoekadres": {"land": "BE", "landNaam": "België"},
                    "digitaleAdressen": [
                        {"soort": "email", "soortNaam": "E-mailadres"},
                        {"soort": "telefoonnummer", "soortNaam": "Telefoonnummer"},
                    ],
                    "externeIdentificaties": [{"land": "BE", "landNaam": "België"}],
                }
            ]
        }
    }


def test_every_kanaal_of_the_demo_is_in_the_usual_list() -> None:
    folder = FIXTURES / "klantbeeld" / "klantcontacten"
    found = {
        json.loads(path.read_text()).get("kanaal") for path in folder.glob("*.json")
    }
    assert found - {None} - kanalen.USUAL.keys() == set()
