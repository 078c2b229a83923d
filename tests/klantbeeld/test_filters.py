"""Each filter, through the graph: exact numbers of the demo municipality."""

from typing import cast

import pytest

from tests.klantbeeld.conftest import Municipality
from tests.municipality import BENCH_BSN

pytestmark = pytest.mark.anyio

QUERY = """
  query ($f: KlantcontactFilter) { klantcontacten(filter: $f, first: 100) {
    totalCount nodes { nummer } pageInfo { hasNextPage } } }
"""
ZAKEN = "https://zaken.voorbeeldstad.example/zaken/api/v1/zaken"


async def found(municipality: Municipality, asked: object) -> tuple[int, list[str]]:
    result = await municipality.ask(QUERY, f=asked)
    assert "errors" not in result
    page = cast("dict[str, dict[str, object]]", result["data"])["klantcontacten"]
    nodes = cast("list[dict[str, str]]", page["nodes"])
    total = cast("int", page["totalCount"])
    assert len(nodes) == min(total, 100)
    return total, [node["nummer"] for node in nodes]


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        (None, 150),
        ({}, 150),
        ({"richting": "inkomend"}, 87),
        ({"richting": "uitgaand"}, 63),
        ({"kanalen": ["telefoon"]}, 40),
        ({"kanalen": ["telefoon", "telefoon"]}, 40),
        ({"vertrouwelijk": True}, 10),
        ({"vertrouwelijk": False}, 140),
        ({"identificatie": {"bsn": BENCH_BSN}}, 60),
        ({"identificatie": {"bsn": BENCH_BSN}, "richting": None}, 60),
        ({"identificatie": {"rsin": BENCH_BSN}}, 0),
        ({"nummer": "5150"}, 1),
        ({"nummer": "1"}, 0),
        ({"tekst": "paspoorten -rijbewijs", "kanalen": ["nergens"]}, 0),
    ],
)
async def test_a_filter_finds_what_it_says(
    municipality: Municipality, asked: object, number: int
) -> None:
    total, _ = await found(municipality, asked)
    assert total == number


async def test_a_period_is_open_at_its_end(municipality: Municipality) -> None:
    moment = "2026-10-05T07:00:00Z"  # of the newest
    assert (await found(municipality, {"periode": {"van": moment}}))[1] == ["5150"]
    assert (await found(municipality, {"periode": {"tot": moment}}))[0] == 149
    later = {"periode": {"van": "2026-10-05T09:00:00+02:00", "tot": None}}
    assert (await found(municipality, later))[1] == ["5150"]


async def test_a_zaak_is_found_by_its_url_also_where_it_stands_in_four_parts(
    municipality: Municipality,
) -> None:
    url = f"{ZAKEN}/f650df9b-b7e1-5fba-9825-187f631195dc"
    _, numbers = await found(municipality, {"onderwerpUrl": url})
    assert set(numbers) >= {"5122", "5145"}
    other = "https://elders.example/zaken/f650df9b-b7e1-5fba-9825-187f631195dc"
    assert await found(municipality, {"onderwerpUrl": other}) == (0, [])


@pytest.mark.parametrize(
    ("field", "number"),
    [
        ("actoren", 13),
        ("actoren(filter: {soortActor: medewerker, indicatieActief: false})", 1),
        ('actoren(filter: {naam: "chatbot"})', 1),
        ("interneTaken", 43),
        ("interneTaken(filter: {status: te_verwerken})", 8),
        ("interneTaken(filter: {status: verwerkt})", 35),
        ('interneTaken(filter: {nummer: "7032"})', 1),
        ('partijen(filter: {nummer: "1001"})', 1),
        ('partijen(filter: {nummer: "1001", soortPartij: organisatie})', 0),
    ],
)
async def test_other_lists_are_counted_right(
    municipality: Municipality, field: str, number: int
) -> None:
    result = await municipality.ask(f"{{ asked: {field} {{ totalCount }} }}")
    assert result["data"] == {"asked": {"totalCount": number}}
