"""What is recorded has codes of the lists; what stood there before keeps its own."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from types import MappingProxyType
from typing import Protocol

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.app import create_app
from gateway.demo.addresses import Addresses
from gateway.demo.run import gateway_settings
from gateway.settings.referentielijsten import ReferentielijstenSettings
from tests.klantbeeld.conftest import PATIENT, Municipality, a_network, asked_in_process
from tests.recording.asking import Payload, codes, mutate
from tests.recording.conftest import Counted
from tests.recording.graph import CORRIGEER
from tests.recording.partij_vragen import WIJZIG, known, registered
from tests.recording.stories import (
    STATED,
    an_actor,
    bekend,
    contact,
    recorded,
    registreer,
)

pytestmark = pytest.mark.anyio

NAMED = """
query ($id: ID!) {
  klantcontact(id: $id) { kanaal kanaalNaam taal taalNaam }
}
"""
PARTIJ = """
query ($id: ID!, $stated: IdentiteitsvaststellingInput) {
  partij(id: $id, identiteitsvaststelling: $stated) {
    voorkeurstaal
    voorkeurstaalNaam
    bezoekadres { land landNaam }
  }
}
"""
KANAAL = "Een kanaal is een van de codes in referentielijsten.kanalen."
TAAL = (
    "Een taal is een code van drie letters uit ISO 639-2, zoals nld; veel gebruikte"
    " staan in referentielijsten.talen."
)
LAND = (
    "Een land is een code van twee letters uit ISO 3166-1, zoals BE; zie"
    " referentielijsten.landen."
)
NONE: Mapping[str, str] = MappingProxyType({})
BUITENLAND = {"soort": "bezoekadres", "vorm": "buitenland", "adresregel1": "Markt 1"}


class Having(Protocol):
    def __call__(
        self, kanalen: Mapping[str, str], vervallen: Mapping[str, str] = NONE, /
    ) -> AbstractAsyncContextManager[Municipality]:
        """Start the gateway of a municipality that has these kanalen."""


@pytest.fixture
def having(database_url: str) -> Having:
    @asynccontextmanager
    async def start(
        kanalen: Mapping[str, str], vervallen: Mapping[str, str] = NONE, /
    ) -> AsyncIterator[Municipality]:
        lists = ReferentielijstenSettings(
            kanalen=dict(kanalen), vervallen_kanalen=dict(vervallen)
        )
        settings = gateway_settings(database_url, Addresses())
        settings = settings.model_copy(update={**PATIENT, "referentielijsten": lists})
        network = a_network()
        async with asked_in_process(create_app(settings, transport=network)) as client:
            yield Municipality(client, network)

    return start


async def a_contact(office: Municipality, **own: object) -> Payload:
    actor = await an_actor(office)
    stated = {"identiteitsvaststelling": STATED, **own}
    return await recorded(office, contact(actor, bekend(), **stated))


async def named(office: Municipality, key: str) -> object:
    answer = await office.ask(NAMED, id=key)
    data = answer["data"]
    assert isinstance(data, dict)
    return tuple(data["klantcontact"].values())


async def imported(owner: AsyncEngine, table: str, **codes: str) -> None:
    """Write what no mutation would, in all rows."""
    columns = ", ".join(f"{name} = :{name}" for name in codes)
    async with owner.begin() as connection:
        await connection.execute(text(f"UPDATE {table} SET {columns}"), codes)  # noqa: S608 - the test's own names


async def test_codes_that_are_in_no_list_are_told_and_nothing_is_written(
    office: Municipality, rows_now: Counted
) -> None:
    actor = await an_actor(office)
    before = await rows_now()
    asked = contact(
        actor, bekend(), kanaal="fax", taal="xxx", identiteitsvaststelling=STATED
    )
    payload = await registreer(office, asked)
    assert [tuple(each.values()) for each in payload["fouten"]] == [
        ("ongeldig", "invoer.kanaal", KANAAL),
        ("ongeldig", "invoer.taal", TAAL),
    ]
    assert await rows_now() == before


async def test_a_taal_and_a_land_of_a_partij_are_of_the_lists_too(
    office: Municipality, rows_now: Counted
) -> None:
    before = await rows_now()
    wrong = known(voorkeurstaal="nl", adressen=[BUITENLAND | {"land": "EU"}])
    answer = await office.ask(
        "mutation ($invoer: RegistreerPersoonInput!) { registreerPersoon(invoer: $invoer)"
        " { fouten { code pad melding } } }",
        invoer=wrong,
    )
    assert answer["data"] == {
        "registreerPersoon": {
            "fouten": [
                {"code": "ongeldig", "pad": "invoer.voorkeurstaal", "melding": TAAL},
                {"code": "ongeldig", "pad": "invoer.adressen.0.land", "melding": LAND},
            ]
        }
    }
    assert await rows_now() == before


async def test_a_municipality_records_its_own_kanalen_only(having: Having) -> None:
    async with having({"wijk": "Wijkteam"}) as office:
        found = await a_contact(office, kanaal="wijk")
        told = await named(office, found["id"])
        actor = await an_actor(office, "Post")
        usual = contact(actor, bekend(), identiteitsvaststelling=STATED)
        payload = await registreer(office, usual)
    assert told == ("wijk", "Wijkteam", None, None)
    assert codes(payload) == [("ongeldig", "invoer.kanaal")]


async def test_a_kanaal_that_is_not_used_any_more_is_shown_and_not_recorded(
    having: Having, owner: AsyncEngine
) -> None:
    async with having({"wijk": "Wijkteam"}, {"fax": "Fax"}) as office:
        found = await a_contact(office, kanaal="wijk")
        again = {"reden": "Toch per fax.", "kanaal": "fax"}
        payload = await mutate(office, CORRIGEER, id=found["id"], invoer=again)
        await imported(owner, "klantcontacten", kanaal="fax")
        told = await named(office, found["id"])
    assert codes(payload) == [("ongeldig", "invoer.kanaal")]
    assert told == ("fax", "Fax", None, None)


async def test_without_a_list_any_kanaal_is_recorded_and_has_no_name(
    having: Having,
) -> None:
    async with having({}) as office:
        found = await a_contact(office, kanaal="postduif")
        assert await named(office, found["id"]) == ("postduif", None, None, None)


async def test_a_bibliographic_code_is_recorded_as_the_terminological_one(
    office: Municipality,
) -> None:
    found = await a_contact(office, taal="GER")
    told = await named(office, found["id"])
    assert told == ("telefoon", "Telefoon", "deu", "Duits")


async def test_what_was_imported_keeps_its_codes_and_those_that_are_known_their_names(
    office: Municipality, owner: AsyncEngine
) -> None:
    found = await a_contact(office)
    await imported(owner, "klantcontacten", kanaal="fax", taal="dut")
    assert await named(office, found["id"]) == ("fax", None, "dut", "Nederlands")
    await imported(owner, "klantcontacten", taal="qaa")
    assert await named(office, found["id"]) == ("fax", None, "qaa", None)


async def test_a_correction_is_not_in_the_way_of_codes_that_stand_there(
    office: Municipality, owner: AsyncEngine
) -> None:
    found = await a_contact(office)
    await imported(owner, "klantcontacten", kanaal="fax", taal="qaa")
    same = {"reden": "Vertrouwelijk.", "kanaal": "fax", "vertrouwelijk": True}
    payload = await mutate(office, CORRIGEER, id=found["id"], invoer=same)
    assert payload["fouten"] == []
    other = {"reden": "Anders.", "kanaal": "telex", "taal": "qab"}
    payload = await mutate(office, CORRIGEER, id=found["id"], invoer=other)
    assert codes(payload) == [
        ("ongeldig", "invoer.kanaal"),
        ("ongeldig", "invoer.taal"),
    ]
    assert await named(office, found["id"]) == ("fax", None, "qaa", None)


async def test_a_voorkeurstaal_that_stands_there_may_be_sent_back(
    office: Municipality, owner: AsyncEngine
) -> None:
    partij = await registered(office, known(voorkeurstaal="nld"))
    await imported(owner, "partijen", voorkeurstaal="qaa")
    same = {"voorkeurstaal": "qaa", "contactnaam": {"voornaam": "Anne"}}
    payload = await mutate(office, WIJZIG, id=partij["id"], versie=1, invoer=same)
    assert payload["fouten"] == []
    assert payload["partij"]["voorkeurstaal"] == "qaa"
    other = {"voorkeurstaal": "fre"}
    payload = await mutate(office, WIJZIG, id=partij["id"], versie=2, invoer=other)
    assert payload["partij"]["voorkeurstaal"] == "fra"


async def test_a_partij_shows_the_names_of_its_taal_and_land(
    office: Municipality,
) -> None:
    adres = BUITENLAND | {"land": "be"}
    partij = await registered(office, known(voorkeurstaal="fre", adressen=[adres]))
    answer = await office.ask(PARTIJ, id=partij["id"], stated=STATED)
    assert answer["data"] == {
        "partij": {
            "voorkeurstaal": "fra",
            "voorkeurstaalNaam": "Frans",
            "bezoekadres": {"land": "BE", "landNaam": "België"},
        }
    }
