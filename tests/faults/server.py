"""A register that does what it should not, over real sockets.

It is told what to send, byte by byte, and remembers what it got. Run it on a loop of its
own (anyio's blocking portal): then nothing it does is a task of the loop under test.
"""

import asyncio
import socket
import ssl
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping
from contextlib import ExitStack, aclosing, contextmanager, suppress
from typing import NamedTuple, Self

HOST = "127.0.0.1"

_PATIENCE = 5.0


class Received(NamedTuple):
    """One request as it came; names of headers in lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    port: int


Script = Callable[[Received], AsyncGenerator[bytes, None]]
"""What a server sends for one request, part by part; HangUp ends the connection."""


class HangUp(Exception):
    """The server closes the connection."""


_ENDS = (HangUp, ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError)


class FaultServer:
    """One port on loopback.

    Attributes:
        script: what it plays; may be changed at any time.
        port: where it is.
        received: every request, in the order in which they were complete.
        connections: how many were made with it.
        broken_off: how many answers were not taken to their end.
    """

    def __init__(self, script: Script, *, tls: ssl.SSLContext | None = None) -> None:
        self.script = script
        self.port = 0
        self.received: list[Received] = []
        self.connections = 0
        self.broken_off = 0
        self._tls = tls
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def origin(self) -> str:
        """The scheme, host and port."""
        return f"{'https' if self._tls else 'http'}://{HOST}:{self.port}"

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen; on the same port as before when it was stopped."""
        self._server = await asyncio.start_server(
            self._serve, HOST, self.port, ssl=self._tls
        )
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Refuse new connections, and break off those there are."""
        assert self._server is not None
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()

    async def until_open(self, number: int) -> None:
        """Wait until so many connections are open.

        Raises:
            TimeoutError: that does not come to be.
        """
        async with asyncio.timeout(_PATIENCE):
            while len(self._tasks) != number:  # noqa: ASYNC110 - for tests only
                await asyncio.sleep(0.005)

    async def _serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self.connections += 1
        watch = asyncio.create_task(_end_with(reader, task))
        try:
            with suppress(*_ENDS):
                while True:
                    await self._answer(await self._request(reader), writer)
        finally:
            watch.cancel()
            self._tasks.discard(task)
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()

    async def _answer(self, request: Received, writer: asyncio.StreamWriter) -> None:
        self.received.append(request)
        async with aclosing(self.script(request)) as parts:
            async for part in parts:
                try:
                    writer.write(part)
                    await writer.drain()
                except ConnectionError:
                    self.broken_off += 1
                    raise

    async def _request(self, reader: asyncio.StreamReader) -> Received:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        line, *lines = head.rstrip("\r\n").split("\r\n")
        method, path, _version = line.split(" ")
        headers = {
            name.lower(): value.strip()
            for name, _, value in (each.partition(":") for each in lines)
        }
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        return Received(method, path, headers, body, self.port)


async def _end_with(reader: asyncio.StreamReader, task: asyncio.Task[None]) -> None:
    """End a connection's task when the other side has gone, whatever it is doing."""
    while not reader.at_eof():  # noqa: ASYNC110 - streams have no event for it
        await asyncio.sleep(0.01)
    task.cancel()


@contextmanager
def refusing() -> Iterator[int]:
    """A port where nobody listens, and that nobody else can take; the port."""
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        yield taken.getsockname()[1]


@contextmanager
def unanswering() -> Iterator[int]:
    """A port that takes no connection and refuses none; the port.

    The queue of those that wait to be accepted is full, so the system drops the next.
    """
    with ExitStack() as stack:
        listening = stack.enter_context(socket.socket())
        listening.bind((HOST, 0))
        listening.listen(0)
        address = listening.getsockname()
        try:
            while True:
                waiting = socket.create_connection(address, timeout=0.2)
                stack.enter_context(waiting)
        except TimeoutError:
            yield address[1]
