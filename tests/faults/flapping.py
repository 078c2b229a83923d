"""Registers of which one flaps, in a process of their own.

    python -m tests.faults.flapping

prints the port of each stand-in, then lets the one of zaken be well, slow and dead in turn,
until its input ends. What it answers can be told by its age: the `omschrijving` of a zaak
is the moment at which it was sent, in monotonic seconds.
"""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import AsyncGenerator, Iterator
from contextlib import AsyncExitStack, contextmanager, suppress
from itertools import cycle

from gateway.demo.addresses import Addresses, StandinName
from gateway.demo.standins.documenten import create_documenten
from gateway.demo.standins.objecten import create_objecten
from gateway.demo.standins.server import Standin
from gateway.demo.standins.zaken import create_zaken
from tests.faults.scene import proper
from tests.faults.scripts import answer
from tests.faults.server import FaultServer, Received, Script
from tests.municipality import FIXTURES, ROOT

ZAKEN = "/zaken/api/v1/zaken/"

PHASES = (("well", 2.0), ("slow", 5.0), ("well", 2.0), ("dead", 5.0))
"""What it is, for how many seconds."""

DELAYS = (0.1, 0.4, 0.8, 0.95, 1.05, 1.3, 2.0)
"""Seconds that it takes for one answer after another while it is slow."""


def stamped(body: bytes) -> bytes:
    """Say of every zaak when this is sent."""
    said = json.loads(body)
    now = f"{time.monotonic():.6f}"
    for zaak in said.get("results", [said]):
        zaak["omschrijving"] = now
    return json.dumps(said).encode()


def with_stamps(standin: Standin, origin: str) -> Script:
    """Answer as a stand-in does, and say of zaken when."""
    plain = proper(standin, origin, bytes)
    of_zaken = proper(standin, origin, stamped)

    async def play(request: Received) -> AsyncGenerator[bytes, None]:
        script = of_zaken if request.path.startswith(ZAKEN) else plain
        async for part in script(request):
            yield part

    return play


def slowed(script: Script) -> Script:
    """The same, after a while that is never the same twice in a row."""
    delays = cycle(DELAYS)

    async def play(request: Received) -> AsyncGenerator[bytes, None]:
        await asyncio.sleep(next(delays))
        async for part in script(request):
            yield part

    return play


async def flap(server: FaultServer) -> None:
    """Let a server be well, slow and dead, for ever."""
    well = server.script
    slow = slowed(well)
    for phase, seconds in cycle(PHASES):
        if phase == "dead":
            await server.stop()
        server.script = slow if phase == "slow" else well
        await asyncio.sleep(seconds)
        if phase == "dead":
            await server.start()


async def serve() -> None:
    async with AsyncExitStack() as stack:
        servers = {
            name: await stack.enter_async_context(FaultServer(answer(200)))
            for name in StandinName
        }
        addresses = Addresses({name: each.origin for name, each in servers.items()})
        for name, standin in {
            StandinName.ZAKEN: create_zaken(FIXTURES, addresses),
            StandinName.DOCUMENTEN: create_documenten(FIXTURES, addresses),
            StandinName.OBJECTEN: create_objecten(FIXTURES, addresses),
        }.items():
            servers[name].script = with_stamps(standin, servers[name].origin)
        sys.stdout.write(json.dumps(addresses.origins) + "\n")
        sys.stdout.flush()
        flapping: asyncio.Task[None] | None = None
        while line := await asyncio.to_thread(sys.stdin.readline):
            assert line == "flap\n"
            flapping = asyncio.create_task(flap(servers[StandinName.ZAKEN]))
        if flapping is not None:
            flapping.cancel()
            with suppress(asyncio.CancelledError):
                await flapping


class Registers:
    """The process.

    Attributes:
        addresses: of the stand-ins.
    """

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        origins: dict[str, str] = json.loads(process.stdout.readline())
        self.addresses = Addresses(
            {StandinName(name): origin for name, origin in origins.items()}
        )
        self._process = process

    def flap(self) -> None:
        """Begin; until then all are well."""
        assert self._process.stdin is not None
        self._process.stdin.write("flap\n")
        self._process.stdin.flush()


@contextmanager
def registers() -> Iterator[Registers]:
    """Start them; they end with the context."""
    command = [sys.executable, "-m", "tests.faults.flapping"]
    with subprocess.Popen(  # noqa: S603 - our own arguments
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield Registers(process)


if __name__ == "__main__":
    asyncio.run(serve())
