"""The header that asks what an answer costs."""

from contextlib import AbstractAsyncContextManager

import httpx
import pytest
import strawberry

from gateway.edge.asking.asked import Reading
from gateway.edge.asking.costs import Costs
from gateway.edge.asking.deadlines import Deadlines
from gateway.edge.asking.trusted import TrustedDocuments
from tests.edge.answering import answering

pytestmark = pytest.mark.anyio

Headers = list[tuple[str, str]]


@strawberry.type
class Query:
    @strawberry.field
    def hallo(self) -> str:
        return "hallo"


def asked(*, told: bool) -> AbstractAsyncContextManager[httpx.AsyncClient]:
    reading = Reading(
        Deadlines(5.0, 30.0), TrustedDocuments({}), 1000, Costs(told=told)
    )
    return answering(strawberry.Schema(Query), reading=reading)


async def ask(
    client: httpx.AsyncClient, headers: Headers, query: str = "{ hallo }"
) -> httpx.Response:
    return await client.post("/graphql", json={"query": query}, headers=headers)


async def test_who_asks_is_told_what_the_answer_cost() -> None:
    async with asked(told=True) as client:
        answer = await ask(client, [("Klantbeeld-Cost", "true")])
    cost = answer.json()["extensions"]["klantbeeld"]["cost"]
    took = cost.pop("milliseconds"), cost.pop("cpuMilliseconds")
    assert [type(each) for each in took] == [float, float]
    assert cost == {"statements": 0, "requests": {}, "remembered": 0}


@pytest.mark.parametrize("headers", [[], [("Klantbeeld-Cost", "false")]])
async def test_who_does_not_ask_is_not_told(headers: Headers) -> None:
    async with asked(told=True) as client:
        answer = await ask(client, headers)
    assert answer.json()["extensions"] == {"klantbeeld": {"complete": True}}


@pytest.mark.parametrize("said", ["", "1", "yes", "True", "true, true"])
async def test_what_is_neither_yes_nor_no_is_refused(said: str) -> None:
    async with asked(told=True) as client:
        answer = await ask(client, [("Klantbeeld-Cost", said)])
    rule = "Klantbeeld-Cost: must be true or false"
    refused = {"message": rule, "extensions": {"code": "BAD_INPUT"}}
    assert (answer.status_code, answer.json()) == (400, {"errors": [refused]})


async def test_a_header_that_is_there_twice_is_refused() -> None:
    async with asked(told=True) as client:
        answer = await ask(client, [("Klantbeeld-Cost", "true")] * 2)
    rule = "Klantbeeld-Cost: there is more than one"
    refused = {"message": rule, "extensions": {"code": "BAD_INPUT"}}
    assert (answer.status_code, answer.json()) == (400, {"errors": [refused]})


@pytest.mark.parametrize("said", ["true", "yes"])
async def test_where_nobody_is_told_the_header_means_nothing(said: str) -> None:
    async with asked(told=False) as client:
        answer = await ask(client, [("Klantbeeld-Cost", said)] * 2)
    told = {"klantbeeld": {"complete": True}}
    assert answer.json() == {"data": {"hallo": "hallo"}, "extensions": told}


async def test_what_was_not_executed_tells_no_cost() -> None:
    async with asked(told=True) as client:
        answer = await ask(client, [("Klantbeeld-Cost", "true")], "{ tot ziens }")
    assert answer.json().keys() == {"errors"}
