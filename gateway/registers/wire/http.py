"""The only place that awaits a register's socket.

A request goes out with the register's own credentials to the register's own address;
what comes back is JSON of a bounded size, or an error of `gateway.errors`. Nothing
here knows a contract. No message holds a URL, a uuid or a register's own words.
"""

import asyncio
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import NamedTuple
from urllib.parse import urlencode

import httpx
import msgspec

from gateway.deadline import Timer
from gateway.errors import (
    MalformedAnswer,
    Missing,
    RegisterError,
    RegisterUnavailable,
)
from gateway.metering import asking
from gateway.registers.records import Json
from gateway.registers.wire.breaker import Breaker
from gateway.registers.wire.credentials import Clock, credentials
from gateway.registers.wire.faults import FAULTS, meaning
from gateway.registers.wire.messages import NONE, Answer, Ask, Reply
from gateway.registers.wire.replies import (
    answer_in,
    blamed_for,
    blames_the_token,
    is_json,
    is_outage,
    is_plain,
    speaks_of_a_record,
)
from gateway.registers.wire.retries import Retries, retry_after
from gateway.registers.wire.transport import Transport, create_transport
from gateway.settings import RegisterSettings
from gateway.tracing import outgoing

_FOUND = frozenset({200})
_FOUND_OR_NOT = frozenset({200, 404, 410})

# A refusal that says why is a short text.
_LONGEST_REFUSAL = 10_000
_REFUSAL_TIMEOUT = 1.0

Remaining = Callable[[], float]
"""Seconds until nobody waits for the answer any more."""


def _forever() -> float:
    return float("inf")


class _Lost(NamedTuple):
    """A request without a reply; `again` says whether it may be sent once more."""

    error: RegisterUnavailable
    again: bool


