"""GraphQL over HTTP, on a graph of one field."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated, NoReturn

import httpx
import pytest
import strawberry
from starlette.responses import Response

from gateway.checking.checks import CheckOperation
from gateway.edge.asking.accept import GRAPHQL_JSON
from gateway.edge.body import JSON
from gateway.edge.graphql import encoded
from gateway.errors import Missing, RegisterUnavailable
from gateway.identity.caller import ANONIEM, Caller, Claimed
from tests.edge.answering import answering

pytestmark = pytest.mark.anyio


@strawberry.type
class Query:
    @strawberry.field
    def twice(self, number: int) -> int:
        return 2 * number

    @strawberry.field
    def absent(self) -> int | None:
        raise Missing("not here")

    @strawberry.field
    def down(self) -> int | None:
        raise RegisterUnavailable("zaken", "no answer in time")

    @strawberry.field
    def bug(self) -> int:
        raise ZeroDivisionError

    @strawberry.field
    def said(self, words: Annotated[str, strawberry.argument()]) -> str:
        return words


class EverybodyMay:
    async def caller(self, authorization: str | None, claimed: Claimed) -> Caller:
        assert (authorization, claimed) == (None, Claimed())
        return ANONIEM

    async def aclose(self) -> None:
        """Nothing was opened."""


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    schema = strawberry.Schema(Query, extensions=[CheckOperation])
    async with answering(
        schema,
        door=EverybodyMay(),
        explorer=lambda: Response("a page", media_type="text/html"),
    ) as client:
        yield client


async def test_a_question_is_answered(client: httpx.AsyncClient) -> None:
    query = "query Q($n: Int!) { twice(number: $n) }"
    body = {"query": query, "variables": {"n": 21}, "operationName": "Q"}
    answer = await client.post("/graphql", json=body)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    assert answer.json() == {
        "data": {"twice": 42},
        "extensions": {"klantbeeld": {"complete": True}},
    }


@pytest.mark.parametrize(
    ("field", "code", "complete"),
    [
        ("absent", "NOT_FOUND", True),
        ("down", "REGISTER_UNAVAILABLE", False),
    ],
)
async def test_a_field_that_fails_leaves_the_rest(
    client: httpx.AsyncClient, field: str, code: str, complete: bool
) -> None:
    body = {"query": f"{{ {field} twice(number: 1) }}"}
    answer = await client.post("/graphql", json=body)
    assert answer.status_code == 200
    assert answer.json()["data"] == {field: None, "twice": 2}
    assert answer.json()["errors"][0]["extensions"]["code"] == code
    assert answer.json()["extensions"]["klantbeeld"] == {"complete": complete}


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
async def test_a_bug_takes_its_parents_along_and_is_still_an_answer(
    client: httpx.AsyncClient,
) -> None:
    answer = await client.post("/graphql", json={"query": "{ bug }"})
    assert answer.status_code == 200
    assert answer.json()["data"] is None
    assert answer.json()["errors"][0]["message"] == "Internal error."
    assert "division" not in answer.text


@pytest.mark.parametrize(
    ("query", "variables", "message"),
    [
        ("{ twice(", {}, "Syntax Error: Expected Name, found <EOF>."),
        (
            "{ thrice }",
            {},
            "Cannot query field 'thrice' on type 'Query'. Did you mean 'twice'?",
        ),
        ("query($n: Int!) { twice(number: $n) }", {}, "$n: is required"),
        (
            "query($n: Int!) { twice(number: $n) }",
            {"n": "999993653"},
            "$n: must be a whole number of at most 32 bits",
        ),
    ],
)
async def test_a_question_that_cannot_be_asked_gives_no_data(
    client: httpx.AsyncClient,
    query: str,
    variables: dict[str, object],
    message: str,
) -> None:
    body = {"query": query, "variables": variables}
    answer = await client.post("/graphql", json=body)
    assert answer.status_code == 200
    assert "data" not in answer.json()
    (error,) = answer.json()["errors"]
    assert error["message"] == message
    assert error["extensions"]["code"] == "BAD_INPUT"
    new = {"accept": "application/graphql-response+json"}
    answer = await client.post("/graphql", json=body, headers=new)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == (
        "application/graphql-response+json; charset=utf-8"
    )


@pytest.mark.parametrize(
    "query",
    [
        '{ twice(number: "999993653") }',
        "{ twice(number: 999993653999) }",
        '{ said(words: "999993653" }',
        "{ said(words: 999993653) }",
        '{ "999993653" }',
        "{ x999993653 }",
        "query($b: Int = 999993653999) { twice(number: $b) }",
        "{ said(words: {bsn: 999993653}) }",
        "{ said(999993653) }",
        '{ said(words: """999993653""" 1) }',
    ],
)
async def test_no_message_repeats_a_bsn_that_was_typed_in_a_document(
    client: httpx.AsyncClient, query: str
) -> None:
    answer = await client.post("/graphql", json={"query": query})
    assert answer.json()["errors"]
    assert "999993653" not in answer.text


@pytest.mark.parametrize(("form", "status"), [(JSON, 200), (GRAPHQL_JSON, 400)])
async def test_a_document_without_an_operation_says_so(
    client: httpx.AsyncClient, form: str, status: int
) -> None:
    body = {"query": "fragment F on Query { bug }"}
    answer = await client.post("/graphql", json=body, headers={"accept": form})
    assert answer.status_code == status
    (error,) = answer.json()["errors"]
    assert error["message"].startswith("operationName: must name one of")


@pytest.mark.parametrize("form", [JSON, GRAPHQL_JSON])
async def test_an_answer_in_part_is_an_answer(
    client: httpx.AsyncClient, form: str
) -> None:
    body = {"query": "{ absent down twice(number: 1) }"}
    answer = await client.post("/graphql", json=body, headers={"accept": form})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == f"{form}; charset=utf-8"
    assert answer.json()["data"] == {"absent": None, "down": None, "twice": 2}


@pytest.mark.parametrize(
    ("accept", "status", "message"),
    [
        (
            "application/xml",
            406,
            f"Accept: answers are {GRAPHQL_JSON} or {JSON}, in UTF-8",
        ),
        ("x" * 1001, 431, "Accept: at most 1000 characters"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_what_is_answered_in_no_form_is_not_asked(
    client: httpx.AsyncClient, method: str, accept: str, status: int, message: str
) -> None:
    answer = await client.request(
        method, "/graphql?query={bug}", headers={"accept": accept}
    )
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    assert answer.json() == {
        "errors": [{"message": message, "extensions": {"code": "BAD_INPUT"}}]
    }


@pytest.mark.parametrize("name", [None, "C"])
async def test_two_operations_need_one_name_that_is_theirs(
    client: httpx.AsyncClient, name: str | None
) -> None:
    query = "query A { absent } query B { absent }"
    body = {"query": query, "operationName": name}
    headers = {"accept": "application/graphql-response+json"}
    answer = await client.post("/graphql", json=body, headers=headers)
    assert answer.status_code == 400
    assert "data" not in answer.json()
    assert "operation" in answer.json()["errors"][0]["message"]


@pytest.mark.parametrize(
    ("body", "status", "message"),
    [
        (b"", 400, "body: is not JSON"),
        (b"{", 400, "body: is not JSON"),
        (b"\xff", 400, "body: is not JSON"),
        (b"[]", 400, "body: must be a JSON object; batches are not answered"),
        (b"3", 400, "body: must be a JSON object; batches are not answered"),
        (b"{}", 400, "query: must be there"),
        (b'{"query": null, "variables": {}}', 400, "query: must be there"),
        (b'{"query": ""}', 400, "query: must not be empty"),
        (b'{"query": 3}', 400, "query: must be a text"),
        (b'{"query": "{a}", "variables": "x"}', 400, "variables: must be an object"),
        (b'{"query": "{a}", "operationName": 3}', 400, "operationName: must be a text"),
        (b'{"query": "{a}", "extensions": []}', 400, "extensions: must be an object"),
        (b'{"documentId": 3}', 400, "documentId: must be a text"),
        (b'{"doc_id": 3}', 400, "doc_id: must be a text"),
        (b'{"id": 3}', 400, "id: must be a text"),
        (b'{"query": "' + b"x" * 1000 + b'"}', 413, "body: at most 1000 bytes"),
        (b'{"variables": {"x": ' + b"[" * 900, 400, "body: is not JSON"),
    ],
)
async def test_a_body_that_cannot_be_read_is_refused(
    client: httpx.AsyncClient, body: bytes, status: int, message: str
) -> None:
    headers = {"content-type": "application/json"}
    answer = await client.post("/graphql", content=body, headers=headers)
    assert answer.status_code == status
    assert answer.json()["errors"][0]["message"] == message


async def test_what_nobody_thought_of_is_an_answer_too() -> None:
    def fail(_caller: Caller) -> NoReturn:
        raise ZeroDivisionError("secret")

    async with answering(strawberry.Schema(Query), entering=fail) as client:
        answer = await client.post("/graphql", json={"query": "{ absent }"})
    assert answer.status_code == 500
    (error,) = answer.json()["errors"]
    assert error["extensions"]["code"] == "INTERNAL"
    assert "secret" not in answer.text


@pytest.mark.parametrize("parts", [[], [b'{"query": ', b'"{ twice(']])
async def test_a_body_is_waited_for_until_the_deadline(
    client: httpx.AsyncClient, parts: list[bytes]
) -> None:
    async def slow() -> AsyncIterator[bytes]:
        for part in parts:
            yield part
        await asyncio.Event().wait()

    headers = {"content-type": "application/json", "klantbeeld-deadline": "100"}
    answer = await client.post("/graphql", content=slow(), headers=headers)
    assert (answer.status_code, answer.headers["connection"]) == (408, "close")
    (error,) = answer.json()["errors"]
    assert error == {
        "message": "body: was not there before the deadline of this operation",
        "extensions": {"code": "BAD_INPUT"},
    }


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("Klantbeeld-Purpose", ("inzage", "klantcontact")),
        ("Klantbeeld-Purpose", ("inzage", "inzage")),
        ("Klantbeeld-Capacity", ("persoon", "organisatie")),
        ("Klantbeeld-Deadline", ("1000", "2000")),
    ],
)
async def test_a_header_that_is_there_twice_is_refused_by_name(
    client: httpx.AsyncClient, name: str, values: tuple[str, str]
) -> None:
    headers = [(name, value) for value in values]
    body = {"query": "{ absent }"}
    answer = await client.post("/graphql", json=body, headers=headers)
    assert answer.status_code == 400
    (error,) = answer.json()["errors"]
    assert error == {
        "message": f"{name}: there is more than one",
        "extensions": {"code": "BAD_INPUT"},
    }


@pytest.mark.parametrize(
    ("headers", "message"),
    [
        ({}, "content-type: must be application/json"),
        ({"content-type": ""}, "content-type: must be application/json"),
        ({"content-type": "text/plain"}, "content-type: must be application/json"),
        (
            {"content-type": "application/graphql"},
            "content-type: must be application/json",
        ),
        (
            {"content-type": "application/json; charset=iso-8859-1"},
            "content-type: its charset must be utf-8",
        ),
        (
            {"content-type": "application/json", "content-encoding": "gzip"},
            "content-encoding: there must be none",
        ),
    ],
)
async def test_only_json_is_read(
    client: httpx.AsyncClient, headers: dict[str, str], message: str
) -> None:
    body = b'{"query": "{ absent }"}'
    answer = await client.post("/graphql", content=body, headers=headers)
    assert answer.status_code == 415
    assert answer.json()["errors"][0]["message"] == message


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json",
        "Application/JSON ; charset=UTF-8",
        'application/json;charset="utf-8";profile=x',
    ],
)
async def test_json_is_utf_8_whether_it_says_so_or_not(
    client: httpx.AsyncClient, content_type: str
) -> None:
    body = '{"query": "{ said(words: \\"é\\") }"}'.encode()
    headers = {"content-type": content_type, "content-encoding": "identity"}
    answer = await client.post("/graphql", content=body, headers=headers)
    assert answer.json()["data"] == {"said": "é"}


def test_numbers_of_any_size_are_written() -> None:
    assert encoded({"é": 2**80}) == f'{{"é": {2**80}}}'.encode()


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "QUERY"])
async def test_nothing_is_asked_by_another_method(
    client: httpx.AsyncClient, method: str
) -> None:
    answer = await client.request(method, "/graphql?query={absent}")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, POST")
    assert answer.json() == {
        "errors": [
            {
                "message": "method: must be one of GET, HEAD, POST",
                "extensions": {"code": "BAD_INPUT"},
            }
        ]
    }


@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_a_question_in_an_address_is_answered(
    client: httpx.AsyncClient, method: str
) -> None:
    answer = await client.request(method, "/graphql", params={"query": "{ absent }"})
    posted = await client.post("/graphql", json={"query": "{ absent }"})
    assert (answer.status_code, answer.headers) == (200, posted.headers)
    # The server leaves the body out where HEAD asks, and so does this client.
    assert answer.content == (posted.content if method == "GET" else b"")


CHROME = (
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,"
    "image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7"
)


@pytest.mark.parametrize(
    ("method", "address", "accept", "shown"),
    [
        ("GET", "/graphql", CHROME, "text/html"),
        ("GET", "/graphql?from=a+link", "text/html,*/*", "text/html"),
        ("GET", "/graphql", "application/json, text/html", "application/json"),
        ("GET", "/graphql?query={absent}", CHROME, "application/json"),
        ("GET", "/graphql?documentId=x", CHROME, "application/json"),
        ("GET", '/graphql?extensions={"persistedQuery":{}}', CHROME, JSON),
        ("POST", "/graphql", CHROME, "application/json"),
    ],
)
async def test_a_browser_that_asks_nothing_gets_a_page(
    client: httpx.AsyncClient, method: str, address: str, accept: str, shown: str
) -> None:
    answer = await client.request(method, address, headers={"accept": accept})
    assert answer.headers["content-type"] == f"{shown}; charset=utf-8"
