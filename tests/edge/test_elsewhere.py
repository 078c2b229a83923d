"""What every answer carries, and what is answered where the graph is not."""

from importlib.metadata import version

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gateway.app import Beside, create_app
from gateway.settings import Settings

pytestmark = pytest.mark.anyio

EVERYWHERE = {
    "api-version": version("klantbeeld"),
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; script-src 'self'; "
    "style-src 'self'; connect-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "referrer-policy": "no-referrer",
    "strict-transport-security": "max-age=31536000",
    "vary": "Accept",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


async def fail(_request: Request) -> Response:
    raise ZeroDivisionError("999993653")


async def own(_request: Request) -> Response:
    return Response(headers={"API-version": "1.0.0-rc1", "Cache-Control": "max-age=1"})


async def asked(
    method: str, path: str, *, host: str = "localhost", explorer: bool = True
) -> httpx.Response:
    settings = {
        "database_url": "postgresql://x@/x",
        "identity": {"development": True},
        "limits": {"explorer": explorer},
        "notificaties_secret": "Bearer een-geheim-van-genoeg-tekens",
    }
    routes = [Route("/fails", fail), Route("/own", own)]
    app = create_app(Settings.model_validate(settings), beside=Beside(routes=routes))
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(
        transport=transport, base_url=f"http://{host}"
    ) as client:
        return await client.request(method, path)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/graphql", 415),
        ("GET", "/graphql", 400),
        ("PUT", "/graphql", 405),
        ("GET", "/", 307),
        ("GET", "/nowhere", 404),
        ("GET", "/graphql/", 404),
        ("GET", "/graphql/static/nothing.js", 404),
        ("GET", "/notificaties", 405),
        ("GET", "/fails", 500),
    ],
)
async def test_every_answer_carries_the_headers(
    method: str, path: str, status: int
) -> None:
    answer = await asked(method, path)
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in EVERYWHERE} == EVERYWHERE


async def test_what_an_answer_says_itself_holds() -> None:
    headers = (await asked("GET", "/own")).headers
    assert headers.get_list("api-version") == ["1.0.0-rc1"]
    assert headers.get_list("cache-control") == ["max-age=1"]
    assert headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/999993653"),
        ("POST", "/999993653"),
        ("GET", "/graphql/999993653"),
        ("POST", "/graphql/999993653"),
        ("GET", "/graphql/static/999993653"),
    ],
)
async def test_where_nothing_is_a_problem_says_so(method: str, path: str) -> None:
    answer = await asked(method, path)
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told.pop("instance").startswith("urn:uuid:")
    assert told == {
        "status": 404,
        "code": "not_found",
        "title": "There is nothing at this address.",
        "detail": "ask the graph at /graphql",
    }


async def test_another_method_is_a_problem_that_names_those_there_are() -> None:
    answer = await asked("DELETE", "/notificaties")
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    assert answer.json()["code"] == "method_not_allowed"


async def test_a_bug_is_a_problem_without_what_it_was_about(
    caplog: pytest.LogCaptureFixture,
) -> None:
    answer = await asked("GET", "/fails")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "error"
    assert "999993653" not in answer.text
    (record,) = caplog.records
    assert answer.json()["instance"] in record.getMessage()
    assert "999993653" not in record.getMessage()


async def test_another_name_of_this_machine_is_told_so_as_by_the_graph() -> None:
    answer = await asked("POST", "/graphql", host="klantbeeld.example")
    assert answer.status_code == 421
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    assert answer.json() == {
        "errors": [
            {
                "message": "this gateway answers on loopback only",
                "extensions": {"code": "FORBIDDEN"},
            }
        ]
    }


async def test_an_address_without_a_path_leads_to_the_page() -> None:
    answer = await asked("GET", "/")
    assert (answer.status_code, answer.headers["location"]) == (307, "graphql")


async def test_without_a_page_it_leads_nowhere() -> None:
    assert (await asked("GET", "/", explorer=False)).status_code == 404


async def test_no_page_elsewhere_may_ask() -> None:
    answer = await asked("OPTIONS", "/graphql")
    assert answer.status_code == 405
    assert [each for each in answer.headers if each.startswith("access-")] == []
