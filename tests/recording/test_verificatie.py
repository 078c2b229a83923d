"""A digitaal adres is verified by a code that was sent there, over HTTP."""

import asyncio
import json
import os
import stat
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.recording.verzenden import Bericht, Postvak
from gateway.store import tables
from schema.node import encode_id
from tests.identity.callers import klant, medewerker
from tests.klantbeeld.conftest import Municipality
from tests.recording.asking import Payload, codes, mutate
from tests.recording.conftest import Counted, Opened
from tests.recording.known import (
    GIVEN,
    OTHER_BSN,
    Known,
    a_persoon,
    add,
    changes,
    stored,
)

pytestmark = pytest.mark.anyio

VRAAG_AAN = """
mutation ($id: ID!) {
  vraagVerificatieAan(id: $id) {
    digitaalAdres { verificatieDatum }
    fouten { code pad melding }
  }
}
"""
BEVESTIG = """
mutation ($id: ID!, $code: Identificatienummer!) {
  bevestigVerificatie(id: $id, code: $code) {
    digitaalAdres { verificatieDatum versie }
    partij { versie }
    fouten { code pad melding }
  }
}
"""
WIJZIG = """
mutation ($id: ID!, $versie: Int!, $invoer: WijzigDigitaalAdresInput!) {
  wijzigDigitaalAdres(id: $id, versie: $versie, invoer: $invoer) {
    fouten { code pad }
  }
}
"""
MAIL = {"soort": "email", "adres": "sanne@voorbeeld.example"}
VOEG_TOE = """
mutation ($id: ID!, $invoer: DigitaalAdresInput!) {
  voegDigitaalAdresToe(partij: $id, invoer: $invoer) {
    digitaalAdres { id }
    fouten { code pad }
  }
}
"""
VERWIJDER = """
mutation ($id: ID!) { verwijderDigitaalAdres(id: $id) { fouten { code pad } } }
"""
CODES, TELLINGEN = tables.verificatiecodes, tables.verificatietellingen
VERSTUURD = "Er is te vaak een code verstuurd; vraag later een nieuwe aan."


@pytest.fixture
def outbox(tmp_path: Path) -> Path:
    return tmp_path / "verzonden.jsonl"


@pytest.fixture
async def portal(opened: Opened, outbox: Path) -> AsyncIterator[Municipality]:
    """What a klant asks, of a gateway that sends to a file; three tries, four codes."""
    limits = {"code_tries": 3, "code_sendings": 4}
    async with opened(klant(), outbox=outbox, **limits) as municipality:
        yield municipality


async def an_address(
    database: AsyncEngine, partij: Known | None = None, **own: object
) -> str:
    """Add an address, of the klant who asks unless told otherwise; its id."""
    owner = partij or await a_persoon(database)
    row = {"partij_id": owner.key, **MAIL, **own}
    return encode_id(
        "DigitaalAdres", await add(database, tables.digitale_adressen, row)
    )


def sent(outbox: Path) -> list[dict[str, str]]:
    """What would have been sent."""
    if not outbox.exists():
        return []
    return [json.loads(line) for line in outbox.read_text().splitlines()]


async def a_code(portal: Municipality, adres: str, outbox: Path) -> str:
    """Ask a code, and read it."""
    payload = await mutate(portal, VRAAG_AAN, id=adres)
    assert codes(payload) == []
    return sent(outbox)[-1]["code"]


def another(code: str, nr: int = 1) -> str:
    """A code that is not this one."""
    return f"{(int(code) + nr) % 1_000_000:06}"


async def guess(portal: Municipality, adres: str, code: str) -> Payload:
    return await mutate(portal, BEVESTIG, id=adres, code=code)


async def expire(database: AsyncEngine) -> None:
    """Have the time of all codes be up, and of what was counted."""
    past = datetime.now(UTC) - timedelta(seconds=1)
    async with database.begin() as connection:
        for table in (CODES, TELLINGEN):
            await connection.execute(update(table).values(verloopt_op=past))


async def counted(database: AsyncEngine) -> list[tuple[object, object]]:
    """Codes that were sent and that were wrong, of each address."""
    rows = await stored(database, TELLINGEN)
    return [(row["verzonden"], row["pogingen"]) for row in rows]


