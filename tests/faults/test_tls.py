"""Whom a register's client trusts, and as whom it comes."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from anyio.from_thread import BlockingPortal

from gateway.errors import InvalidSettings, RegisterUnavailable
from gateway.registers.wire.http import RegisterClient
from gateway.registers.wire.messages import Answer
from tests.faults.certificates import Authority, Pair, server_context
from tests.faults.conftest import client_at
from tests.faults.scripts import answer
from tests.faults.server import HOST, FaultServer
from tests.registers.builders import a_register

pytestmark = pytest.mark.anyio

ANSWERED = str(Answer(b"{}", ""))
LOST = "register zaken: the connection was lost"
UNTRUSTED = "register zaken: no connection that can be trusted"


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


@contextmanager
def secured(
    portal: BlockingPortal, pair: Pair, *, clients: Path | None = None
) -> Iterator[FaultServer]:
    """A register over TLS."""
    tls = server_context(pair, clients=clients)
    with portal.wrap_async_context_manager(FaultServer(answer(200), tls=tls)) as server:
        yield server


async def outcome(server: FaultServer, **settings: object) -> str:
    """Ask; what came of it."""
    async with client_at(server.origin, **settings) as client:
        try:
            return str(await client.get("/x"))
        except RegisterUnavailable as error:
            return str(error)


async def test_who_is_vouched_for_by_nobody_we_know_gets_nothing(
    portal: BlockingPortal, authority: Authority
) -> None:
    with secured(portal, authority.pair("server")) as server:
        assert await outcome(server) == UNTRUSTED
    assert server.received == []


async def test_who_is_vouched_for_by_the_ca_bundle_is_asked(
    portal: BlockingPortal, authority: Authority
) -> None:
    with secured(portal, authority.pair("server")) as server:
        assert await outcome(server, ca_bundle=authority.bundle) == ANSWERED
    assert [each.path for each in server.received] == ["/api/x"]


@pytest.mark.parametrize(
    ("case", "host", "days"),
    [("another's name", "127.0.0.2", 1), ("past its end", HOST, -1)],
)
async def test_a_certificate_must_be_the_servers_own_and_valid(
    case: str, host: str, days: int, portal: BlockingPortal, authority: Authority
) -> None:
    pair = authority.pair("server", host=host, days=days)
    with secured(portal, pair) as server:
        assert await outcome(server, ca_bundle=authority.bundle) == UNTRUSTED, case
    assert server.received == []


async def test_another_authority_does_not_do(
    portal: BlockingPortal, authority: Authority, tmp_path: Path
) -> None:
    other = Authority(tmp_path, "other")
    with secured(portal, authority.pair("server")) as server:
        assert await outcome(server, ca_bundle=other.bundle) == UNTRUSTED
    assert server.received == []


async def test_a_client_certificate_lets_us_in(
    portal: BlockingPortal, authority: Authority
) -> None:
    mine = authority.pair("klantbeeld")
    server_pair = authority.pair("server")
    with secured(portal, server_pair, clients=authority.bundle) as server:
        given = await outcome(
            server,
            ca_bundle=authority.bundle,
            client_certificate=mine.certificate,
            client_key=mine.key,
        )
    assert given == ANSWERED


async def test_certificate_and_key_may_stand_in_one_file(
    portal: BlockingPortal, authority: Authority, tmp_path: Path
) -> None:
    mine = authority.pair("klantbeeld")
    both = tmp_path / "both.pem"
    both.write_bytes(mine.certificate.read_bytes() + mine.key.read_bytes())
    server_pair = authority.pair("server")
    with secured(portal, server_pair, clients=authority.bundle) as server:
        given = await outcome(
            server, ca_bundle=authority.bundle, client_certificate=both
        )
    assert given == ANSWERED


async def test_without_a_client_certificate_we_are_not_let_in(
    portal: BlockingPortal, authority: Authority
) -> None:
    server_pair = authority.pair("server")
    with secured(portal, server_pair, clients=authority.bundle) as server:
        given = await outcome(server, ca_bundle=authority.bundle)
    assert (given, server.received) == (LOST, [])


async def test_a_handshake_that_does_not_come_ends_in_time(
    server: FaultServer,
) -> None:
    async with client_at(server.origin.replace("http:", "https:")) as client:
        with pytest.raises(RegisterUnavailable) as error:
            await client.get("/x")
    assert str(error.value) == "register zaken: no connection in time"
    assert server.received == []


def test_a_key_with_a_password_is_told_at_the_start(
    authority: Authority,
) -> None:
    mine = authority.pair("klantbeeld", password=b"wachtwoord")
    settings = a_register(
        "zaken",
        name=None,
        base_url=None,
        client_certificate=mine.certificate,
        client_key=mine.key,
    )
    with pytest.raises(InvalidSettings, match="cannot be used"):
        RegisterClient(settings)


def test_a_certificate_that_is_none_is_told_at_the_start(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.pem"
    wrong.write_text("geen certificaat")
    for setting in ("ca_bundle", "client_certificate"):
        settings = a_register("zaken", name=None, base_url=None, **{setting: wrong})
        with pytest.raises(InvalidSettings) as error:
            RegisterClient(settings)
        assert error.value.problems == (
            "register zaken: a certificate or key cannot be used",
        )
