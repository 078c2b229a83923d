"""One who is named by two registers is found by either, and is one partij (R6.1)."""

import asyncio
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.store.tables import externe_identificaties, partijen
from tests.identity.callers import medewerker
from tests.klantbeeld.conftest import Municipality
from tests.recording.asking import Payload, codes, mutate
from tests.recording.conftest import Counted, Opened
from tests.recording.known import add, stored
from tests.recording.partij_vragen import (
    BSN,
    KVK,
    OTHER_BSN,
    SOORTEN,
    VOEG_TOE,
    registered,
)

pytestmark = pytest.mark.anyio

Named = dict[str, Any]

URL, OTHER_URL = [f"https://brp.example/personen/{each}" for each in (1, 2)]
BY_BSN: Named = {"bsn": BSN}
BY_URL: Named = {"subjectUrl": URL}
BY_BOTH = BY_BSN | BY_URL
RNR = {"register": "rnr", "soort": "nummer", "waarde": "85073"}
IDENTIFICATIE = "invoer.identificatie"


async def register(
    office: Municipality, named: Named, soort: str = "Persoon"
) -> Payload:
    return await mutate(office, SOORTEN[soort], invoer={"identificatie": named})


async def found(office: Municipality, named: Named, soort: str = "Persoon") -> Payload:
    return await registered(office, {"identificatie": named}, soort)


def held(partij: Payload) -> set[tuple[str | None, str | None]]:
    """Value and URL of what names a partij."""
    each = partij["externeIdentificaties"]
    return {(named["waarde"], named["subjectUrl"]) for named in each}


@pytest.mark.parametrize("first", [BY_BSN, BY_URL])
async def test_who_is_found_by_one_name_is_named_by_the_other_from_then_on(
    office: Municipality, first: Named
) -> None:
    await found(office, first)
    partij = await found(office, BY_BOTH)
    assert held(partij) == {(BSN, None), (None, URL)}
    assert (partij["nummer"], partij["versie"]) == ("1", 2)
    each = [await found(office, named) for named in (BY_BSN, BY_URL)]
    assert [other["nummer"] for other in each] == ["1", "1"]


async def test_who_has_both_names_is_found_as_they_are(
    office: Municipality, rows_now: Counted
) -> None:
    await found(office, BY_BOTH)
    before = await rows_now()
    for named in (BY_BOTH, BY_URL, BY_BSN):
        partij = await found(office, named)
        assert (partij["nummer"], partij["versie"]) == ("1", 1)
    assert await rows_now() == before


async def test_an_organisatie_is_found_by_either_name_too(
    office: Municipality,
) -> None:
    by_kvk = {"kvkNummer": KVK}
    await found(office, by_kvk, "Organisatie")
    both = await found(office, by_kvk | BY_URL, "Organisatie")
    again = await found(office, BY_URL, "Organisatie")
    assert held(both) == {(KVK, None), (None, URL)}
    assert (both["nummer"], again["nummer"]) == ("1", "1")


async def test_names_of_two_partijen_are_told_to_be_of_two_and_not_of_which(
    office: Municipality, rows_now: Counted
) -> None:
    for named in (BY_BSN, BY_URL):
        await found(office, named)
    before = await rows_now()
    payload = await register(office, BY_BOTH)
    assert payload["partij"] is None
    assert codes(payload) == [("bestaat_al", IDENTIFICATIE)]
    assert await rows_now() == before


@pytest.mark.parametrize(
    "named", [BY_BSN | {"subjectUrl": OTHER_URL}, BY_URL | {"bsn": OTHER_BSN}]
)
async def test_r6_3_one_subject_has_no_second_name_of_a_kind(
    office: Municipality, rows_now: Counted, named: Named
) -> None:
    await found(office, BY_BOTH)
    before = await rows_now()
    assert codes(await register(office, named)) == [("bestaat_al", IDENTIFICATIE)]
    assert await rows_now() == before


async def test_r5_4_who_was_never_aangehaakt_is_not_by_another_name(
    office: Municipality, database: AsyncEngine, rows_now: Counted
) -> None:
    key = await add(database, partijen, {"soort_partij": "persoon"})
    await add(database, externe_identificaties, RNR | {"partij_id": key})
    before = await rows_now()
    payload = await register(office, {"overig": RNR} | BY_URL)
    assert codes(payload) == [("niet_toegestaan", IDENTIFICATIE)]
    assert await rows_now() == before


async def test_a_copied_name_finds_nobody_and_is_added_where_there_is_none(
    office: Municipality,
) -> None:
    await found(office, BY_BSN)
    each = [await found(office, BY_BSN | {"subjectNaam": name}) for name in ("An", "A")]
    names = [
        {named["subjectNaam"] for named in partij["externeIdentificaties"]}
        for partij in each
    ]
    assert names == [{None, "An"}, {None, "An"}]


async def test_many_who_look_for_one_person_by_other_names_find_one_partij(
    office: Municipality, database: AsyncEngine
) -> None:
    asked = [BY_BOTH, BY_URL] * 4
    answers = await asyncio.gather(*(register(office, each) for each in asked))
    assert [codes(each) for each in answers] == [[]] * 8
    assert {each["partij"]["nummer"] for each in answers} == {"1"}
    assert len(await stored(database, partijen)) == 1


async def test_who_has_not_established_who_it_is_learns_nothing(
    opened: Opened, office: Municipality
) -> None:
    for named in (BY_BSN, BY_URL):
        await found(office, named)
    async with opened(medewerker()) as desk:
        payload = await register(desk, BY_BOTH)
    pad = "identiteitsvaststelling"
    assert codes(payload) == [("identiteit_niet_vastgesteld", pad)]


async def test_what_is_added_names_nobody_else_by_its_url_either(
    office: Municipality,
) -> None:
    await found(office, BY_URL)
    other = await found(office, {"bsn": OTHER_BSN})
    asked = {"id": other["id"], "identificatie": {"overig": RNR} | BY_URL}
    payload = await mutate(office, VOEG_TOE, **asked)
    assert codes(payload) == [("bestaat_al", "identificatie")]


async def test_a_land_counts_where_it_is_given(office: Municipality) -> None:
    belgian = RNR | {"land": "BE"}
    asked = (belgian, RNR, belgian, RNR | {"land": "NL"})
    each = [await found(office, {"overig": named}) for named in asked]
    assert [partij["nummer"] for partij in each] == ["1", "1", "1", "2"]