async def change(portal: Municipality, adres: str, versie: int, becomes: str) -> None:
    invoer = {"adres": becomes}
    asked = {"id": adres, "versie": versie, "invoer": invoer}
    assert codes(await mutate(portal, WIJZIG, **asked)) == []


async def test_who_gives_back_the_code_has_the_address(
    portal: Municipality, database: AsyncEngine, outbox: Path
) -> None:
    adres = await an_address(database)
    code = await a_code(portal, adres, outbox)
    payload = await guess(portal, adres, code)
    assert payload == {
        "digitaalAdres": {
            "verificatieDatum": datetime.now(UTC).date().isoformat(),
            "versie": 2,
        },
        "partij": {"versie": 2},
        "fouten": [],
    }
    assert await stored(database, CODES) == []
    assert await changes(database) == [
        ("gemaakt", "verificatiecode", None),
        ("gewijzigd", "digitaal_adres", {"verificatie_datum": None}),
    ]


async def test_a_code_is_six_digits_that_only_the_message_has(
    portal: Municipality, database: AsyncEngine, outbox: Path
) -> None:
    adres = await an_address(database)
    code = await a_code(portal, adres, outbox)
    (row,) = await stored(database, CODES)
    assert sent(outbox) == [{**MAIL, "code": code}]
    assert (len(code), code.isdigit(), len(str(row["code"]))) == (6, True, 32)


async def test_only_its_owner_may_read_what_would_have_been_sent(
    tmp_path: Path,
) -> None:
    outbox = tmp_path / "verzonden.jsonl"
    await Postvak(outbox).verzend(Bericht("email", MAIL["adres"], "123456"))
    assert stat.S_IMODE(os.stat(outbox).st_mode) == 0o600  # noqa: PTH116 - not awaited


async def test_a_code_is_good_once(
    portal: Municipality, database: AsyncEngine, outbox: Path
) -> None:
    adres = await an_address(database)
    code = await a_code(portal, adres, outbox)
    answers = await asyncio.gather(*(guess(portal, adres, code) for _ in range(3)))
    assert sorted(map(codes, answers)) == [[], *[[("niet_gevonden", "code")]] * 2]


async def test_a_new_code_takes_the_place_of_the_one_before(
    portal: Municipality, database: AsyncEngine, outbox: Path
) -> None:
    adres = await an_address(database)
    first, second = [await a_code(portal, adres, outbox) for _ in range(2)]
    wrong = first if first != second else another(second)
    assert codes(await guess(portal, adres, wrong)) == [("ongeldig", "code")]
    assert codes(await guess(portal, adres, second)) == []


async def test_wrong_codes_are_counted_and_then_the_right_one_is_too_late(
    portal: Municipality, database: AsyncEngine, outbox: Path
) -> None:
    adres = await an_address(database)
    code = await a_code(portal, adres, outbox)
    told = [await guess(portal, adres, another(code, nr)) for nr in (1, 2, 3)]
    told.append(await guess(portal, adres, code))
    assert [codes(each) for each in told] == [
        [("ongeldig", "code")],
        [("ongeldig", "code")],
        [("te_vaak", "code")],
        [("te_vaak", "code")],
    ]
    assert told[-1]["digitaalAdres"] == {"verificatieDatum": None, "versie": 1}
    assert await counted(database) == [(1, 3)]


async def test_those_who_guess_at_once_are_all_counted(
    portal: Municipality, database: AsyncEngine, outbox: Path
) -> None:
    adres = await an_address(database)
    code = await a_code(portal, adres, outbox)
    told = await asyncio.gather(
        *(guess(portal, adres, another(code, nr)) for nr in range(1, 9))
    )
    found = sorted(codes(each)[0][0] for each in told)
    assert found == ["ongeldig"] * 2 + ["te_vaak"] * 6


async def test_a_new_code_gives_no_new_tries_until_the_last_has_expired(
    portal: Municipality, database: AsyncEngine, outbox: Path
) -> None:
    adres = await an_address(database)
    code = await a_code(portal, adres, outbox)
    for nr in (1, 2):
        await guess(portal, adres, another(code, nr))
    code = await a_code(portal, adres, outbox)
    last = await guess(portal, adres, another(code))
    refused = await mutate(portal, VRAAG_AAN, id=adres)
    await expire(database)
    code = await a_code(portal, adres, outbox)
    assert codes(last) == [("te_vaak", "code")]
    assert codes(refused) == [("te_vaak", "id")]
    assert codes(await guess(portal, adres, another(code))) == [("ongeldig", "code")]


