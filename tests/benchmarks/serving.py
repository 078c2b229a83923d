"""Gateways as they are served, each in a process of its own, and who asks them.

`klantbeeld serve` with one process, on an embedded PostgreSQL with the demo's
municipality and stand-in registers in a process of their own; a klant who is logged in,
with rules, audit trail and processing records. What registers answered is remembered for
an hour, so that they are warm.
"""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import SecretStr

from gateway.demo.addresses import Addresses
from gateway.demo.callers import KLANT, identity_settings
from gateway.demo.issuer import Issuer
from gateway.demo.run import gateway_settings
from gateway.demo.servers import HOST, Background, bound, port_of
from gateway.settings import PREFIX
from gateway.store.embedded import EmbeddedPostgres
from tests.benchmarks.measuring import a_folder
from tests.benchmarks.page import fill
from tests.benchmarks.standins import Running
from tests.municipality import MIJN_KLANTBEELD, ROOT

KEY = "a key that is only for measuring"
SERVE = ("gateway", "serve", "--port", "0")
_HOUR = 3600
_WARM = {
    f"{what}_seconds": _HOUR for what in ("zaken", "documenten", "objecten", "absent")
}


@dataclass(frozen=True)
class Municipality:
    """What gateways are served for.

    Attributes:
        url: of the database.
        addresses: of the stand-in registers.
        issuer: of tokens; it is served too.
        folder: for processing records.
    """

    url: str
    addresses: Addresses
    issuer: Issuer
    folder: Path

    def environment(self, name: str) -> dict[str, str]:
        """Say as a gateway's settings what it is served for."""
        settings = gateway_settings(
            self.url,
            self.addresses,
            identity=identity_settings(self.issuer.url, KEY),
            limits={"requests_per_minute": 10**6, "requests_at_once": 10**6},
            traces={"file": self.folder / f"{name}.jsonl"},
            cache=_WARM,
        )
        chosen = settings.model_dump(exclude_defaults=True)
        return {
            f"{PREFIX}{key.upper()}": value if isinstance(value, str) else _json(value)
            for key, value in json.loads(_json(chosen)).items()
        }

    def headers(self) -> dict[str, str]:
        """Give what a klant says of themselves."""
        return {"Authorization": f"Bearer {self.issuer.mint(KLANT.claims)}"}


def _json(value: object) -> str:
    return json.dumps(value, default=_plain)


def _plain(value: object) -> object:
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    if isinstance(value, tuple | frozenset):
        return list(value)
    return str(value)


@contextmanager
def issuing() -> Iterator[Issuer]:
    """Serve an issuer of tokens, on a thread: it is asked once."""
    listening = bound(0)
    issuer = Issuer(f"http://{HOST}:{port_of(listening)}")
    with Background(issuer.standin, listening):
        yield issuer


def for_measuring(
    postgres: EmbeddedPostgres, standins: Running, stack: ExitStack
) -> Municipality:
    """Fill a database, and serve an issuer, for as long as the stack lasts."""
    url = asyncio.run(fill(postgres, standins.addresses))
    folder = stack.enter_context(a_folder())
    issuer = stack.enter_context(issuing())
    return Municipality(url, standins.addresses, issuer, folder)


@dataclass
class Gateway:
    """One that is served.

    Attributes:
        port: where.
        pid: of its process.
    """

    port: int
    pid: int

    def cpu(self) -> float:
        """Give the seconds of CPU that its process has had, all threads together."""
        threads = Path(f"/proc/{self.pid}/task").glob("*/schedstat")
        return sum(int(each.read_text().split()[0]) for each in threads) / 1e9


@contextmanager
def served(
    municipality: Municipality,
    name: str,
    *,
    command: Sequence[str] = SERVE,
    **more: str,
) -> Iterator[Gateway]:
    """Serve a gateway; it ends with the context.

    Args:
        municipality: whose.
        name: of what it writes.
        command: the module and its arguments; it tells its address first.
        more: other settings, by their names.
    """
    environment = {
        **{key: each for key, each in os.environ.items() if not key.startswith(PREFIX)},
        **municipality.environment(name),
        **{f"{PREFIX}{key.upper()}": value for key, value in more.items()},
    }
    with subprocess.Popen(  # noqa: S603 - our own arguments
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=(municipality.folder / f"{name}.log").open("w"),
        text=True,
    ) as process:
        assert process.stdout is not None
        address = process.stdout.readline()
        if not address:
            told = (municipality.folder / f"{name}.log").read_text()
            raise RuntimeError(f"the gateway does not start: {told}")
        port = int(address.rpartition(":")[2].partition("/")[0])
        try:
            yield Gateway(port, process.pid)
        finally:
            process.send_signal(signal.SIGINT)  # as Ctrl-C: it ends of itself


@dataclass
class Connection:
    """To a gateway, kept open; as little work as can be, for it shares the machine.

    Attributes:
        bodies: of the answers that it was given.
    """

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    head: bytes
    bodies: list[bytes] = field(default_factory=list)

    @classmethod
    async def open(cls, port: int, headers: Mapping[str, str]) -> "Connection":
        reader, writer = await _connected(port)
        lines = [
            "POST /graphql HTTP/1.1",
            f"Host: {HOST}:{port}",
            "Content-Type: application/json",
            *(f"{name}: {value}" for name, value in headers.items()),
        ]
        return cls(reader, writer, "\r\n".join(lines).encode())

    async def ask(self, body: bytes) -> bytes:
        """Ask one thing; whatever is no 200, is a mistake."""
        length = f"\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        self.writer.write(self.head + length + body)
        head = (await self.reader.readuntil(b"\r\n\r\n")).lower()
        status, _, rest = head.partition(b"\r\n")
        size = int(rest.partition(b"content-length:")[2].partition(b"\r\n")[0])
        answer = await self.reader.readexactly(size)
        if b" 200 " not in status:
            raise RuntimeError(f"{status!r} {answer[:500]!r}")
        return answer

    async def ask_all(self, bodies: Sequence[bytes]) -> None:
        """Ask many, one after the other."""
        for body in bodies:
            self.bodies.append(await self.ask(body))

    async def aclose(self) -> None:
        """Close it; one that nobody uses for five seconds, the gateway closes."""
        self.writer.close()
        await self.writer.wait_closed()


async def _connected(
    port: int,
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Connect; its address is told a little before it listens."""
    for _ in range(300):
        try:
            return await asyncio.open_connection(HOST, port)
        except ConnectionRefusedError:
            await asyncio.sleep(0.1)
    raise RuntimeError("the gateway does not start")


def question(*, unlike: int | None = None) -> bytes:
    """Ask for the page.

    Args:
        unlike: in a document that nobody asked before, by this number.
    """
    mark = "" if unlike is None else f"# {unlike}\n"
    body = {"query": mark + MIJN_KLANTBEELD, "variables": {"first": 50}}
    return json.dumps(body).encode()
