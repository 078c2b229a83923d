"""The only place that awaits a register's socket.

A request goes out with the register's own credentials to the register's own address;
what comes back is JSON of a bounded size, or an error of `gateway.errors`. Nothing
here knows a contract. No message holds a URL, a uuid or a register's own words.
"""

import asyncio
import time
from collections.abc import Mapping
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import MappingProxyType

import httpx
import msgspec

from gateway.errors import (
    MalformedAnswer,
    Missing,
    RegisterError,
    RegisterRefused,
    RegisterUnavailable,
)
from gateway.registers.credentials import Clock, credentials
from gateway.registers.records import Json
from gateway.settings import RegisterSettings

# The seam: tests hand in a MockTransport, nobody else needs to know httpx.
Transport = httpx.AsyncBaseTransport

_NONE: Mapping[str, str] = MappingProxyType({})

# Most specific first.
_FAULTS: tuple[tuple[type[httpx.HTTPError], type[RegisterError], str], ...] = (
    (httpx.ConnectTimeout, RegisterUnavailable, "no connection in time"),
    (httpx.PoolTimeout, RegisterUnavailable, "no free connection in time"),
    (httpx.WriteTimeout, RegisterUnavailable, "it did not take the request in time"),
    (httpx.ReadTimeout, RegisterUnavailable, "no answer in time"),
    (httpx.ConnectError, RegisterUnavailable, "no connection"),
    (httpx.ProtocolError, RegisterUnavailable, "the connection broke the protocol"),
    (httpx.HTTPError, RegisterUnavailable, "the connection was lost"),
)


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
    ) -> None:
        """Make ready; no connection is opened before the first request.

        Args:
            settings: of this register.
            transport: instead of the network.
            clock: seconds since 1970.
        """
        self.settings = settings
        self._authorization = credentials(settings, clock)
        self._room = asyncio.Semaphore(settings.concurrency)
        self._client = httpx.AsyncClient(
            transport=transport,
            # identity: the bound on an answer's size holds for what was sent, too.
            headers={"Accept": "application/json", "Accept-Encoding": "identity"},
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
            timeout=httpx.Timeout(
                connect=settings.connect_timeout,
                read=settings.read_timeout,
                write=settings.read_timeout,
                pool=settings.connect_timeout,
            ),
            limits=httpx.Limits(
                max_connections=settings.concurrency,
                max_keepalive_connections=settings.concurrency,
                # Before the server does: uvicorn and gunicorn close after 2 to 5 s.
                keepalive_expiry=1.5,
            ),
            follow_redirects=False,
            trust_env=False,
        )

    async def aclose(self) -> None:
        """Close all connections."""
        await self._client.aclose()

    async def get(
        self, path: str, *, headers: Mapping[str, str] = _NONE
    ) -> bytes | Missing:
        """Read one resource: the body, or Missing for a 404 or 410.

        Args:
            path: below the register's base, starting with a slash.
            headers: those its contract asks for.

        Raises:
            RegisterUnavailable: no connection, no answer in time, 429 or 5xx.
            RegisterRefused: another status than the contract's success.
            MalformedAnswer: too large, or no JSON.
        """
        request = self._request("GET", path, headers=headers)
        status, body = await self._send(request, frozenset({200, 404, 410}))
        return body if status == 200 else Missing("does not exist, or no longer")

    async def post(
        self,
        path: str,
        body: Json,
        *,
        params: Mapping[str, str] = _NONE,
        headers: Mapping[str, str] = _NONE,
    ) -> bytes:
        """Ask a question that is too long or too private for an address.

        Args:
            path: below the register's base, starting with a slash.
            body: sent as JSON.
            params: the query.
            headers: those its contract asks for.

        Raises:
            RegisterUnavailable: no connection, no answer in time, 429 or 5xx.
            RegisterRefused: another status than the contract's success.
            MalformedAnswer: too large, or no JSON.
        """
        request = self._request(
            "POST",
            path,
            params=params,
            headers={"Content-Type": "application/json", **headers},
            content=msgspec.json.encode(body),
        )
        _, answer = await self._send(request, frozenset({200}))
        return answer

    def _request(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str],
        params: Mapping[str, str] = _NONE,
        content: bytes | None = None,
    ) -> httpx.Request:
        return self._client.build_request(
            method,
            f"{self.settings.base_url}{path}",
            params=params,
            headers={**headers, "Authorization": self._authorization()},
            content=content,
        )

    async def _send(
        self, request: httpx.Request, expected: frozenset[int]
    ) -> tuple[int, bytes]:
        try:
            async with self._room:
                response = await self._client.send(request, stream=True)
                try:
                    self._check(response, expected)
                    return response.status_code, await self._body(response)
                finally:
                    await response.aclose()
        except httpx.HTTPError as error:
            raise self._translated(error) from error

    def _check(self, response: httpx.Response, expected: frozenset[int]) -> None:
        status = response.status_code
        if status not in expected:
            raise _blamed_for(status)(self.settings.name, f"status {status}")
        # Also for a 404: a wrong base address gives the server's own HTML page, and
        # that must not look like a record that does not exist.
        media_type = response.headers.get("Content-Type", "").partition(";")[0]
        if not _is_json(media_type.strip().lower()):
            raise self._malformed(f"status {status} without JSON")
        if response.headers.get("Content-Encoding", "identity") != "identity":
            raise self._malformed("an encoding that was not asked for")

    async def _body(self, response: httpx.Response) -> bytes:
        body = bytearray()
        async for part in response.aiter_bytes():
            body += part
            if len(body) > self.settings.max_answer_bytes:
                raise self._malformed("the answer is too large")
        return bytes(body)

    def _malformed(self, message: str) -> MalformedAnswer:
        return MalformedAnswer(self.settings.name, message)

    def _translated(self, error: httpx.HTTPError) -> RegisterError:
        kind, message = next(
            (kind, message)
            for foreign, kind, message in _FAULTS
            if isinstance(error, foreign)
        )
        return kind(self.settings.name, message)


def _is_json(media_type: str) -> bool:
    return media_type == "application/json" or media_type.endswith("+json")


def _blamed_for(status: int) -> type[RegisterError]:
    """Say whose fault a status is that the contract's success does not have."""
    if status == 429 or status >= 500:
        return RegisterUnavailable
    if status < 300:
        return MalformedAnswer
    # A redirect too: it means that the configured address is not the register's, and
    # following it would take the credentials along.
    return RegisterRefused
