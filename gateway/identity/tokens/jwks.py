"""Where an issuer's keys come from, how long they are good, and how often we ask.

At most one question is under way to an issuer, however many tokens wait for it.
Nothing here knows a token.
"""

import asyncio
import logging
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import lru_cache
from pathlib import Path

import httpx
import msgspec

from gateway.deadline import Timer
from gateway.errors import InvalidSettings
from gateway.identity.tokens.keys import Keys
from gateway.settings.addresses import is_trustworthy
from gateway.settings.identity import IssuerSettings

# The seam: tests hand in a transport of their own.
Transport = httpx.AsyncBaseTransport

FRESH = 600.0
"""Seconds after which keys are asked for again, while those known go on being used."""

KEPT = 3600.0
"""Seconds after which keys are not used any more, if the issuer stays away so long."""

REFETCH = 30.0
"""Seconds between two questions about a key that is not known."""

RETRY = 5.0
"""Seconds between two questions when the last one failed."""

PATIENCE = 3.0
"""Seconds for one question, discovery included."""

LONGEST = 500_000
"""Bytes of an answer."""

_HEADERS = {
    "Accept": "application/json",
    # identity: the bound on an answer's size holds for what was sent, too.
    "Accept-Encoding": "identity",
    "User-Agent": "klantbeeld",
}

logger = logging.getLogger(__name__)


class KeysUnavailable(Exception):
    """No keys of the issuer are known, and it does not give them now."""


class NoKeys(Exception):
    """The issuer did not give its keys; the message says what it did."""


class _Discovered(msgspec.Struct):
    """Source: OpenID Connect Discovery 1.0, 3."""

    issuer: str
    jwks_uri: str


class Jwks:
    """The keys of one issuer."""

    def __init__(
        self,
        settings: IssuerSettings,
        transport: Transport | None,
        *,
        timer: Timer,
        patience: float = PATIENCE,
    ) -> None:
        """Make ready; nothing is asked yet.

        Args:
            settings: of the issuer.
            transport: instead of the network.
            timer: monotonic seconds.
            patience: seconds that one question may take.

        Raises:
            InvalidSettings: its `ca_bundle` cannot be used.
        """
        self._settings = settings
        self._transport = transport or _network(settings)
        self._timer = timer
        self._patience = patience
        self._extensions = {"timeout": httpx.Timeout(patience).as_dict()}
        self._known: Keys | None = None
        self._read_at = self._tried_at = float("-inf")
        self._flight: asyncio.Task[None] | None = None

    async def keys(self, kid: str | None) -> Keys:
        """Give the issuer's keys, asked for anew when there is none of this name.

        Args:
            kid: of the key that is looked for, if it has a name.

        Raises:
            KeysUnavailable: none are known, and none can be had.
        """
        keys = await self._usable()
        if kid is not None and not keys.has(kid):
            await self._asked(REFETCH)
            keys = self._known or keys
        return keys

    async def read(self) -> Keys:
        """Ask the issuer, whatever is known; nothing is remembered of it.

        Raises:
            NoKeys: it did not give them.
        """
        try:
            async with asyncio.timeout(self._patience):
                return await self._read()
        except TimeoutError:
            raise NoKeys("no keys in time") from None

    async def aclose(self) -> None:
        """Give up what is under way, and close all connections."""
        if self._flight is not None:
            self._flight.cancel()
            await asyncio.gather(self._flight, return_exceptions=True)
        await self._transport.aclose()

    async def _usable(self) -> Keys:
        if self._age() >= KEPT:
            await self._asked(RETRY)
        elif self._age() >= FRESH:
            self._under_way(RETRY)  # nobody waits: the known ones will do
        if self._known is None or self._age() >= KEPT:
            raise KeysUnavailable(f"issuer {self._settings.issuer} gives no keys")
        return self._known

    def _age(self) -> float:
        return self._timer() - self._read_at

    async def _asked(self, pause: float) -> None:
        flight = self._under_way(pause)
        if flight is not None:
            # Others may wait for it when this one is cancelled.
            await asyncio.shield(flight)

    def _under_way(self, pause: float) -> asyncio.Task[None] | None:
        """Give the question that is under way, or begin one if it is time.

        Args:
            pause: seconds that must have passed since the last one.
        """
        if self._flight is None and self._timer() - self._tried_at >= pause:
            self._tried_at = self._timer()
            self._flight = asyncio.create_task(self._ask())
            self._flight.add_done_callback(self._landed)
        return self._flight

    def _landed(self, _flight: asyncio.Task[None]) -> None:
        self._flight = None

    async def _ask(self) -> None:
        try:
            self._known = await self.read()
        except NoKeys as error:
            logger.warning("issuer %s: %s", self._settings.issuer, error)
        else:
            self._read_at = self._timer()

    async def _read(self) -> Keys:
        body = await self._get(self._settings.jwks_url or await self._discovered())
        try:
            return Keys.read(body)
        except (msgspec.DecodeError, RecursionError) as error:
            raise NoKeys("what should be its keys, is not") from error

    async def _discovered(self) -> str:
        """Ask where the keys are.

        Source: OpenID Connect Discovery 1.0, 4 and 4.3.
        """
        issuer = self._settings.issuer
        body = await self._get(
            f"{issuer.removesuffix('/')}/.well-known/openid-configuration"
        )
        try:
            said = msgspec.json.decode(body, type=_Discovered)
        except (msgspec.DecodeError, RecursionError) as error:
            raise NoKeys("its discovery document does not say where") from error
        if said.issuer != issuer:
            raise NoKeys("its discovery document is another's")
        if not is_trustworthy(said.jwks_uri):
            raise NoKeys("its discovery document leads to where nobody vouches for it")
        return said.jwks_uri

    async def _get(self, url: str) -> bytes:
        """Read a document; no redirect is followed."""
        try:
            async with self._answer(url) as response:
                return await _body(response)
        # TimeoutError is one of OSError; the deadline's own is not raised within.
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError, OSError) as error:
            raise NoKeys(f"no keys ({type(error).__name__})") from error

    @asynccontextmanager
    async def _answer(self, url: str) -> AsyncIterator[httpx.Response]:
        request = httpx.Request(
            "GET", url, headers=_HEADERS, extensions=self._extensions
        )
        response = await self._transport.handle_async_request(request)
        try:
            yield response
        finally:
            await response.aclose()


async def _body(response: httpx.Response) -> bytes:
    if response.status_code != 200:
        raise NoKeys(f"status {response.status_code}")
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise NoKeys("an encoding that was not asked for")
    body = bytearray()
    async for part in response.aiter_bytes():
        body += part
        if len(body) > LONGEST:
            raise NoKeys("the answer is too large")
    return bytes(body)


def _network(settings: IssuerSettings) -> Transport:
    try:
        context = _tls_context(settings.ca_bundle)
    except OSError as error:  # ssl.SSLError is one
        problem = f"issuer {settings.issuer}: its ca_bundle cannot be used"
        raise InvalidSettings([problem]) from error
    return httpx.AsyncHTTPTransport(verify=context, trust_env=False)


@lru_cache(maxsize=32)  # building one takes tens of milliseconds
def _tls_context(ca_bundle: Path | None) -> ssl.SSLContext:
    if ca_bundle is None:
        return httpx.create_ssl_context(trust_env=False)  # certifi's
    return ssl.create_default_context(cafile=ca_bundle)
