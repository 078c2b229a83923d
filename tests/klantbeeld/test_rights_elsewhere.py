"""Which documenten and objecten may be seen, in klantcontacten that may be."""

from collections.abc import AsyncIterator
from typing import cast

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.identity.rechten import Grant, Recht
from gateway.settings.identity import IdentitySettings, KlantSettings
from gateway.vertrouwelijkheid import Vertrouwelijkheidaanduiding
from tests.identity.callers import klant, medewerker
from tests.klantbeeld.referring import (
    BEHEEROBJECT,
    DOCUMENTEN,
    LANTAARNPAAL,
    MINE,
    OF_ANOTHER,
    OWN_TAAK,
    TAAK_OF_A_COMPANY,
    THEIRS,
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


# --- documenten

FINISHED = "b1b7c627-72d9-5984-83a2-ca8be4f14083"


@pytest.mark.parametrize(
    ("changed", "klant_sees", "medewerker_sees"),
    [
        ({}, True, True),
        ({"status": "definitief"}, True, True),
        ({"status": "in_bewerking"}, False, True),
        ({"status": "ter_vaststelling"}, False, True),
        ({"status": ""}, False, True),
        ({"tonenAanInitiator": True}, True, True),
        ({"tonenAanInitiator": False}, False, True),
        ({"vertrouwelijkheidaanduiding": "openbaar"}, True, True),
        ({"vertrouwelijkheidaanduiding": "zaakvertrouwelijk"}, True, True),
        ({"vertrouwelijkheidaanduiding": "vertrouwelijk"}, False, True),
        ({"vertrouwelijkheidaanduiding": "geheim"}, False, False),
        ({"vertrouwelijkheidaanduiding": ""}, False, False),
        ({"status": "in_bewerking", "tonenAanInitiator": True}, False, True),
    ],
    ids=str,
)
async def test_which_documents_are_shown(
    house: House,
    rows: Rows,
    changed: Json,
    klant_sees: bool,
    medewerker_sees: bool,
) -> None:
    await a_contact(rows, inhoud=[("informatieobject", f"{DOCUMENTEN}/{FINISHED}")])
    house.network.rewrite = rewritten(lambda record: record.update(changed))
    up_to = Grant(frozenset(Recht), None, Vertrouwelijkheidaanduiding.CONFIDENTIEEL)
    employee = granted(medewerker(), up_to)
    asked = {"who": {"bsn": BENCH_BSN}, "stated": STATED}
    for answer, sees in (
        (await house.ask(klant(), MINE), klant_sees),
        (await house.ask(employee, THEIRS, **asked), medewerker_sees),
    ):
        (part,) = parts(answer, "inhoud")
        assert (part["document"] is not None) is sees
        assert codes(answer) == ([] if sees else ["FORBIDDEN"])


# --- objecten


async def test_a_klanttaak_of_another_is_not_there_in_either_form(
    house: House, rows: Rows
) -> None:
    urls = (OWN_TAAK, TAAK_OF_A_COMPANY, LANTAARNPAAL)
    await a_contact(
        rows, [(vorm, url) for vorm in ("klanttaak", "object") for url in urls]
    )
    answer = await house.ask(klant(), MINE)
    found = [next(iter(each.values())) for each in parts(answer, "onderwerpen")]
    assert [each is not None for each in found] == [True, False, False] * 2
    assert codes(answer) == ["NOT_FOUND"] * 4


async def test_an_objecttype_that_is_allowed_is_shown_as_onderwerp(
    rows: Rows, database_url: str, network: Network
) -> None:
    await a_contact(rows, [("object", LANTAARNPAAL), ("object", TAAK_OF_A_COMPANY)])
    chosen = KlantSettings(objecttypen=(BEHEEROBJECT.upper(),))
    settings = IdentitySettings(klant=chosen)
    async with a_house(database_url, network, identity=settings) as house:
        answer = await house.ask(klant(), MINE)
    found = [each["object"] for each in parts(answer, "onderwerpen")]
    assert [each is not None for each in found] == [True, False]
    assert codes(answer) == ["NOT_FOUND"]


async def test_as_inhoud_an_object_is_part_of_a_contact_that_is_theirs(
    house: House, rows: Rows
) -> None:
    await a_contact(
        rows,
        [("object", LANTAARNPAAL)],
        [("object", LANTAARNPAAL), ("object", OWN_TAAK)],
    )
    answer = await house.ask(klant(), MINE)
    assert parts(answer, "onderwerpen") == [{"object": None}]
    assert [each["object"] is not None for each in parts(answer, "inhoud")] == [
        True,
        True,
    ]
    assert codes(answer) == ["NOT_FOUND"]


@pytest.mark.parametrize(
    ("claims", "sees"),
    [
        ({"type": "bsn", "value": BENCH_BSN}, True),
        ({"type": "kvk", "value": BENCH_BSN}, False),
        ({"type": "rsin", "value": BENCH_BSN}, False),
        ({"type": "BSN", "value": BENCH_BSN}, False),
        ({"type": "bsn", "value": "999990019"}, False),
        ({"type": "bsn", "value": ""}, False),
    ],
    ids=str,
)
async def test_a_klanttaak_is_theirs_by_kind_and_value_together(
    house: House, rows: Rows, claims: Json, sees: bool
) -> None:
    await a_contact(rows, [("klanttaak", OWN_TAAK)])

    def of(record: Json) -> None:
        if "record" in record:
            cast("dict[str, Json]", record["record"])["data"]["identificatie"] = claims

    house.network.rewrite = rewritten(of)
    answer = await house.ask(klant(), MINE)
    (part,) = parts(answer, "onderwerpen")
    assert (part["klanttaak"] is not None) is sees


async def test_the_zaak_of_their_own_klanttaak_may_be_anothers(
    house: House, rows: Rows
) -> None:
    await a_contact(rows, [("klanttaak", OWN_TAAK)])

    def linked(record: Json) -> None:
        if "record" in record:
            data = cast("dict[str, Json]", record["record"])["data"]
            cast("Json", data["koppeling"])["uuid"] = OF_ANOTHER.rpartition("/")[2]

    house.network.rewrite = rewritten(linked)
    answer = await house.ask(klant(), MINE)
    (part,) = parts(answer, "onderwerpen")
    assert cast("Json", part["klanttaak"])["zaak"] is None
    assert codes(answer) == ["NOT_FOUND"]
