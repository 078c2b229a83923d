"""The page that a browser gets, and what it loads."""

import json
import re
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gateway.edge.headers import SecurityHeaders
from gateway.edge.page import Assets, Bearer, Page, examples

pytestmark = pytest.mark.anyio

TEMPLATE = '<title>GraphiQL</title><script type="application/json">{{given}}</script>'
NASTY = Bearer("klant", "</script><!-- Sanne & Zn.", "een.token.hier")


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """GraphiQL, as far as a page knows of it."""
    folder = tmp_path / "explorer"
    folder.mkdir()
    for name, text in {
        "index.html": TEMPLATE,
        "explorer-ABC.js": "1",
        "codicon-ABC.ttf": "2",
        "THIRD-PARTY-LICENSES.txt": "MIT",
        "built-from": "digest",
    }.items():
        (folder / name).write_text(text)
    (tmp_path / "secret.js").write_text("not yours")
    return folder


async def got(
    page: Page, path: str = "/graphql", *, assets: Assets | None = None, host: str = ""
) -> httpx.Response:
    async def answer(_request: Request) -> Response:
        return page.answer()

    routes = [
        Route("/graphql", answer),
        Route("/graphql/static/{name}", (assets or Assets()).answer),
    ]
    app = Starlette(routes=routes, middleware=[Middleware(SecurityHeaders)])
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(
        transport=transport, base_url=f"http://{host or 'localhost'}"
    ) as client:
        return await client.get(path)


def given(answer: httpx.Response) -> dict[str, object]:
    (block,) = re.findall(
        r'<script type="application/json"[^>]*>(.*?)</script>', answer.text, re.DOTALL
    )
    read = json.loads(block)
    assert isinstance(read, dict)
    return read


async def test_where_it_was_built_it_is_graphiql(bundle: Path) -> None:
    answer = await got(Page(bundle=bundle))
    assert "<title>GraphiQL</title>" in answer.text
    assert given(answer) == {"examples": examples(), "callers": []}
    assert answer.headers["cache-control"] == "no-store"


async def test_where_it_was_not_the_small_page_says_how_to_get_it(
    tmp_path: Path,
) -> None:
    answer = await got(Page(bundle=tmp_path / "nowhere"))
    assert "GraphiQL, met documentatie en tabs, komt hier" in answer.text
    assert given(answer) == {"examples": examples(), "callers": []}
    assert "'unsafe-inline'" not in answer.headers["content-security-policy"]


async def test_what_it_is_given_cannot_end_its_script(bundle: Path) -> None:
    answer = await got(Page(lambda: [NASTY], bundle=bundle))
    assert given(answer)["callers"] == [NASTY._asdict()]
    assert "Sanne" in answer.text
    assert answer.text.count("</script>") == 1
    assert "<!--" not in answer.text


async def test_styles_may_stand_in_it_but_no_script_and_nothing_from_elsewhere(
    bundle: Path,
) -> None:
    policy = (await got(Page(bundle=bundle))).headers["content-security-policy"]
    assert dict(each.strip().split(" ", 1) for each in policy.split(";")) == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self' 'unsafe-inline'",
        "connect-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self' data:",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
        "worker-src": "'self'",
    }


@pytest.mark.parametrize("has_bundle", [True, False])
async def test_tokens_are_for_this_machine_only(
    bundle: Path, *, has_bundle: bool
) -> None:
    folder = bundle if has_bundle else bundle / "nowhere"
    page = Page(lambda: [NASTY], bundle=folder)
    answers = [
        await got(page, host=host) for host in ("localhost:8000", "evil.example")
    ]
    assert [each.status_code for each in answers] == [200, 421]
    assert [NASTY.token in each.text for each in answers] == [True, False]


async def test_without_tokens_it_is_for_everybody(bundle: Path) -> None:
    answer = await got(Page(bundle=bundle), host="klantbeeld.voorbeeldstad.example")
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("name", "media_type", "kept"),
    [
        ("explorer-ABC.js", "text/javascript", True),
        ("codicon-ABC.ttf", "font/ttf", True),
        ("THIRD-PARTY-LICENSES.txt", "text/plain", False),
        ("page.js", "text/javascript", False),
    ],
)
async def test_what_it_loads_is_kept_when_its_name_says_what_it_is(
    bundle: Path, name: str, media_type: str, *, kept: bool
) -> None:
    assets = Assets(bundle=bundle)
    answer = await got(Page(bundle=bundle), f"/graphql/static/{name}", assets=assets)
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == media_type
    assert ("immutable" in answer.headers["cache-control"]) == kept


@pytest.mark.parametrize(
    "name",
    ["index.html", "page.html", "built-from", "..%2Fsecret.js", "x.js", "%00", "."],
)
async def test_other_names_are_not_there(bundle: Path, name: str) -> None:
    assets = Assets(bundle=bundle)
    answer = await got(Page(bundle=bundle), f"/graphql/static/{name}", assets=assets)
    assert answer.status_code == 404
