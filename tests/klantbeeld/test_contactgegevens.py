"""What to use to follow up a klantcontact, and who may see of whom that is."""

import logging
from collections.abc import AsyncIterator, Mapping
from types import MappingProxyType
from typing import cast
from uuid import UUID

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.identificatie import bsn
from gateway.identity.caller import Caller
from gateway.identity.rechten import Recht
from gateway.store import tables
from tests.identity.callers import klant, medewerker, systeem
from tests.klantbeeld.rights import STATED, Answer, House, Json, a_house, as_id
from tests.klantbeeld.test_statements import tables as about
from tests.municipality import BENCH_BSN, Network
from tests.store.rows import BEGIN, Rows

pytestmark = pytest.mark.anyio

ALL = """contactgegevens {
  betrokkene { rol } contactnaam { volledigeNaam } organisatienaam herkomstNaam
  bezoekadres { straatnaam } herkomstBezoekadres
  correspondentieadres { straatnaam } herkomstCorrespondentieadres
  digitaleAdressen { adres } voorkeursDigitaalAdres { adres }
  herkomstDigitaleAdressen redenenNietGebruiken
}"""
ONE = f"query ($id: ID!) {{ klantcontact(id: $id) {{ {ALL} }} }}"
KLANTBEELD = f"""
query ($who: IdentificatieInput!, $stated: IdentiteitsvaststellingInput) {{
  klantbeeld(identificatie: $who, identiteitsvaststelling: $stated) {{
    klantcontacten {{ nodes {{ {ALL} }} }} }} }}"""
MINE = f"{{ mijnKlantbeeld {{ klantcontacten {{ nodes {{ {ALL} }} }} }} }}"
SEARCH = f"{{ klantcontacten {{ nodes {{ {ALL} }} }} }}"

GIVEN: Mapping[str, object] = MappingProxyType(
    {
        "contactnaam": {"volledigeNaam": "S. Aannemer"},
        "organisatienaam": None,
        "herkomstNaam": "betrokkene",
        "correspondentieadres": {"straatnaam": "Bouwplaats"},
        "herkomstCorrespondentieadres": "betrokkene",
    }
)
KEPT: Mapping[str, object] = MappingProxyType(
    {
        "bezoekadres": {"straatnaam": "Thuisstraat"},
        "herkomstBezoekadres": "partij",
        "digitaleAdressen": [{"adres": "sanne@example.nl"}],
        "voorkeursDigitaalAdres": {"adres": "sanne@example.nl"},
        "herkomstDigitaleAdressen": "partij",
        "redenenNietGebruiken": ["geheimhouding"],
    }
)
HIDDEN = dict.fromkeys(KEPT)


async def live(rows: Rows, soort: str, straatnaam: str, **owner: UUID) -> None:
    await rows.insert(
        tables.adressen, soort=soort, vorm="straatadres", straatnaam=straatnaam, **owner
    )


@pytest.fixture
async def dso(database: AsyncEngine) -> UUID:
    """The klantcontact of a request by somebody gekend, with deviating data in it."""
    rows = Rows(database)
    partij = await rows.persoon(
        BENCH_BSN, voornaam="Sanne", achternaam="Wit", indicatie_geheimhouding=True
    )
    mail = await rows.insert(
        tables.digitale_adressen,
        partij_id=partij,
        soort="email",
        adres="sanne@example.nl",
    )
    async with database.begin() as connection:
        preferred = {"voorkeurs_digitaal_adres_id": mail}
        await connection.execute(update(tables.partijen).values(preferred))
    await live(rows, "bezoekadres", "Thuisstraat", partij_id=partij)
    await live(rows, "correspondentieadres", "Thuisstraat", partij_id=partij)
    contact = await rows.klantcontact(1)
    indiener = await rows.betrokkene(
        contact, 1, partij_id=partij, voorletters="S.", achternaam="Aannemer"
    )
    await live(rows, "correspondentieadres", "Bouwplaats", betrokkene_id=indiener)
    return contact


