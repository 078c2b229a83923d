import base64
import json
import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware

import gateway.demo
from gateway.demo.issuer import Issuer
from gateway.demo.portal import portal_routes
from gateway.demo.welcome import welcome
from gateway.edge.elsewhere import not_found
from gateway.edge.headers import SecurityHeaders

pytestmark = pytest.mark.anyio

FOLDER = Path(gateway.demo.__file__).parent / "voorbeeld"
PAGES = ("index.html", "inwoner.html", "medewerker.html")
SERVED = sorted(
    str(each.relative_to(FOLDER))
    for each in FOLDER.rglob("*.*")
    if each.suffix != ".png"
)


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    app = Starlette(
        routes=portal_routes(Issuer()),
        middleware=[Middleware(SecurityHeaders)],
        exception_handlers={404: not_found},
    )
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://127.0.0.1:8000"
    ) as made:
        yield made


def claims(token: str) -> dict[str, object]:
    payload = token.split(".")[1]
    read = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    assert isinstance(read, dict)
    return read


async def test_the_portal_begins_at_its_index(client: httpx.AsyncClient) -> None:
    answer = await client.get("/voorbeeld")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.content == (FOLDER / "index.html").read_bytes()


def test_the_demo_says_where_it_is() -> None:
    said = welcome("http://127.0.0.1:8000", Issuer(), {})
    assert "\nhttp://127.0.0.1:8000/voorbeeld\n" in said


@pytest.mark.parametrize("path", SERVED)
async def test_every_file_is_served(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(f"/voorbeeld/{path}")
    assert answer.status_code == 200
    assert answer.content == (FOLDER / path).read_bytes()


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("inwoner.html", "text/html; charset=utf-8"),
        ("voorbeeld.css", "text/css; charset=utf-8"),
        ("render/zaak.js", "text/javascript; charset=utf-8"),
        ("icon.svg", "image/svg+xml"),
    ],
)
async def test_a_browser_is_told_what_it_gets(
    client: httpx.AsyncClient, path: str, media_type: str
) -> None:
    answer = await client.get(f"/voorbeeld/{path}")
    assert answer.headers["content-type"] == media_type


@pytest.mark.parametrize(
    "path",
    [
        "",
        "nothing.html",
        "render",
        "render/",
        "voorbeeld.png",
        "../portal.py",
        "..%2Fportal.py",
        "render/../../portal.py",
        "%2Fetc%2Fpasswd",
    ],
)
async def test_nothing_else_is_served(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(f"/voorbeeld/{path}")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


async def test_those_who_can_log_in_get_a_token(client: httpx.AsyncClient) -> None:
    logins = (await client.get("/voorbeeld/logins.json")).json()
    assert [
        (each["name"], each["who"], each["purpose"], each["actor"]) for each in logins
    ] == [
        ("klant", "Sanne van der Veldt", None, None),
        ("bedrijf", "Stichting Stadsfeest Voorbeeldstad", None, None),
        ("vertegenwoordiger", "Bewindvoering De Ankerplaats", None, None),
        ("medewerker", "Yvonne Tieleman", "klantcontact", "ytie01"),
        ("systeem", "Zaaksysteem", "zaakbehandeling", None),
    ]
    assert [claims(each["token"])["sub"] for each in logins] == [
        "999993653",
        "99990021",
        "99990022",
        "ytie01",
        "zaaksysteem",
    ]


async def test_a_token_is_new_each_time_and_kept_by_nobody(
    client: httpx.AsyncClient,
) -> None:
    answers = [await client.get("/voorbeeld/logins.json") for _ in range(2)]
    assert answers[0].json()[0]["token"] != answers[1].json()[0]["token"]
    assert answers[0].headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["", "/inwoner.html", "/logins.json"])
async def test_only_this_machine_is_answered(
    client: httpx.AsyncClient, path: str
) -> None:
    """A page elsewhere whose name leads to 127.0.0.1 would get the tokens."""
    rebound = {"Host": "rebound.example"}
    answer = await client.get(f"/voorbeeld{path}", headers=rebound)
    assert answer.status_code == 421


@pytest.mark.parametrize("path", SERVED)
def test_nothing_comes_from_elsewhere(path: str) -> None:
    text = (FOLDER / path).read_text(encoding="utf-8")
    assert re.findall(r"(?:https?:)?//[\w-]+\.[\w.]+", text) in (
        [],
        ["http://www.w3.org"],  # the namespace of SVG, which nobody loads
    )


@pytest.mark.parametrize("page", PAGES)
def test_no_script_or_style_stands_in_a_page(page: str) -> None:
    """The policy of the gateway (Content-Security-Policy) would not run it."""
    text = (FOLDER / page).read_text(encoding="utf-8")
    assert re.findall(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", text) == []


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_refers_to_is_there(page: str) -> None:
    text = (FOLDER / page).read_text(encoding="utf-8")
    named = re.findall(r'(?:href|src)="/voorbeeld/([^"]+)"', text)
    assert [each for each in named if each not in SERVED] == []


@pytest.mark.parametrize("path", [each for each in SERVED if each.endswith(".js")])
def test_what_a_module_imports_is_there(path: str) -> None:
    text = (FOLDER / path).read_text(encoding="utf-8")
    named = [
        (FOLDER / path).parent / each for each in re.findall(r'from "([^"]+)"', text)
    ]
    assert [each for each in named if not each.resolve().is_file()] == []
