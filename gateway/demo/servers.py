"""Sockets on loopback, and the servers behind them."""

import json
import random
import socket
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import msgspec
import uvicorn
from starlette.types import ASGIApp

from gateway.demo.addresses import StandinName
from gateway.demo.folder import DemoError

HOST = "127.0.0.1"

# Below the ports that systems lend to outgoing connections: those come and go.
PORTS = range(20_000, 30_000)
_ATTEMPTS = 100
_PATIENCE = 10.0

Sockets = Mapping[StandinName, socket.socket]


def bound(port: int) -> socket.socket:
    """Take a port on loopback; 0 for any.

    Raises:
        OSError: somebody else has it, or it is not for us.
    """
    # Told to be TCP, or asyncio does not switch Nagle's algorithm off: an answer that is
    # written in two parts would wait 40 ms in between.
    taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        # Not kept by what is still closing; a port somebody listens on stays theirs.
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind((HOST, port))
    except OSError:
        taken.close()
        raise
    return taken


def gateway_socket(port: int) -> socket.socket:
    """Take the gateway's port.

    Raises:
        DemoError: it cannot be had.
    """
    try:
        return bound(port)
    except OSError as error:
        raise DemoError(
            f"port {port} cannot be used ({error.strerror}); choose another with"
            " --port, or any free one with --port 0"
        ) from None


def standin_sockets(file: Path, *, choose: Callable[[], int] | None = None) -> Sockets:
    """Take the stand-ins' ports: those in the file, or free ones that it then keeps.

    Args:
        file: JSON, the port by the stand-in's name.
        choose: gives a port to try; default: any of `PORTS`.

    Raises:
        DemoError: the file cannot be read or written, or a port is somebody else's.
    """
    if file.exists():
        return _known(file)
    sockets = {name: _free(choose or _any_port) for name in StandinName}
    ports = {name: port_of(taken) for name, taken in sockets.items()}
    new = file.with_suffix(".new")
    try:
        new.write_text(json.dumps(ports), encoding="utf-8")
        new.replace(file)
    except OSError as error:
        close(sockets.values())
        raise DemoError(f"{file} cannot be written ({error.strerror})") from None
    return sockets


def _known(file: Path) -> Sockets:
    taken: dict[StandinName, socket.socket] = {}
    for name, port in _read(file).items():
        try:
            taken[name] = bound(port)
        except OSError as error:
            close(taken.values())
            raise DemoError(
                f"port {port}, where the demo's register {name} belongs, cannot be used"
                f" ({error.strerror}); end what uses it, or start over with --fresh"
            ) from None
    return taken


def _read(file: Path) -> dict[StandinName, int]:
    try:
        ports = msgspec.json.decode(file.read_bytes(), type=dict[StandinName, int])
    except (OSError, msgspec.DecodeError):
        ports = {}
    if set(ports) != set(StandinName):
        raise DemoError(f"{file} cannot be read; start over with --fresh")
    return ports


def _free(choose: Callable[[], int]) -> socket.socket:
    for _ in range(_ATTEMPTS):
        try:
            return bound(choose())
        except OSError:
            continue
    raise DemoError(f"no free port was found on {HOST}")


def _any_port() -> int:
    return random.choice(PORTS)  # noqa: S311 - no secret


def port_of(taken: socket.socket) -> int:
    """Say which port a socket has."""
    port: int = taken.getsockname()[1]
    return port


def close(sockets: Iterable[socket.socket]) -> None:
    """Give the ports back."""
    for each in sockets:
        each.close()


def quiet(app: ASGIApp, *, lifespan: bool = False) -> uvicorn.Config:
    """Configure a server that says nothing but what goes wrong.

    Args:
        app: what answers.
        lifespan: whether it has something to open and close.
    """
    return uvicorn.Config(
        app,
        lifespan="on" if lifespan else "off",
        log_config=None,
        log_level="error",  # it warns of what anybody can send
        access_log=False,
        ws="none",
        server_header=False,
        timeout_graceful_shutdown=3,
    )


class Announced(uvicorn.Server):
    """A server that tells when it answers."""

    def __init__(self, config: uvicorn.Config, announce: Callable[[], None]) -> None:
        """Take what to serve.

        Args:
            config: of the server.
            announce: called once.
        """
        super().__init__(config)
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and tell."""
        await super().startup(sockets)
        if not self.should_exit:
            self._announce()


class Background:
    """A server on a thread of its own, that ends with the context."""

    def __init__(self, app: ASGIApp, listening: socket.socket) -> None:
        """Take what to serve.

        Args:
            app: what answers.
            listening: bound; closed with the server.
        """
        self._server = uvicorn.Server(quiet(app))
        self._socket = listening
        self._thread = threading.Thread(target=self._run, daemon=True)

    def _run(self) -> None:
        self._server.run(sockets=[self._socket])

    def __enter__(self) -> None:
        """Start, and wait until it answers.

        Raises:
            DemoError: it does not.
        """
        self._thread.start()
        deadline = time.monotonic() + _PATIENCE
        while not self._server.started:
            if not self._thread.is_alive() or time.monotonic() > deadline:
                raise DemoError("a stand-in does not start")
            time.sleep(0.005)  # uvicorn has no event for "started"

    def __exit__(self, *_error: object) -> None:
        """End it."""
        self._server.should_exit = True
        self._thread.join(_PATIENCE)
