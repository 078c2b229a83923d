"""What the Objects API shows of an object, and on which day."""

import pytest

from tests.demo.standins import Client, params, result, uuids
from tests.registers.builders import uuid

pytestmark = pytest.mark.anyio

OBJECT = f"/objects/{uuid(1)}"


async def test_only_the_parts_asked_for_are_shown(objecten: Client) -> None:
    fields = "uuid,record__data__boomId, record__index"
    single = await objecten("GET", f"{OBJECT}?fields={fields}")
    assert single.body == {
        "uuid": uuid(1),
        "record": {"data": {"boomId": "B-1"}, "index": 1},
    }
    listed = await objecten("GET", "/objects?fields=uuid")
    assert listed.body["results"] == [{"uuid": uuid(2)}, {"uuid": uuid(1)}]


@pytest.mark.parametrize("field", ["nope", "record__data__nope", "uuid__nope"])
@pytest.mark.parametrize("path", [OBJECT, "/objects"])
async def test_a_part_that_is_not_there_is_refused(
    objecten: Client, path: str, field: str
) -> None:
    answer = await objecten("GET", f"{path}?fields={field}")
    assert answer.status == 400
    assert params(answer, "invalid_params") == [("nonFieldErrors", "invalid")]
    assert "has invalid or unauthorized values: 'nope'" in answer.text


async def test_a_search_shows_all_parts_whatever_is_asked(objecten: Client) -> None:
    found = await objecten("POST", "/objects/search", {"fields": "uuid"})
    assert result(found) == (await objecten("GET", f"/objects/{uuid(2)}")).body


@pytest.mark.parametrize(
    ("day", "status", "found"),
    [("2020-01-01", 404, []), ("2026-03-02", 200, [uuid(2), uuid(1)])],
)
async def test_an_object_is_there_from_its_start(
    objecten: Client, day: str, status: int, found: list[str]
) -> None:
    assert (await objecten("GET", f"{OBJECT}?date={day}")).status == status
    assert uuids(await objecten("GET", f"/objects?date={day}")) == found
    assert uuids(await objecten("POST", "/objects/search", {"date": day})) == found


async def test_in_the_query_of_a_search_data_attr_is_ignored(objecten: Client) -> None:
    path = "/objects/search?data_attr=boomId__exact__B-1"
    assert len(uuids(await objecten("POST", path, {}))) == 2


async def test_all_expressions_must_hold(objecten: Client) -> None:
    one, other = "boomId__exact__B-1", "plantjaar__exact__1961"
    both = f"/objects?data_attr={one}&data_attr={other}"
    assert uuids(await objecten("GET", both)) == []
