"""Whether everything is there: asked of the stand-ins, and of a real database."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import httpx
import pytest
from pydantic import SecretStr
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.check import Finding, check
from gateway.demo.addresses import StandinName
from gateway.demo.callers import identity_settings
from gateway.demo.issuer import Issuer
from gateway.demo.run import gateway_settings
from gateway.demo.standins.conduct import Conduct
from gateway.demo.standins.documenten import create_documenten
from gateway.demo.standins.objecten import create_objecten
from gateway.demo.standins.server import Asked, Standin
from gateway.demo.standins.zaken import create_zaken
from gateway.settings import RegisterSettings, Settings
from gateway.store.embedded import SUPERUSER, EmbeddedPostgres
from gateway.store.migrate import head
from tests.demo.standins import ADDRESSES, write_fixtures
from tests.keys import KEY
from tests.municipality import Network
from tests.registers.builders import a_register

pytestmark = pytest.mark.anyio

ALL = ("zaken", "catalogi", "documenten", "objecten")
UNASKED = Finding(
    True, "identity: no issuer is configured, so nobody is asked who they are"
)


class Servers(httpx.AsyncBaseTransport):
    """The stand-ins, each at its own port."""

    def __init__(self, standins: Mapping[StandinName, Standin]) -> None:
        self.standins = standins
        self._by_port = {
            urlsplit(ADDRESSES.origin(name)).port: httpx.ASGITransport(standin)
            for name, standin in standins.items()
        }

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.port not in self._by_port:
            raise httpx.ConnectError("refused", request=request)
        return await self._by_port[request.url.port].handle_async_request(request)


@pytest.fixture
def servers(tmp_path: Path) -> Servers:
    few = write_fixtures(tmp_path)
    return Servers(
        {
            StandinName.ZAKEN: create_zaken(few, ADDRESSES),
            StandinName.DOCUMENTEN: create_documenten(few, ADDRESSES),
            StandinName.OBJECTEN: create_objecten(few, ADDRESSES),
        }
    )


def changed(settings: Settings, **values: object) -> Settings:
    """The settings with something else for every register."""
    registers = tuple(
        RegisterSettings.model_validate({**dict(each), **values})
        for each in settings.registers
    )
    return settings.model_copy(update={"registers": registers})


async def test_all_is_well(database_url: str, servers: Servers) -> None:
    findings = await check(gateway_settings(database_url, ADDRESSES), servers)
    assert findings == [
        Finding(True, "settings: valid"),
        Finding(True, f"database: at {head()}"),
        *(Finding(True, f"register {name}: answers") for name in ALL),
        UNASKED,
    ]


async def test_nobodys_data_is_asked_for(database_url: str, servers: Servers) -> None:
    await check(gateway_settings(database_url, ADDRESSES), servers)
    nobody = "00000000-0000-0000-0000-000000000000"
    asked = [
        (one.method, one.path, one.body)
        for standin in servers.standins.values()
        for one in standin.asked
    ]
    assert sorted(asked, key=str) == [
        ("GET", f"/api/v2/objects/{nobody}", None),
        ("GET", f"/catalogi/api/v1/zaaktypen/{nobody}", None),
        (
            "POST",
            "/documenten/api/v1/enkelvoudiginformatieobjecten/_zoek",
            {"uuid__in": []},
        ),
        ("POST", "/zaken/api/v1/zaken/_zoek", {"uuid__in": []}),
    ]


async def test_wrong_credentials_are_noticed(
    database_url: str, servers: Servers
) -> None:
    right = gateway_settings(database_url, ADDRESSES)
    wrong = changed(right, secret="x" * 40, token="x" * 40)
    findings = await check(wrong, servers)
    said = "refuses these credentials"
    assert findings[2:-1] == [
        Finding(False, f"register zaken: {said} (status 403)"),
        Finding(False, f"register catalogi: {said} (status 403)"),
        Finding(False, f"register documenten: {said} (status 403)"),
        Finding(False, f"register objecten: {said} (status 401)"),
    ]


async def test_an_outage_is_one_registers_own(
    database_url: str, servers: Servers
) -> None:
    settings = gateway_settings(database_url, ADDRESSES)
    left = {**servers.standins}
    del left[StandinName.DOCUMENTEN]
    findings = await check(settings, Servers(left))
    assert [each for each in findings if not each.good] == [
        Finding(False, "register documenten: no connection")
    ]


async def test_a_wrong_base_address_is_noticed(
    database_url: str, servers: Servers
) -> None:
    settings = gateway_settings(database_url, ADDRESSES)
    catalogi = settings.registers[1].model_copy(
        update={"base_url": "http://127.0.0.1:8101/catalogus"}
    )
    lost = settings.model_copy(update={"registers": (catalogi,)})
    (_, _, finding, _) = await check(lost, servers)
    assert finding == Finding(False, "register catalogi: status 404 without JSON")


@pytest.mark.parametrize("status", [404, 405])
async def test_a_register_without_zoek_answers_too(
    database_url: str, servers: Servers, tmp_path: Path, status: Literal[404, 405]
) -> None:
    conduct = Conduct(no_zoek=status)
    without = create_zaken(tmp_path, ADDRESSES, conduct=conduct)
    there = {**servers.standins, StandinName.ZAKEN: without}
    findings = await check(gateway_settings(database_url, ADDRESSES), Servers(there))
    assert [each for each in findings if not each.good] == []
    assert [one.method for one in without.asked] == ["POST", "GET", "GET"]


@pytest.mark.parametrize(
    ("status", "body", "finding"),
    [
        (200, [], Finding(True, "register nrc: answers")),
        (
            404,
            {"code": "not_found"},
            Finding(False, "register nrc: it has no kanalen"),
        ),
        (
            403,
            {},
            Finding(False, "register nrc: refuses these credentials (status 403)"),
        ),
        (
            401,
            {},
            Finding(False, "register nrc: refuses these credentials (status 401)"),
        ),
        (412, {}, Finding(False, "register nrc: status 412")),
    ],
)
async def test_the_notificaties_must_have_kanalen(
    status: int, body: object, finding: Finding
) -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(f"{request.method} {request.url}")
        return httpx.Response(status, json=body)

    base = "https://notificaties.voorbeeldstad.example/api/v1"
    register = a_register("notificaties", name="nrc", base_url=base)
    settings = Settings(
        database_url=SecretStr("postgresql://x@127.0.0.1:1/x"), registers=(register,)
    )
    findings = await check(settings, httpx.MockTransport(answer))
    assert findings[2:-1] == [finding]
    assert asked == [f"GET {base}/kanaal"]


async def test_a_gateway_may_have_no_registers(database_url: str) -> None:
    settings = Settings.model_validate({"database_url": database_url})
    (_, _, *findings) = await check(settings)
    assert findings == [Finding(True, "registers: none configured"), UNASKED]


async def test_a_database_that_is_not_there_is_noticed() -> None:
    url = "postgresql://x:geheim@127.0.0.1:1/x"
    (_, finding, *_) = await check(Settings.model_validate({"database_url": url}))
    assert not finding.good
    assert finding.text.startswith("database: no connection to the database")
    assert "geheim" not in finding.text


async def test_a_database_that_was_never_migrated_is_noticed(
    postgres: EmbeddedPostgres,
) -> None:
    url = postgres.url(SUPERUSER, "postgres")
    (_, finding, *_) = await check(Settings.model_validate({"database_url": url}))
    assert finding == Finding(
        False,
        f"database: at nothing, but {head()} is needed; run klantbeeld migrate",
    )


OTHER = "https://andere.voorbeeldstad.example"


def with_issuers(*issuers: Issuer, **values: object) -> Settings:
    """Settings that believe these, with something else for each; one has employees."""
    made = [identity_settings(each.url, KEY) for each in issuers]
    listed = [
        {**one, **values, **({} if each is made[0] else {"kinds": {"x": "bsn"}})}
        for each in made
        if isinstance(each["issuers"], list)
        for one in each["issuers"]
    ]
    return Settings.model_validate(
        {
            "database_url": "postgresql://x@127.0.0.1:1/x",
            "identity": {**made[0], "issuers": listed},
        }
    )


async def test_an_issuers_keys_are_fetched() -> None:
    issuer = Issuer()
    findings = await check(with_issuers(issuer), Network({}, issuer))
    assert findings[3:-1] == [Finding(True, f"issuer {issuer.url}: has keys for ES256")]
    assert list(issuer.standin.asked) == [
        Asked("GET", "/.well-known/openid-configuration"),
        Asked("GET", "/jwks"),
    ]


async def test_an_issuer_without_a_key_that_is_accepted_is_noticed() -> None:
    issuer = Issuer()
    settings = with_issuers(issuer, algorithms=["RS256", "EdDSA"])
    (*_, finding, _) = await check(settings, Network({}, issuer))
    said = f"issuer {issuer.url}: has no key for RS256, EdDSA"
    assert finding == Finding(False, said)


async def test_an_outage_is_one_issuers_own() -> None:
    issuer = Issuer()
    settings = with_issuers(Issuer(OTHER), issuer)
    findings = await check(settings, Network({}, issuer))
    assert findings[3:-1] == [
        Finding(False, f"issuer {OTHER}: no keys (ConnectError)"),
        Finding(True, f"issuer {issuer.url}: has keys for ES256"),
    ]


async def test_what_an_issuer_says_is_not_repeated() -> None:
    said = httpx.Response(500, text="een geheim")
    settings = with_issuers(Issuer(OTHER))
    findings = await check(settings, httpx.MockTransport(lambda _: said))
    assert findings[3:-1] == [Finding(False, f"issuer {OTHER}: status 500")]
    assert all(KEY not in each.text for each in findings)


def trailing(url: str, file: Path) -> Settings:
    """Settings of a gateway that keeps a trail."""
    identity, traces = {"pseudonym_key": KEY}, {"file": file}
    return Settings.model_validate(
        {"database_url": url, "identity": identity, "traces": traces}
    )


async def test_a_trail_that_can_be_kept_is_well(
    database_url: str, tmp_path: Path
) -> None:
    file = tmp_path / "verwerkingen.jsonl"
    findings = await check(trailing(database_url, file))
    assert findings[-2:] == [
        Finding(True, "processing records: can be written"),
        Finding(True, "audit trail: this role can only add to it"),
    ]
    assert not file.exists()


async def test_records_that_cannot_be_written_are_noticed(
    database_url: str, tmp_path: Path
) -> None:
    file = tmp_path / "no folder" / "verwerkingen.jsonl"
    (*_, finding, _) = await check(trailing(database_url, file))
    said = f"processing records: {file} cannot be added to"
    assert finding == Finding(False, said)


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        (
            "GRANT DELETE, TRUNCATE ON inzagen TO klantbeeld",
            "may DELETE, TRUNCATE on inzagen",
        ),
        ("REVOKE INSERT ON inzagen FROM klantbeeld", "may not INSERT on inzagen"),
        ("GRANT UPDATE ON mutaties TO klantbeeld", "may UPDATE on mutaties"),
        (
            "REVOKE INSERT ON inzagen, mutaties FROM klantbeeld",
            "may not INSERT on inzagen and may not INSERT on mutaties",
        ),
    ],
)
async def test_a_role_with_other_rights_on_the_trail_is_noticed(
    owner: AsyncEngine, database_url: str, tmp_path: Path, change: str, wrong: str
) -> None:
    async with owner.begin() as connection:
        await connection.execute(text(change))
    (*_, finding) = await check(trailing(database_url, tmp_path / "x.jsonl"))
    said = f"audit trail: this role {wrong}; run klantbeeld migrate"
    assert finding == Finding(False, said)
