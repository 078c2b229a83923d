"""`klantbeeld serve` in a process of its own, to be killed and started again."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.demo.running import ENVIRONMENT, ROOT

MUCH = 1_000_000
SETTINGS = {
    "IDENTITY__DEVELOPMENT": True,
    "DEADLINE_SECONDS": 30,
    "LIMITS__REQUESTS_PER_MINUTE": MUCH,
    "LIMITS__REQUESTS_AT_ONCE": MUCH,
    "LIMITS__ANONYMOUS_PER_MINUTE": MUCH,
    "LIMITS__ANONYMOUS_AT_ONCE": MUCH,
}


class Served:
    """One.

    Attributes:
        address: of its graph; another one after each start.
        kills: how often it was killed.
    """

    def __init__(self, database_url: str, errors: Path) -> None:
        """Take the runtime role's address, and a file for what is said in the end."""
        self.address = ""
        self.kills = 0
        named = {"DATABASE_URL": database_url, **SETTINGS}
        self._environment = {f"KLANTBEELD_{name}": str(x) for name, x in named.items()}
        self._errors = errors
        self._process: subprocess.Popen[str] | None = None

    async def start(self) -> None:
        """Start it; its port is taken then, and it may still be getting ready."""
        with self._errors.open("a") as errors:
            self._process = subprocess.Popen(  # noqa: ASYNC220 - does not wait
                [sys.executable, "-m", "gateway", "serve", "--port", "0"],
                cwd=ROOT,
                env={**ENVIRONMENT, **self._environment},
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        assert self._process.stdout is not None
        self.address = (await asyncio.to_thread(self._process.stdout.readline)).strip()
        assert self.address, self._errors.read_text()

    async def kill(self) -> None:
        """Kill it in the midst of whatever it does (SIGKILL), and start it again."""
        self.kills += 1
        await self.end()
        await self.start()

    async def end(self) -> None:
        """Kill it."""
        if self._process is not None:
            self._process.kill()
            with self._process:
                await asyncio.to_thread(self._process.wait)


@asynccontextmanager
async def serving(database_url: str, errors: Path) -> AsyncIterator[Served]:
    """Start one on a database; it ends with the context."""
    served = Served(database_url, errors)
    try:
        await served.start()
        yield served
    finally:
        await served.end()