@pytest.fixture
async def house(database_url: str, network: Network) -> AsyncIterator[House]:
    async with a_house(database_url, network) as made:
        yield made


def found_in(answer: Answer) -> list[Json]:
    """All contactgegevens in an answer."""

    def below(value: object) -> list[Json]:
        if isinstance(value, list):
            return [each for some in value for each in below(some)]
        if not isinstance(value, dict):
            return []
        mine = cast("list[Json]", value.get("contactgegevens") or [])
        return mine + [each for some in value.values() for each in below(some)]

    return below(answer.data)


@pytest.mark.usefixtures("dso")
@pytest.mark.parametrize(
    "caller", [medewerker(), systeem()], ids=["medewerker", "systeem"]
)
async def test_an_indiener_with_deviating_data_is_answered_by_these(
    house: House, caller: Caller
) -> None:
    # Project information (seed 003): an indiener may deviate in a DSO-verzoek.
    answer = await house.ask(caller, KLANTBEELD, who={"bsn": BENCH_BSN}, stated=STATED)
    assert answer.errors == []
    (found,) = found_in(answer)
    assert found == {"betrokkene": {"rol": "belanghebbende"}, **GIVEN, **KEPT}


@pytest.mark.usefixtures("dso")
async def test_a_klant_sees_how_they_are_answered(house: House) -> None:
    answer = await house.ask(klant(bsn(BENCH_BSN)), MINE)
    assert answer.errors == []
    (found,) = found_in(answer)
    assert found == {"betrokkene": {"rol": "belanghebbende"}, **GIVEN, **KEPT}


async def test_what_is_kept_of_a_partij_is_shown_after_disclosure_only(
    house: House, dso: UUID
) -> None:
    answer = await house.ask(medewerker(), ONE, id=as_id("Klantcontact", str(dso)))
    (found,) = found_in(answer)
    assert found == {"betrokkene": {"rol": "belanghebbende"}, **GIVEN, **HIDDEN}
    place = "klantcontact.contactgegevens.0"
    assert answer.codes == {f"{place}.{name}": "FORBIDDEN" for name in KEPT}


async def test_who_has_to_follow_it_up_is_shown_what_is_kept_of_the_partij(
    house: House, dso: UUID, database: AsyncEngine
) -> None:
    # Nobody is there to be identified, and for this the default data were given.
    asked = {"id": as_id("Klantcontact", str(dso))}
    await Rows(database).interne_taak(dso)
    answer = await house.ask(medewerker(), ONE, **asked)
    assert set(answer.codes.values()) == {"FORBIDDEN"}  # who it was, nobody knew
    await established(database, dso)
    answer = await house.ask(medewerker(), ONE, **asked)
    assert answer.errors == []
    (found,) = found_in(answer)
    assert found == {"betrokkene": {"rol": "belanghebbende"}, **GIVEN, **KEPT}
    without = medewerker(*(set(Recht) - {Recht.INTERNE_TAKEN}))
    answer = await house.ask(without, ONE, **asked)
    assert set(answer.codes.values()) == {"FORBIDDEN"}
    everybodys = await house.ask(medewerker(), SEARCH)
    assert set(everybodys.codes.values()) == {"FORBIDDEN"}


async def established(database: AsyncEngine, contact: UUID) -> None:
    """Say at a klantcontact that it was established who it was."""
    actor = await Rows(database).insert(
        tables.actoren, soort_actor="medewerker", naam="KCC"
    )
    values = {
        "identiteit_middel": "digid",
        "identiteit_niveau": "midden",
        "identiteit_grond": "zelf",
        "identiteit_vastgesteld_door_id": actor,
        "identiteit_vastgesteld_op": BEGIN,
    }
    which = tables.klantcontacten.c.id == contact
    async with database.begin() as connection:
        await connection.execute(
            update(tables.klantcontacten).where(which).values(values)
        )


