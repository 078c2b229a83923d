"""What one caller may ask, and by which document, over HTTP."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, nullcontext

import httpx
import pytest
import strawberry

from gateway.edge.asking.accept import GRAPHQL_JSON
from gateway.edge.asking.asked import Reading
from gateway.edge.asking.deadlines import Deadlines
from gateway.edge.asking.trusted import TrustedDocuments
from gateway.edge.body import JSON
from gateway.edge.page import Page
from gateway.edge.rates import Rates
from gateway.settings.limits import LimitSettings
from tests.edge.answering import answering

pytestmark = pytest.mark.anyio

QUERY = "query Wait($n: Int!) { waits(n: $n) }"


@strawberry.type
class Query:
    @strawberry.field
    async def waits(self, n: int) -> int:
        for _ in range(n):
            await asyncio.sleep(0)
        return n


def asked(
    *,
    rates: Rates | None = None,
    documents: TrustedDocuments | None = None,
    explorer: bool = True,
) -> AbstractAsyncContextManager[httpx.AsyncClient]:
    return answering(
        strawberry.Schema(Query),
        reading=Reading(Deadlines(5.0, 30.0), documents or TrustedDocuments({}), 1000),
        entering=lambda caller: (
            rates.entering(caller.client) if rates else nullcontext()
        ),
        explorer=Page().answer if explorer else None,
    )


def body(n: int, **more: object) -> dict[str, object]:
    return {"query": QUERY, "variables": {"n": n}, **more}


def refused(message: str, code: str, **more: object) -> dict[str, object]:
    return {"errors": [{"message": message, "extensions": {"code": code, **more}}]}


async def test_who_asks_too_often_is_told_when_to_come_back() -> None:
    settings = LimitSettings(requests_per_minute=6, requests_at_once=2)
    rates = Rates(settings, lambda: 0.0)
    async with asked(rates=rates) as client:
        for _ in range(2):
            assert (await client.post("/graphql", json=body(1))).status_code == 200
        answer = await client.post("/graphql", json=body(1))
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "10")
    assert answer.json() == refused(
        "requests: at most 6 a minute and 2 at once, found 3 at once", "LIMIT_EXCEEDED"
    )


async def test_who_has_too_many_operations_in_flight_is_told_so() -> None:
    rates = Rates(LimitSettings(in_flight_per_caller=2), lambda: 0.0)
    async with asked(rates=rates) as client:
        answers = await asyncio.gather(
            *(client.post("/graphql", json=body(50)) for _ in range(3))
        )
        again = await client.post("/graphql", json=body(1))
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].json() == refused(
        "operations in flight: at most 2, found 3", "LIMIT_EXCEEDED"
    )
    assert again.status_code == 200


async def test_a_body_that_does_not_come_holds_nothing_longer_than_its_deadline() -> (
    None
):
    async def never() -> AsyncIterator[bytes]:
        yield b"{"
        await asyncio.Event().wait()

    rates = Rates(LimitSettings(in_flight_per_caller=1), lambda: 0.0)
    headers = {"content-type": "application/json", "klantbeeld-deadline": "100"}
    async with asked(rates=rates) as client:
        answer = await client.post("/graphql", content=never(), headers=headers)
        again = await client.post("/graphql", json=body(1))
    assert (answer.status_code, again.status_code) == (408, 200)


@pytest.mark.parametrize(
    "named",
    [
        {"documentId": "wait"},
        {"doc_id": "wait"},
        {"id": "wait"},
        {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "wait"}}},
        {"query": QUERY},
    ],
)
async def test_a_trusted_document_is_asked_by_its_name_or_text(
    named: dict[str, object],
) -> None:
    documents = TrustedDocuments({"wait": QUERY}, required=True)
    async with asked(documents=documents) as client:
        answer = await client.post("/graphql", json={**named, "variables": {"n": 2}})
    assert answer.json()["data"] == {"waits": 2}


@pytest.mark.parametrize(
    ("sent", "error"),
    [
        (
            {"query": "{ waits(n: 1) }"},
            refused(
                "query: only trusted documents are answered here",
                "FORBIDDEN",
                needs="documentId",
            ),
        ),
        (
            {"documentId": "nee"},
            refused(
                "documentId: is not the name of a trusted document",
                "BAD_INPUT",
                argument="documentId",
            ),
        ),
        (
            {"extensions": {"persistedQuery": {"sha256Hash": "nee"}}},
            refused(
                "PersistedQueryNotFound",
                "BAD_INPUT",
                argument="extensions.persistedQuery.sha256Hash",
            ),
        ),
    ],
)
async def test_no_other_document_is_answered_where_trusted_ones_are_required(
    sent: dict[str, object], error: dict[str, object]
) -> None:
    documents = TrustedDocuments({"wait": QUERY}, required=True)
    async with asked(documents=documents) as client:
        answer = await client.post("/graphql", json=sent)
    assert answer.status_code == 400
    assert answer.json() == error


@pytest.mark.parametrize(
    ("accept", "status", "message"),
    [
        (
            "text/html",
            406,
            f"Accept: answers are {GRAPHQL_JSON} or {JSON}, in UTF-8",
        ),
        ("text/html,*/*;q=0.8", 400, "query: must be there"),
    ],
)
async def test_without_an_explorer_a_browser_gets_no_page(
    accept: str, status: int, message: str
) -> None:
    async with asked(explorer=False) as client:
        answer = await client.get("/graphql", headers={"accept": accept})
    assert answer.status_code == status
    assert answer.json() == refused(message, "BAD_INPUT")
