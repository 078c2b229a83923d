"""A klant reads what is held on them, who was shown it, and what was changed."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.identificatie import bsn
from gateway.identity.caller import Caller
from gateway.store import tables
from schema.node import encode_id
from tests.identity.callers import (
    KLANTCONTACT,
    klant,
    medewerker,
    systeem,
    vertegenwoordiger,
)
from tests.klantbeeld.conftest import Municipality, a_network
from tests.klantbeeld.trails import a_trail
from tests.municipality import BENCH_BSN
from tests.recording.asking import Payload, mutate, refused
from tests.recording.conftest import Opened
from tests.recording.graph import CORRIGEER
from tests.recording.known import GIVEN, OTHER_BSN, Known, a_persoon, add
from tests.recording.stories import STATED, an_actor, bekend, contact, recorded

pytestmark = pytest.mark.anyio

MIJN_INZAGE = """
query ($first: Int, $after: String) {
  mijnInzage {
    klantbeeld {
      partijen {
        id
        externeIdentificaties { waarde }
        digitaleAdressen { adres }
        bezoekadres { straatnaam }
        rekeningnummers { iban }
        toestemmingHergebruik { gegevenOp }
        klantcontacten { nodes { id } }
      }
    }
    inzagen(first: $first, after: $after) {
      nodes { moment soortAanvrager wat verwerking verwerkingUri }
      totalCount
    }
    mutaties(first: $first) {
      nodes { moment soortAanvrager verwerking handeling soort }
      pageInfo { hasNextPage endCursor }
      totalCount
    }
  }
}
"""
VOEG_TOE = """
mutation ($partij: ID!, $invoer: DigitaalAdresInput!,
          $wie: IdentiteitsvaststellingInput) {
  voegDigitaalAdresToe(partij: $partij, invoer: $invoer,
                       identiteitsvaststelling: $wie) {
    digitaalAdres { id }
    fouten { code pad }
  }
}
"""
VERWIJDER = """
mutation ($id: ID!) { verwijderDigitaalAdres(id: $id) { fouten { code } } }
"""
PARTIJ = """
query ($id: ID!, $wie: IdentiteitsvaststellingInput) {
  partij(id: $id, identiteitsvaststelling: $wie) { nummer }
}
"""
Traced = Callable[[Caller], AbstractAsyncContextManager[Municipality]]
MAIL = {"soort": "email", "adres": "sanne@voorbeeld.example"}


@pytest.fixture
def traced(database_url: str, tmp_path: Path) -> Traced:
    """Start a gateway that writes down what it shows."""

    @asynccontextmanager
    async def start(caller: Caller) -> AsyncIterator[Municipality]:
        network, file = a_network(), tmp_path / "verwerkingen.jsonl"
        async with a_trail(database_url, network, file, caller) as trailed:
            yield Municipality(trailed.client, network)

    return start


async def inzage(
    traced: Traced, caller: Caller | None = None, **variables: object
) -> Payload:
    """What a klant is told of themselves."""
    async with traced(caller or klant()) as portal:
        return await mutate(portal, MIJN_INZAGE, **variables)


async def changed(
    traced: Traced, partij: Known, caller: Caller, adres: str = "a@voorbeeld.example"
) -> str:
    """Have a digitaal adres added; its id."""
    mail = {"soort": "email", "adres": adres}
    async with traced(caller) as office:
        asked = {"partij": partij.id, "invoer": mail, "wie": STATED}
        payload = await mutate(office, VOEG_TOE, **asked)
    return str(payload["digitaalAdres"]["id"])


def summary(found: Payload) -> list[tuple[str, str, str]]:
    """Who did what with which kind of record."""
    return [
        (each["soortAanvrager"], each["handeling"], each["soort"])
        for each in found["mutaties"]["nodes"]
    ]


async def test_all_that_is_held_is_told(traced: Traced, database: AsyncEngine) -> None:
    partij = await a_persoon(database)
    own: dict[str, object] = {"partij_id": partij.key}
    where = {"soort": "bezoekadres", "vorm": "straatadres", "straatnaam": "Kade"}
    await add(database, tables.adressen, own | where)
    await add(database, tables.digitale_adressen, own | MAIL)
    await add(database, tables.rekeningnummers, own | {"iban": "NL91ABNA0417164300"})
    contact = await took_part(database, partij)
    found = await inzage(traced)
    assert found["klantbeeld"] == {
        "partijen": [
            {
                "id": partij.id,
                "externeIdentificaties": [{"waarde": BENCH_BSN}],
                "digitaleAdressen": [{"adres": MAIL["adres"]}],
                "bezoekadres": {"straatnaam": "Kade"},
                "rekeningnummers": [{"iban": "NL91ABNA0417164300"}],
                "toestemmingHergebruik": {"gegevenOp": "2026-01-01T00:00:00Z"},
                "klantcontacten": {"nodes": [{"id": contact}]},
            }
        ]
    }


async def took_part(database: AsyncEngine, partij: Known) -> str:
    """Add a klantcontact that a partij took part in; its id."""
    began = {"kanaal": "balie", "plaatsgevonden_op": GIVEN}
    key = await add(database, tables.klantcontacten, began)
    betrokkene = {"klantcontact_id": key, "plaatsgevonden_op": GIVEN}
    role = {"rol": "belanghebbende", "initiator": True, "partij_id": partij.key}
    await add(database, tables.betrokkenen, betrokkene | role)
    return encode_id("Klantcontact", key)


async def test_who_was_shown_it_is_told_but_not_the_name_of_an_employee(
    traced: Traced, database: AsyncEngine
) -> None:
    partij = await a_persoon(database)
    caller = medewerker()
    async with traced(caller) as office:
        await mutate(office, PARTIJ, id=partij.id, wie=STATED)
    found = await inzage(traced)
    (each,) = found["inzagen"]["nodes"]
    assert each.pop("moment")
    assert each == {
        "soortAanvrager": "medewerker",
        "wat": ["partij"],
        "verwerking": KLANTCONTACT.name,
        "verwerkingUri": KLANTCONTACT.uri,
    }
    assert caller.subject not in json.dumps(found)


async def test_looking_is_told_too(traced: Traced, database: AsyncEngine) -> None:
    await a_persoon(database)
    first, second = [await inzage(traced) for _ in range(2)]
    assert first["inzagen"] == {"nodes": [], "totalCount": 0}
    assert [
        (each["soortAanvrager"], each["wat"]) for each in second["inzagen"]["nodes"]
    ] == [("klant", ["mijnInzage"])]


async def test_what_was_changed_is_told_also_of_what_is_gone(
    traced: Traced, database: AsyncEngine
) -> None:
    partij = await a_persoon(database)
    adres = await changed(traced, partij, medewerker())
    async with traced(klant()) as portal:
        await mutate(portal, VERWIJDER, id=adres)
    found = await inzage(traced)
    assert found["klantbeeld"]["partijen"][0]["digitaleAdressen"] == []
    assert summary(found) == [
        ("klant", "verwijderd", "digitaal_adres"),
        ("medewerker", "gemaakt", "digitaal_adres"),
    ]


async def test_that_what_a_contact_says_was_corrected_is_told(
    traced: Traced, database: AsyncEngine
) -> None:
    await a_persoon(database)
    async with traced(systeem()) as office:
        actor = await an_actor(office)
        who = bekend(BENCH_BSN)
        asked = contact(actor, who, identiteitsvaststelling=STATED)
        made = await recorded(office, asked)
        (deel,) = made["inhoud"]
        becomes = {"id": deel["id"], "wordt": {"tekst": "Wat kost een visum?"}}
        invoer = {"reden": "Verkeerd verstaan.", "inhoud": [becomes]}
        await mutate(office, CORRIGEER, id=made["id"], invoer=invoer)
    assert summary(await inzage(traced)) == [
        ("systeem", "gewijzigd", "inhoudsdeel"),
        ("systeem", "gemaakt", "klantcontact"),
    ]


async def test_of_another_nothing_is_told(
    traced: Traced, database: AsyncEngine
) -> None:
    await a_persoon(database)
    other = await a_persoon(database, OTHER_BSN)
    adres = await changed(traced, other, systeem())
    async with traced(klant(bsn(OTHER_BSN))) as portal:
        await mutate(portal, VERWIJDER, id=adres)
    found = await inzage(traced)
    assert (found["inzagen"]["totalCount"], found["mutaties"]["totalCount"]) == (0, 0)


async def test_pages_follow_each_other(traced: Traced, database: AsyncEngine) -> None:
    partij = await a_persoon(database)
    for name in "abc":
        await changed(traced, partij, systeem(), f"{name}@voorbeeld.example")
    page = (await inzage(traced, first=2))["mutaties"]
    query = """
    query ($after: String) { mijnInzage { mutaties(first: 2, after: $after) {
      nodes { moment } pageInfo { hasNextPage } } } }
    """
    async with traced(klant()) as portal:
        after = page["pageInfo"]["endCursor"]
        last = (await mutate(portal, query, after=after))["mutaties"]
    moments = [each["moment"] for each in (*page["nodes"], *last["nodes"])]
    assert (len(moments), moments) == (3, sorted(moments, reverse=True))
    assert page["totalCount"] == 3
    assert (page["pageInfo"]["hasNextPage"], last["pageInfo"]["hasNextPage"]) == (
        True,
        False,
    )


async def test_a_vertegenwoordiger_reads_it_of_whom_they_act_for(
    traced: Traced, database: AsyncEngine
) -> None:
    partij = await a_persoon(database)
    found = await inzage(traced, vertegenwoordiger())
    assert [each["id"] for each in found["klantbeeld"]["partijen"]] == [partij.id]


@pytest.mark.parametrize("caller", [medewerker(), systeem()])
async def test_it_is_for_klanten_themselves(opened: Opened, caller: Caller) -> None:
    async with opened(caller) as office:
        assert await refused(office, MIJN_INZAGE) == "FORBIDDEN"


async def test_of_who_is_not_known_there_is_nothing(opened: Opened) -> None:
    async with opened(klant()) as portal:
        assert await refused(portal, MIJN_INZAGE) == "NOT_FOUND"