async def test_another_address_meanwhile_gives_no_new_tries(
    portal: Municipality, database: AsyncEngine, outbox: Path
) -> None:
    adres = await an_address(database)
    code = await a_code(portal, adres, outbox)
    for nr in (1, 2):
        await guess(portal, adres, another(code, nr))
    await change(portal, adres, 1, "ander@voorbeeld.example")
    await change(portal, adres, 2, MAIL["adres"].upper())
    code = await a_code(portal, adres, outbox)
    assert codes(await guess(portal, adres, another(code))) == [("te_vaak", "code")]
    assert codes(await mutate(portal, VRAAG_AAN, id=adres)) == [("te_vaak", "id")]


async def test_an_address_that_goes_and_comes_back_has_no_new_tries(
    portal: Municipality, database: AsyncEngine, outbox: Path
) -> None:
    partij = await a_persoon(database)
    phone = {"soort": "telefoonnummer", "adres": "0612345678"}
    adres = await an_address(database, partij, **phone)
    code = await a_code(portal, adres, outbox)
    for nr in (1, 2, 3):
        await guess(portal, adres, another(code, nr))
    assert codes(await mutate(portal, VERWIJDER, id=adres)) == []
    for spelled in ("06-12345678", "+31612345678", "0031612345678"):
        invoer = phone | {"adres": spelled}
        added = await mutate(portal, VOEG_TOE, id=partij.id, invoer=invoer)
        again = added["digitaalAdres"]["id"]
        assert codes(await mutate(portal, VRAAG_AAN, id=again)) == [("te_vaak", "id")]
    assert len(sent(outbox)) == 1


async def test_what_was_confirmed_keeps_its_count(
    portal: Municipality, database: AsyncEngine, outbox: Path
) -> None:
    adres = await an_address(database)
    code = await a_code(portal, adres, outbox)
    await guess(portal, adres, another(code))
    await guess(portal, adres, code)
    assert await counted(database) == [(1, 1)]


async def test_so_many_codes_go_to_an_address_until_the_last_has_expired(
    portal: Municipality, database: AsyncEngine, outbox: Path
) -> None:
    adres = await an_address(database)
    asked = [await mutate(portal, VRAAG_AAN, id=adres) for _ in range(4)]
    await change(portal, adres, 1, "ander@voorbeeld.example")
    asked.append(await mutate(portal, VRAAG_AAN, id=adres))
    await change(portal, adres, 2, MAIL["adres"])
    refused = await mutate(portal, VRAAG_AAN, id=adres)
    assert [codes(each) for each in asked] == [[]] * 5
    assert refused["fouten"] == [{"code": "te_vaak", "pad": "id", "melding": VERSTUURD}]
    assert len(sent(outbox)) == 5
    await expire(database)
    assert codes(await mutate(portal, VRAAG_AAN, id=adres)) == []


async def test_those_who_ask_at_once_are_all_counted(
    portal: Municipality, database: AsyncEngine, outbox: Path
) -> None:
    adres = await an_address(database)
    told = await asyncio.gather(
        *(mutate(portal, VRAAG_AAN, id=adres) for _ in range(8))
    )
    assert sorted(map(codes, told)) == [[]] * 4 + [[("te_vaak", "id")]] * 4
    assert (await counted(database), len(sent(outbox))) == ([(4, 0)], 4)


async def test_what_has_expired_goes_when_a_new_code_is_made(
    portal: Municipality, database: AsyncEngine, outbox: Path
) -> None:
    partij = await a_persoon(database)
    old, new = [
        await an_address(database, partij, adres=f"{each}@voorbeeld.example")
        for each in ("oud", "nieuw")
    ]
    await a_code(portal, old, outbox)
    await expire(database)
    await a_code(portal, new, outbox)
    assert len(await stored(database, CODES)) == 1
    assert await counted(database) == [(1, 0)]