async def test_nor_is_it_when_the_taak_is_done(
    house: House, dso: UUID, database: AsyncEngine
) -> None:
    await established(database, dso)
    await Rows(database).interne_taak(dso, status="verwerkt", verwerkt_op=BEGIN)
    answer = await house.ask(medewerker(), ONE, id=as_id("Klantcontact", str(dso)))
    assert set(answer.codes.values()) == {"FORBIDDEN"}


async def test_nor_without_the_right_to_partijen(house: House, dso: UUID) -> None:
    without = medewerker(*(set(Recht) - {Recht.PARTIJEN}))
    answer = await house.ask(without, ONE, id=as_id("Klantcontact", str(dso)))
    (found,) = found_in(answer)
    assert found == {"betrokkene": {"rol": "belanghebbende"}, **GIVEN, **HIDDEN}
    assert {str(each["message"]) for each in answer.errors} == {
        "this field needs the right partijen.lezen"
    }


async def test_that_a_partij_keeps_nothing_is_not_told_before_disclosure(
    house: House, database: AsyncEngine
) -> None:
    rows = Rows(database)
    contact = await rows.klantcontact(1, await rows.persoon(BENCH_BSN))
    answer = await house.ask(medewerker(), ONE, id=as_id("Klantcontact", str(contact)))
    (found,) = found_in(answer)
    data = found.keys() - {"betrokkene"}
    assert {found[name] for name in data} == {None}
    assert [*answer.codes.values()] == ["FORBIDDEN"] * len(data)


async def test_who_is_not_gekend_is_answered_by_what_they_gave(
    house: House, database: AsyncEngine
) -> None:
    rows = Rows(database)
    contact = await rows.klantcontact(1)
    melder = await rows.betrokkene(contact, 1, voornaam="Bo")
    await rows.insert(
        tables.digitale_adressen,
        betrokkene_id=melder,
        soort="telefoonnummer",
        adres="0612345678",
    )
    answer = await house.ask(medewerker(), ONE, id=as_id("Klantcontact", str(contact)))
    assert answer.errors == []
    (found,) = found_in(answer)
    assert {name: each for name, each in found.items() if each is not None} == {
        "betrokkene": {"rol": "belanghebbende"},
        "contactnaam": {"volledigeNaam": "Bo"},
        "herkomstNaam": "betrokkene",
        "digitaleAdressen": [{"adres": "0612345678"}],
        "herkomstDigitaleAdressen": "betrokkene",
        "redenenNietGebruiken": [],
    }


@pytest.mark.usefixtures("dso")
async def test_a_search_shows_of_nobody_how_they_are_answered(
    house: House, database: AsyncEngine
) -> None:
    rows = Rows(database)
    await rows.betrokkene(await rows.klantcontact(2), 2, voornaam="Bo")
    answer = await house.ask(medewerker(), SEARCH)
    found = found_in(answer)
    shown = [{k for k, each in one.items() if each is not None} for one in found]
    assert shown == [{"betrokkene"}, {"betrokkene"}]
    assert [*answer.codes.values()] == ["FORBIDDEN"] * 2 * (len(found[0]) - 1)


@pytest.mark.usefixtures("dso")
async def test_all_of_it_is_read_at_once(
    house: House, database: AsyncEngine, caplog: pytest.LogCaptureFixture
) -> None:
    rows = Rows(database)
    for number in range(2, 12):
        await rows.klantcontact(number, await rows.persoon(), None)
    caplog.set_level(logging.DEBUG, "gateway.store.statements")
    answer = await house.ask(systeem(), SEARCH)
    assert len(found_in(answer)) == 21
    assert about(caplog.messages) == [
        ["klantcontacten"],
        ["betrokkenen", "interne_taken", "klantcontacten"],
        ["adressen", "digitale_adressen", "partijen"],
    ]