class RegisterClient:
    """One register's connections; one of these per register and process.

    Attributes:
        settings: of this register.
    """

    def __init__(
        self,
        settings: RegisterSettings,
        transport: Transport | None = None,
        *,
        clock: Clock = time.time,
        timer: Timer = time.monotonic,
        retries: Retries | None = None,
    ) -> None:
        """Make ready; no connection is opened before the first request.

        Args:
            settings: of this register.
            transport: instead of the network.
            clock: seconds since 1970.
            timer: monotonic seconds.
            retries: what may be sent once more.

        Raises:
            InvalidSettings: a certificate or key cannot be used.
        """
        self.settings = settings
        self._credentials = credentials(settings, clock)
        self._clock = clock
        self._room = asyncio.Semaphore(settings.concurrency)
        self._timer = timer
        self._retries = retries or Retries()
        self._breaker = Breaker(
            failures=settings.breaker_failures,
            seconds=settings.breaker_seconds,
            timer=timer,
        )
        # The transport itself: httpx's client adds redirects, cookies, authentication
        # and the environment's proxies, none of which a register may have, at a cost.
        self._transport = transport or create_transport(settings)
        self._headers = {
            "Accept": "application/json",
            # identity: the bound on an answer's size holds for what was sent, too.
            "Accept-Encoding": "identity",
            "User-Agent": "klantbeeld",
            **{
                name: value.get_secret_value()
                for name, value in settings.headers.items()
            },
        }
        phases = httpx.Timeout(
            settings.read_timeout,
            connect=settings.connect_timeout,
            pool=settings.connect_timeout,
        )
        self._extensions = {"timeout": phases.as_dict()}

    async def aclose(self) -> None:
        """Close all connections."""
        await self._transport.aclose()

    async def get(
        self,
        path: str,
        *,
        params: Mapping[str, str] = NONE,
        headers: Mapping[str, str] = NONE,
        remaining: Remaining = _forever,
    ) -> Answer | Missing:
        """Read one resource; Missing for a 404 or 410.

        Args:
            path: below the register's base, starting with a slash.
            params: the query.
            headers: those its contract asks for.
            remaining: seconds until nobody waits any more.

        Raises:
            RegisterUnavailable: no connection, no answer in time, 408, 429 or 5xx.
            RegisterRefused: another status, from 300 on.
            MalformedAnswer: another status below that, too large, or no JSON.
        """
        ask = Ask("GET", path, headers, params)
        return self._answer(await self._reply(ask, _FOUND_OR_NOT, remaining))

    async def get_changed(
        self,
        path: str,
        etag: str,
        *,
        headers: Mapping[str, str] = NONE,
        remaining: Remaining = _forever,
    ) -> Answer | Missing | None:
        """Read one resource, unless it still is what the ETag names: None.

        Args:
            path: as for `get`.
            etag: of the version we know.
            headers: as for `get`.
            remaining: as for `get`.

        Raises:
            RegisterError: as for `get`.
        """
        ask = Ask("GET", path, {**headers, "If-None-Match": etag})
        reply = await self._reply(ask, _FOUND_OR_NOT | {304}, remaining)
        return None if reply.status == 304 else self._answer(reply)

    async def post(
        self,
        path: str,
        body: Json,
        *,
        params: Mapping[str, str] = NONE,
        headers: Mapping[str, str] = NONE,
        remaining: Remaining = _forever,
    ) -> Answer:
        """Ask a question that is too long or too private for an address.

        Args:
            path: below the register's base, starting with a slash.
            body: sent as JSON.
            params: the query.
            headers: those its contract asks for.
            remaining: seconds until nobody waits any more.

        Raises:
            RegisterUnavailable: no connection, no answer in time, 408, 429 or 5xx.
            RegisterRefused: another status, from 300 on.
            MalformedAnswer: another status below that, too large, or no JSON.
        """
        ask = Ask(
            "POST",
            path,
            {"Content-Type": "application/json", **headers},
            params,
            msgspec.json.encode(body),
        )
        return answer_in(await self._reply(ask, _FOUND, remaining))

    async def exchange(self, ask: Ask) -> Reply:
        """Send one request, once, and give what comes back, whatever it is.

        For finding out how a register behaves; neither refused by the breaker nor
        noted by it.

        Raises:
            RegisterUnavailable: nothing came back.
            MalformedAnswer: too large.
        """
        try:
            async with self._room, asyncio.timeout(self.settings.read_timeout):
                response = await self._transport.handle_async_request(
                    self._request(ask)
                )
                try:
                    body = await self._body(response)
                finally:
                    await response.aclose()
        except FAULTS as error:
            raise self._unavailable(meaning(error).message) from error
        return Reply(response.status_code, response.headers, body)

    def _answer(self, reply: Reply) -> Answer | Missing:
        if reply.status == 200:
            return answer_in(reply)
        if not speaks_of_a_record(reply):
            raise self._malformed(f"status {reply.status} from something else")
        return Missing("does not exist, or no longer")

    async def _reply(
        self, ask: Ask, expected: frozenset[int], remaining: Remaining
    ) -> Reply:
        """Send it, and once more where that is safe and of use."""
        self._retries.asked()
        authorization = self._credentials()
        reply = await self._attempt(ask, expected)
        if isinstance(reply, Reply) and blames_the_token(reply):
            self._credentials.renew(authorization)
            reply = await self._attempt(ask, expected)
        elif (after := self._after(reply)) is not None:
            wait = self._retries.wait(after, remaining())
            if wait is not None:
                await asyncio.sleep(wait)
                reply = await self._attempt(ask, expected)
        if isinstance(reply, _Lost):
            raise reply.error
        if reply.status not in expected:
            raise blamed_for(reply.status)(
                self.settings.name, f"status {reply.status}", status=reply.status
            )
        return reply

    def _after(self, reply: Reply | _Lost) -> float | None:
        """Say after how many seconds it may be sent again; None for never."""
        if isinstance(reply, _Lost):
            return 0.0 if reply.again else None
        if reply.status not in {429, 503}:
            return None
        return retry_after(reply.headers, self._clock())

    async def _attempt(self, ask: Ask, expected: frozenset[int]) -> Reply | _Lost:
        async with self._room:
            if not self._breaker.admits():
                message = "left alone for a while, since it did not answer"
                return _Lost(self._unavailable(message), again=False)
            started = self._timer()
            try:
                with asking(self.settings.name):
                    reply = await self._exchanged(ask, expected)
            except asyncio.CancelledError:
                # Given up on at a deadline: that it is slow, is no news after this.
                if self._timer() - started < self.settings.read_timeout / 2:
                    self._breaker.unknown()
                else:
                    self._breaker.doubted(started)
                raise
            except RegisterError:
                self._breaker.answered()
                raise
            except BaseException:
                self._breaker.unknown()
                raise
        self._note(reply, started)
        return reply

    def _note(self, reply: Reply | _Lost, started: float) -> None:
        """Have the breaker know what came of a request."""
        if isinstance(reply, _Lost):
            self._breaker.failed()
        elif is_outage(reply.status):
            self._breaker.doubted(started)
        else:
            self._breaker.answered()

    async def _exchanged(self, ask: Ask, expected: frozenset[int]) -> Reply | _Lost:
        begun = False
        try:
            async with asyncio.timeout(self.settings.read_timeout):
                response = await self._transport.handle_async_request(
                    self._request(ask)
                )
                begun = True
                try:
                    return await self._read(response, expected)
                finally:
                    await response.aclose()
        except FAULTS as error:
            fault = meaning(error)
            lost = self._unavailable(fault.message)
            lost.__cause__ = error
            return _Lost(lost, again=not begun and ask.method in fault.again)

    def _request(self, ask: Ask) -> httpx.Request:
        query = f"?{urlencode(ask.params)}" if ask.params else ""
        return httpx.Request(
            ask.method,
            f"{self.settings.base_url}{ask.path}{query}",
            headers={
                **self._headers,
                **ask.headers,
                **outgoing(),
                "Authorization": ask.authorization or self._credentials(),
            },
            content=ask.content,
            extensions=self._extensions,
        )

    async def _read(self, response: httpx.Response, expected: frozenset[int]) -> Reply:
        status, headers = response.status_code, response.headers
        media_type = headers.get("Content-Type", "").partition(";")[0].strip().lower()
        body = b""
        if status == 403 and is_json(media_type) and is_plain(headers):
            body = await self._start_of_body(response)
        elif status in expected and status != 304:
            # Also for a 404: a wrong base address gives the server's own HTML page,
            # and that must not look like a record that does not exist.
            if not is_json(media_type):
                raise self._malformed(f"status {status} without JSON")
            body = await self._body(response)
        return Reply(status, headers, body)

    async def _start_of_body(self, response: httpx.Response) -> bytes:
        """Read a refusal, or as much of it as could be one; nothing when it breaks off.

        It is a refusal whatever becomes of its words.
        """
        body = bytearray()
        with suppress(*FAULTS):
            async with asyncio.timeout(_REFUSAL_TIMEOUT):
                async for part in response.aiter_bytes():
                    body += part
                    if len(body) > _LONGEST_REFUSAL:
                        break
        return bytes(body)

    async def _body(self, response: httpx.Response) -> bytes:
        # Or what is unpacked could be a thousand times as long before it is counted.
        if not is_plain(response.headers):
            raise self._malformed("an encoding that was not asked for")
        body = bytearray()
        async for part in response.aiter_bytes():
            body += part
            if len(body) > self.settings.max_answer_bytes:
                raise self._malformed("the answer is too large")
        return bytes(body)

    def _malformed(self, message: str) -> MalformedAnswer:
        return MalformedAnswer(self.settings.name, message)

    def _unavailable(self, message: str) -> RegisterUnavailable:
        return RegisterUnavailable(self.settings.name, message)
