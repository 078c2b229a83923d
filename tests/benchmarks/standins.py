"""The stand-in registers in a process of their own, so that their CPU is not ours.

They listen to lines of JSON: `{"delay": 0.02}` makes every answer take so many seconds.
After each line they say how many requests there were since the line before.
"""

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import uvicorn

from gateway.demo.addresses import Addresses, StandinName
from gateway.demo.run import addresses_of
from gateway.demo.servers import bound, port_of, quiet
from gateway.demo.standins.documenten import create_documenten
from gateway.demo.standins.objecten import create_objecten
from gateway.demo.standins.server import Standin
from gateway.demo.standins.zaken import create_zaken
from tests.municipality import FIXTURES, ROOT


def say(value: object) -> None:
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


async def listen(standins: list[Standin]) -> None:
    while line := await asyncio.to_thread(sys.stdin.readline):
        for each in standins:
            each.delay = json.loads(line)["delay"]
        say(sum(len(each.asked) for each in standins))
        for each in standins:
            each.asked.clear()


async def serve() -> None:
    sockets = {name: bound(0) for name in StandinName}
    addresses = addresses_of(sockets)
    standins = {
        StandinName.ZAKEN: create_zaken(FIXTURES, addresses),
        StandinName.DOCUMENTEN: create_documenten(FIXTURES, addresses),
        StandinName.OBJECTEN: create_objecten(FIXTURES, addresses),
    }
    servers = {name: uvicorn.Server(quiet(app)) for name, app in standins.items()}
    serving = [
        asyncio.create_task(server.serve(sockets=[sockets[name]]))
        for name, server in servers.items()
    ]
    say({name: port_of(taken) for name, taken in sockets.items()})
    await listen([*standins.values()])
    for server in servers.values():
        server.should_exit = True
    await asyncio.gather(*serving)


@dataclass(frozen=True)
class Running:
    """The stand-ins, in their own process.

    Attributes:
        addresses: where they are.
    """

    addresses: Addresses
    process: "subprocess.Popen[str]"

    def requests(self, *, delay: float = 0.0) -> int:
        """Count the requests since the last time.

        Args:
            delay: seconds that an answer takes from now on.
        """
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"delay": delay}) + "\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())


@contextmanager
def running() -> Iterator[Running]:
    """Start them; they end with the context."""
    command = [sys.executable, "-m", "tests.benchmarks.standins"]
    with subprocess.Popen(  # noqa: S603 - our own arguments
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        ports: dict[str, int] = json.loads(process.stdout.readline())
        origins = {
            StandinName(name): f"http://127.0.0.1:{port}"
            for name, port in ports.items()
        }
        yield Running(Addresses(origins), process)


if __name__ == "__main__":
    asyncio.run(serve())