async def test_a_code_that_expired_and_one_that_never_was_are_told_the_same(
    portal: Municipality, database: AsyncEngine, outbox: Path
) -> None:
    adres = await an_address(database)
    never = await guess(portal, adres, "123456")
    code = await a_code(portal, adres, outbox)
    await expire(database)
    expired = await guess(portal, adres, code)
    assert codes(never) == [("niet_gevonden", "code")]
    assert expired == never


@pytest.mark.parametrize("code", ["12345", "1234567", "12345x", "\uff11" * 6])
async def test_what_cannot_be_a_code_is_no_try(
    portal: Municipality, database: AsyncEngine, outbox: Path, code: str
) -> None:
    adres = await an_address(database)
    await a_code(portal, adres, outbox)
    assert codes(await guess(portal, adres, code)) == [("ongeldig", "code")]
    assert await counted(database) == [(1, 0)]


async def test_another_address_is_not_verified_and_its_code_is_gone(
    portal: Municipality, database: AsyncEngine, outbox: Path
) -> None:
    partij = await a_persoon(database)
    adres = await an_address(database, partij, verificatie_datum=GIVEN.date())
    code = await a_code(portal, adres, outbox)
    await change(portal, adres, 1, "nieuw@voorbeeld.example")
    payload = await guess(portal, adres, code)
    assert codes(payload) == [("niet_gevonden", "code")]
    assert payload["digitaalAdres"]["verificatieDatum"] is None


async def test_no_code_goes_where_none_can_be_sent(
    portal: Municipality, database: AsyncEngine, outbox: Path, rows_now: Counted
) -> None:
    adres = await an_address(database, soort="overig", adres="postduif 7")
    before = await rows_now()
    assert codes(await mutate(portal, VRAAG_AAN, id=adres)) == [
        ("niet_toegestaan", "id")
    ]
    assert await rows_now() == before
    assert sent(outbox) == []


async def test_where_nothing_sends_that_is_said(
    opened: Opened, database: AsyncEngine, rows_now: Counted
) -> None:
    adres = await an_address(database)
    before = await rows_now()
    async with opened(klant()) as portal:
        payload = await mutate(portal, VRAAG_AAN, id=adres)
    assert payload["fouten"] == [
        {
            "code": "niet_toegestaan",
            "pad": "id",
            "melding": "Er is hier niets ingesteld dat codes verstuurt.",
        }
    ]
    assert await rows_now() == before


async def test_a_code_that_cannot_be_sent_is_no_bug(
    opened: Opened, database: AsyncEngine, tmp_path: Path
) -> None:
    adres = await an_address(database)
    async with opened(klant(), outbox=tmp_path / "no folder" / "file") as portal:
        answer = await portal.ask(VRAAG_AAN, id=adres)
    errors = answer["errors"]
    assert isinstance(errors, list)
    (error,) = errors
    assert error["extensions"] == {
        "code": "REGISTER_UNAVAILABLE",
        "register": "verzending",
        "retryable": True,
    }


async def test_to_a_klant_anothers_address_is_not_there(
    portal: Municipality, database: AsyncEngine, outbox: Path, rows_now: Counted
) -> None:
    await a_persoon(database)
    theirs = await an_address(database, await a_persoon(database, OTHER_BSN))
    before = await rows_now()
    told = [
        await mutate(portal, VRAAG_AAN, id=theirs),
        await guess(portal, theirs, "123456"),
    ]
    assert [codes(each) for each in told] == [[("niet_gevonden", "id")]] * 2
    assert await rows_now() == before
    assert sent(outbox) == []


async def test_a_medewerker_says_how_sure_they_are_with_whom_they_speak(
    opened: Opened, database: AsyncEngine, outbox: Path, rows_now: Counted
) -> None:
    adres = await an_address(database)
    before = await rows_now()
    async with opened(medewerker(), outbox=outbox) as office:
        told = [
            await mutate(office, VRAAG_AAN, id=adres),
            await guess(office, adres, "123456"),
        ]
    identity = ("identiteit_niet_vastgesteld", "identiteitsvaststelling")
    assert [codes(each) for each in told] == [[identity]] * 2
    assert await rows_now() == before
    assert sent(outbox) == []
