"""A way to PostgreSQL that can fall silent."""

import asyncio
from pathlib import Path
from urllib.parse import quote

from gateway.store.embedded import SOCKET, EmbeddedPostgres
from tests.conftest import RUNTIME


class Link:
    """One connection through a relay."""

    def __init__(self, *, silent: bool) -> None:
        self.silent = silent

    async def copy(
        self, source: asyncio.StreamReader, sink: asyncio.StreamWriter
    ) -> None:
        try:
            while part := await source.read(65536):
                if not self.silent:
                    sink.write(part)
        finally:
            sink.close()


class Relay:
    """Stands between a client and the server, where there may be no answer at all.

    Attributes:
        silent: whether connections from now on are taken and never answered.
        reached: set once there was a connection.
    """

    def __init__(self, postgres: EmbeddedPostgres, folder: Path) -> None:
        self._server = postgres.folder / "run" / SOCKET
        self._folder = folder
        self.silent = False
        self.reached = asyncio.Event()
        self._links: list[Link] = []
        self._listening: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def url(self, database: str) -> str:
        return f"postgresql://{RUNTIME}@/{database}?host={quote(str(self._folder))}"

    async def start(self) -> None:
        self._listening = await asyncio.start_unix_server(
            self._relay, self._folder / SOCKET
        )

    def hush(self) -> None:
        """Let nothing more through on the connections that there are."""
        for link in self._links:
            link.silent = True

    async def stop(self) -> None:
        if self._listening is not None:
            self._listening.close()
            await self._listening.wait_closed()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _relay(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        there, back = await asyncio.open_unix_connection(self._server)
        link = Link(silent=self.silent)
        self._links.append(link)
        for source, sink in ((reader, back), (there, writer)):
            self._tasks.add(asyncio.create_task(link.copy(source, sink)))
        self.reached.set()
