"""Which zaken may be seen, of those that klantcontacten were about; and whose."""

from collections.abc import AsyncIterator
from typing import cast

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.identificatie import bsn, rsin
from gateway.identity.rechten import Grant, Recht
from gateway.store import tables
from gateway.vertrouwelijkheid import Vertrouwelijkheidaanduiding
from tests.identity.callers import klant, medewerker
from tests.klantbeeld.referring import (
    ANONYMOUS,
    CONFIDENTIAL,
    DEELZAAK,
    DELETED,
    MELDING,
    MINE,
    OF_ANOTHER,
    OWN,
    OWN_TAAK,
    THEIRS,
    ZAKEN,
    a_contact,
    codes,
    granted,
    parts,
    rewritten,
)
from tests.klantbeeld.rights import STATED, House, Json, a_house
from tests.municipality import BENCH_BSN, Network
from tests.store.rows import Rows

pytestmark = pytest.mark.anyio


@pytest.fixture
async def rows(database: AsyncEngine) -> Rows:
    return Rows(database)


@pytest.fixture
async def house(
    rows: Rows, database_url: str, network: Network
) -> AsyncIterator[House]:
    async with a_house(database_url, network) as made:
        yield made


# --- zaken


async def test_a_zaak_of_another_is_not_there_though_a_contact_was_about_it(
    house: House, rows: Rows
) -> None:
    await a_contact(rows, [("zaak", OWN), ("zaak", OF_ANOTHER), ("zaak", DELETED)])
    answer = await house.ask(klant(), MINE)
    own, other, deleted = parts(answer, "onderwerpen")
    assert cast("Json", own["zaak"])["uuid"] == OWN.rpartition("/")[2]
    assert other == deleted == {"zaak": None}
    assert codes(answer) == ["NOT_FOUND", "NOT_FOUND"]
    messages = {str(each["message"]) for each in answer.errors}
    assert messages == {"absent, or not shown to who asks"}


async def test_what_was_read_for_an_employee_is_not_read_for_a_klant(
    house: House, rows: Rows
) -> None:
    await a_contact(rows, [("zaak", OF_ANOTHER)])
    who = {"bsn": BENCH_BSN}
    seen = await house.ask(medewerker(), THEIRS, who=who, stated=STATED)
    assert seen.errors == []
    answer = await house.ask(klant(), MINE)
    assert parts(answer, "onderwerpen") == [{"zaak": None}]
    assert codes(answer) == ["NOT_FOUND"]


async def test_what_is_absent_for_one_klant_is_there_for_whose_it_is(
    house: House, rows: Rows
) -> None:
    other = await rows.persoon("999990019")
    contact = await rows.klantcontact(1, await rows.persoon(BENCH_BSN), other)
    await rows.onderwerp(contact, "zaak", url=OF_ANOTHER)
    uuid = OF_ANOTHER.rpartition("/")[2]
    found = []
    for caller in (klant(), klant(bsn("999990019")), klant(), klant(bsn("999990019"))):
        (part,) = parts(await house.ask(caller, MINE), "onderwerpen")
        zaak = cast("Json | None", part["zaak"])
        found.append(None if zaak is None else zaak["uuid"])
    assert found == [None, uuid, None, uuid]


async def test_a_zaak_too_confidential_for_klanten_is_not_there(
    house: House, rows: Rows
) -> None:
    await a_contact(rows, [("zaak", CONFIDENTIAL)], who="999990913")
    own = klant(bsn("999990913"))
    answer = await house.ask(own, MINE)
    assert parts(answer, "onderwerpen") == [{"zaak": None}]
    assert codes(answer) == ["NOT_FOUND"]
    more = Grant(own.grants[0].rechten, None, Vertrouwelijkheidaanduiding.VERTROUWELIJK)
    shown = await house.ask(granted(own, more), MINE)
    assert shown.errors == []


async def test_a_zaak_of_an_internal_type_is_not_there(
    house: House, rows: Rows
) -> None:
    await a_contact(rows, [("zaak", OWN)])

    def internal(record: Json) -> None:
        if "indicatieInternOfExtern" in record:
            record["indicatieInternOfExtern"] = "intern"

    house.network.rewrite = rewritten(internal)
    answer = await house.ask(klant(), MINE)
    assert parts(answer, "onderwerpen") == [{"zaak": None}]
    assert codes(answer) == ["NOT_FOUND"]


async def test_a_zaak_whose_type_cannot_be_read_is_not_given(
    house: House, rows: Rows
) -> None:
    await a_contact(rows, [("zaak", OWN)])

    def broken(record: Json) -> None:
        record.pop("indicatieInternOfExtern", None)

    house.network.rewrite = rewritten(broken)
    answer = await house.ask(klant(), MINE)
    assert parts(answer, "onderwerpen") == [{"zaak": None}]
    assert codes(answer) == ["REGISTER_MALFORMED"]


async def test_zaken_of_their_own_zaak_are_asked_about_too(
    house: House, rows: Rows
) -> None:
    """A hoofdzaak or deelzaak may be another's, whoever's the zaak itself is."""
    await a_contact(rows, [("zaak", DEELZAAK), ("zaak", OWN)])

    def linked(record: Json) -> None:
        if record["url"] == DEELZAAK:
            record["hoofdzaak"] = OF_ANOTHER
        if record["url"] == OWN:
            record["deelzaken"] = [OF_ANOTHER, DEELZAAK]

    house.network.rewrite = rewritten(linked)
    answer = await house.ask(klant(), MINE)
    deel, hoofd = (cast("Json", each["zaak"]) for each in parts(answer, "onderwerpen"))
    assert deel["hoofdzaak"] is None
    assert hoofd["deelzaken"] == [None, {"uuid": DEELZAAK.rpartition("/")[2]}]
    assert codes(answer) == ["NOT_FOUND", "NOT_FOUND"]


