"""A gateway's four registers, each on a port of its own, and a stranger.

Behind each stands the stand-in of its kind, with the demo's data; any of them can be told
to play something else.
"""

from collections import Counter
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager

import httpx
from anyio.from_thread import BlockingPortal

from gateway.demo.addresses import CANONICAL, PLACES, Addresses, StandinName
from gateway.demo.standins.credentials import CLIENT_ID, SECRET, TOKEN
from gateway.demo.standins.documenten import create_documenten
from gateway.demo.standins.objecten import create_objecten
from gateway.demo.standins.server import Standin
from gateway.demo.standins.zaken import create_zaken
from gateway.settings import RegisterKind, Settings
from tests.faults.scripts import answer
from tests.faults.server import FaultServer, Received, Script
from tests.municipality import FIXTURES

Bases = dict[RegisterKind, str]

# httpx sets these itself, for the request that it makes of this.
_OURS = {"host", "content-length", "connection"}


def standins() -> Mapping[StandinName, Standin]:
    """The stand-ins, that call themselves by their canonical names."""
    addresses = Addresses()
    return {
        StandinName.ZAKEN: create_zaken(FIXTURES, addresses),
        StandinName.DOCUMENTEN: create_documenten(FIXTURES, addresses),
        StandinName.OBJECTEN: create_objecten(FIXTURES, addresses),
    }


def proper(standin: Standin, origin: str, rename: Callable[[bytes], bytes]) -> Script:
    """Answer as a stand-in does.

    Args:
        standin: what answers.
        origin: the name it is asked by.
        rename: changes the body.
    """
    transport = httpx.ASGITransport(standin)

    async def play(request: Received) -> AsyncGenerator[bytes, None]:
        headers = {
            name: value for name, value in request.headers.items() if name not in _OURS
        }
        asked = httpx.Request(
            request.method,
            f"{origin}{request.path}",
            headers=headers,
            content=request.body,
        )
        got = await transport.handle_async_request(asked)
        body = rename(await got.aread())
        fields = dict(got.headers) | {"content-length": str(len(body))}
        lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        yield f"HTTP/1.1 {got.status_code} -\r\n{lines}\r\n".encode() + body

    return play


class Scene:
    """What one test can be played on.

    Attributes:
        servers: of the registers, by kind.
        stranger: a server that is nobody's register, and would answer.
        bases: where the gateway is told that each register is, and how the registers
            name each other in their answers.
    """

    def __init__(
        self, servers: Mapping[RegisterKind, FaultServer], stranger: FaultServer
    ) -> None:
        self.servers = servers
        self.stranger = stranger
        self.bases: Bases = {}
        self._standins = standins()
        self.reset()

    def reset(self) -> None:
        """Begin anew: all are well, and nothing was asked."""
        for kind, server in self.servers.items():
            self.bases[kind] = f"{server.origin}{PLACES[kind][1]}"
            server.script = self.proper(kind)
            server.received.clear()
        self.stranger.received.clear()
        self.stranger.connections = 0

    def proper(
        self, kind: RegisterKind, change: Callable[[bytes], bytes] = bytes
    ) -> Script:
        """Answer as a register of this kind does.

        Args:
            kind: of the register.
            change: made to every body, in which addresses are still canonical.
        """
        name = PLACES[kind][0]
        return proper(
            self._standins[name],
            CANONICAL[name],
            lambda body: self._named(change(body)),
        )

    def counted(self, kind: RegisterKind) -> Counter[str]:
        """How often each resource of a register was asked; uuids are left out."""
        path = PLACES[kind][1]
        return Counter(
            f"{each.method} {_resource(each.path.removeprefix(path))}"
            for each in self.servers[kind].received
        )

    def settings(self, database_url: str, limits: Mapping[str, object]) -> Settings:
        """Configure a gateway for these.

        Args:
            database_url: of its store.
            limits: settings of every register.
        """
        known_by = {"client_id": CLIENT_ID, "secret": SECRET}
        return Settings.model_validate(
            {
                "database_url": database_url,
                "database_pool_size": 2,
                "identity": {"development": True},
                "registers": [
                    {
                        "name": kind,
                        "kind": kind,
                        "base_url": base,
                        **({"token": TOKEN} if kind == "objecten" else known_by),
                        **limits,
                    }
                    for kind, base in self.bases.items()
                ],
            }
        )

    def _named(self, body: bytes) -> bytes:
        for kind, base in self.bases.items():
            body = body.replace(f"{canonical(kind)}/".encode(), f"{base}/".encode())
        return body


def canonical(kind: RegisterKind) -> str:
    """The base address of a register, as the fixtures have it."""
    name, path = PLACES[kind]
    return f"{CANONICAL[name]}{path}"


def _resource(path: str) -> str:
    head, _, last = path.partition("?")[0].rpartition("/")
    return f"{head}/{last if last == '_zoek' else '…'}"


@contextmanager
def on_stage(portal: BlockingPortal) -> Iterator[Scene]:
    """Start all servers; they end with the context."""
    with ExitStack() as stack:

        def started() -> FaultServer:
            server = FaultServer(answer(200))
            return stack.enter_context(portal.wrap_async_context_manager(server))

        yield Scene({kind: started() for kind in PLACES}, started())
