import json
import logging
import socket
from collections.abc import Iterator
from itertools import chain, repeat
from pathlib import Path

import httpx
import pytest
from starlette.responses import PlainTextResponse

from gateway.demo.addresses import StandinName
from gateway.demo.folder import DemoError
from gateway.demo.servers import (
    PORTS,
    Announced,
    Background,
    Sockets,
    bound,
    close,
    gateway_socket,
    port_of,
    quiet,
    standin_sockets,
)
from tests import rude


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "ports.json"


@pytest.fixture
def taken() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


def test_a_port_is_taken_as_one_of_tcp() -> None:
    with bound(0) as mine:
        mine.listen()
        with socket.create_connection(mine.getsockname()):
            accepted, _ = mine.accept()
            # What asyncio looks at before it switches Nagle's algorithm off.
            assert accepted.proto == socket.IPPROTO_TCP
            accepted.close()


def test_nobody_has_lines_written_by_breaking_the_rules(
    caplog: pytest.LogCaptureFixture,
) -> None:
    logger = logging.getLogger("uvicorn.error")
    logger.addHandler(caplog.handler)  # what uvicorn logs may go nowhere else
    listening = bound(0)
    try:
        with Background(PlainTextResponse("here"), listening):
            told = rude.statuses(port_of(listening))
    finally:
        logger.removeHandler(caplog.handler)
    assert (told, caplog.messages) == ([200, 200, 400], [])


def ports(sockets: Sockets) -> dict[StandinName, int]:
    return {name: port_of(each) for name, each in sockets.items()}


def test_ports_are_chosen_once(file: Path) -> None:
    first = standin_sockets(file)
    chosen = ports(first)
    close(first.values())
    again = standin_sockets(file)
    close(again.values())
    assert ports_kept(file) == chosen
    assert set(chosen) == set(StandinName)
    assert all(port in PORTS for port in chosen.values())


def ports_kept(file: Path) -> dict[str, int]:
    read = json.loads(file.read_text())
    assert isinstance(read, dict)
    return read


def test_a_port_in_use_is_not_chosen(file: Path, taken: socket.socket) -> None:
    tries = chain([port_of(taken)], repeat(0))
    sockets = standin_sockets(file, choose=lambda: next(tries))
    assert port_of(taken) not in ports(sockets).values()
    close(sockets.values())


def test_it_does_not_look_for_a_port_forever(file: Path, taken: socket.socket) -> None:
    with pytest.raises(DemoError, match="no free port"):
        standin_sockets(file, choose=lambda: port_of(taken))
    assert not file.exists()


def test_a_known_port_that_somebody_took_is_said(
    file: Path, taken: socket.socket
) -> None:
    with bound(0) as free:
        other = port_of(free)
    known = {"zaken": other, "documenten": port_of(taken), "objecten": other}
    file.write_text(json.dumps(known))
    message = f"port {port_of(taken)}, where the demo's register documenten belongs"
    with pytest.raises(DemoError, match=message):
        standin_sockets(file)
    bound(other).close()  # the one before it was given back


@pytest.mark.parametrize("text", ["", "{", "[]", '{"zaken": 1}', '{"x": 1}', '"'])
def test_a_file_that_cannot_be_read_is_said(file: Path, text: str) -> None:
    file.write_text(text)
    with pytest.raises(DemoError, match="start over with --fresh"):
        standin_sockets(file)


def test_a_file_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(DemoError, match=r"cannot be written \(No such file"):
        standin_sockets(tmp_path / "absent" / "ports.json")


def test_the_gateway_says_that_its_port_is_taken(taken: socket.socket) -> None:
    port = port_of(taken)
    message = f"port {port} cannot be used \\(Address already in use\\); choose another"
    with pytest.raises(DemoError, match=message):
        gateway_socket(port)


def test_a_port_that_is_left_off_refuses_connections() -> None:
    with gateway_socket(0) as left_off, pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port_of(left_off))).close()


def test_a_server_answers_as_long_as_it_is_needed() -> None:
    listening = bound(0)
    address = f"http://127.0.0.1:{port_of(listening)}/"
    with Background(PlainTextResponse("hier"), listening):
        assert httpx.get(address).text == "hier"
    with pytest.raises(httpx.ConnectError):
        httpx.get(address)


def test_a_server_that_must_end_before_it_starts_is_not_announced() -> None:
    announced: list[str] = []
    config = quiet(PlainTextResponse("hier"))
    server = Announced(config, lambda: announced.append("hier"))
    server.should_exit = True
    server.run(sockets=[bound(0)])
    assert announced == []


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_server_that_does_not_start_is_said() -> None:
    listening = bound(0)
    listening.close()
    server = Background(PlainTextResponse("hier"), listening)
    with pytest.raises(DemoError, match="does not start"), server:
        pass