@pytest.mark.parametrize("zaaktypen", ["", "B0101", "B0404"])
@pytest.mark.parametrize("most", ["openbaar", "beperkt_openbaar", "zeer_geheim"])
async def test_a_role_shows_its_zaaktypen_up_to_its_confidentiality(
    house: House, rows: Rows, zaaktypen: str, most: str
) -> None:
    await a_contact(rows, [("zaak", MELDING)])
    types = frozenset(zaaktypen.split()) or None
    grant = Grant(frozenset(Recht), types, Vertrouwelijkheidaanduiding(most))
    caller = granted(medewerker(), grant)
    answer = await house.ask(caller, THEIRS, who={"bsn": BENCH_BSN}, stated=STATED)
    shown = zaaktypen != "B0404" and most != "openbaar"
    (part,) = parts(answer, "onderwerpen")
    assert (part["zaak"] is not None) is shown
    assert codes(answer) == ([] if shown else ["FORBIDDEN"])


async def test_what_one_role_shows_another_does_not_widen(
    house: House, rows: Rows
) -> None:
    """Its types from one role and its confidentiality from another make no right."""
    await a_contact(rows, [("zaak", MELDING)])
    one = Grant(
        frozenset(Recht), frozenset({"B0101"}), Vertrouwelijkheidaanduiding.OPENBAAR
    )
    other = Grant(frozenset(Recht), frozenset({"B0404"}))
    caller = granted(medewerker(), one, other)
    answer = await house.ask(caller, THEIRS, who={"bsn": BENCH_BSN}, stated=STATED)
    assert parts(answer, "onderwerpen") == [{"zaak": None}]
    assert codes(answer) == ["FORBIDDEN"]


# --- the same digits


async def test_a_bsn_and_an_rsin_with_the_same_digits_are_two_klanten(
    house: House, rows: Rows
) -> None:
    person = await rows.persoon(BENCH_BSN)
    company = await rows.organisatie("99990018")
    await rows.identificatie(company, "hr", "rsin", BENCH_BSN)
    for number, partij in ((1, person), (2, company)):
        contact = await rows.klantcontact(number, partij)
        await rows.onderwerp(contact, "zaak", 1, url=OWN)
        await rows.onderwerp(contact, "klanttaak", 2, url=OWN_TAAK)
    query = (
        "{ mijnKlantbeeld { partij { soortPartij } klantcontacten { totalCount } } }"
    )
    found = {}
    for who in (bsn(BENCH_BSN), rsin(BENCH_BSN)):
        answer = await house.ask(klant(who), query)
        beeld = cast("dict[str, Json]", answer.data["mijnKlantbeeld"])
        kind = beeld["partij"]["soortPartij"]
        seen = await house.ask(klant(who), MINE)
        found[who.soort] = kind, beeld["klantcontacten"], codes(seen)
    one = {"totalCount": 1}
    # The zaak and the klanttaak are the person's.
    assert found == {
        "bsn": ("persoon", one, []),
        "rsin": ("organisatie", one, ["NOT_FOUND", "NOT_FOUND"]),
    }


async def test_nor_does_an_employee_find_one_for_the_other(
    house: House, rows: Rows
) -> None:
    await rows.persoon(BENCH_BSN)
    company = await rows.organisatie("99990018")
    await rows.identificatie(company, "hr", "rsin", BENCH_BSN)
    query = """query ($who: IdentificatieInput!) {
      klantbeeld(identificatie: $who) { partijen { soortPartij } }
      partijen(filter: {identificatie: $who}) { nodes { soortPartij } }
    }"""
    for kind, soort in (("bsn", "persoon"), ("rsin", "organisatie")):
        answer = await house.ask(medewerker(), query, who={kind: BENCH_BSN})
        one = [{"soortPartij": soort}]
        assert answer.data == {
            "klantbeeld": {"partijen": one},
            "partijen": {"nodes": one},
        }


# --- one human, seed 003


async def test_of_an_identified_vergunning_and_an_anonymous_melding_one_is_theirs(
    house: House, rows: Rows
) -> None:
    partij = await rows.persoon(BENCH_BSN, voornaam="Sanne", achternaam="Veldt")
    vergunning = await rows.klantcontact(1, partij)
    await rows.onderwerp(vergunning, "zaak", url=OWN)
    melding = await rows.klantcontact(2, None)
    await rows.onderwerp(melding, "zaak", url=f"{ZAKEN}/{ANONYMOUS}")
    await rows.onderwerp(
        vergunning, "klantcontact", 2, onderwerp_klantcontact_id=melding
    )
    await rows.insert(
        tables.digitale_adressen,
        partij_id=partij,
        soort="email",
        adres="sanne@example.nl",
    )
    query = """{ mijnKlantbeeld { klantcontacten { totalCount nodes {
      onderwerpen { __typename ... on ZaakOnderwerp { zaak { uuid } }
        ... on KlantcontactOnderwerp { klantcontact { nummer } } }
      vorige { nummer } vervolg { nummer } } } } }"""
    answer = await house.ask(klant(), query)
    assert answer.data["mijnKlantbeeld"] == {
        "klantcontacten": {
            "totalCount": 1,
            "nodes": [
                {
                    "onderwerpen": [
                        {
                            "__typename": "ZaakOnderwerp",
                            "zaak": {"uuid": OWN.rpartition("/")[2]},
                        },
                        {"__typename": "KlantcontactOnderwerp", "klantcontact": None},
                    ],
                    "vorige": [],
                    "vervolg": [],
                }
            ],
        }
    }
    assert codes(answer) == ["NOT_FOUND"]
