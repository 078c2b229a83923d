"""How requests reach a register over the network, and how TLS knows both sides.

aiohttp carries them, below httpx's API: httpx's own pool takes four times the CPU when
many requests are under way (see tests/benchmarks/README.md).
"""

import ssl
from functools import lru_cache
from pathlib import Path

import aiohttp
import httpx
from httpx_aiohttp import AiohttpTransport

from gateway.errors import InvalidSettings
from gateway.settings import RegisterSettings

# The seam: tests hand in a MockTransport, nobody else needs to know httpx.
Transport = httpx.AsyncBaseTransport

KEEPALIVE = 15.0
"""Seconds that an idle connection is kept. A server may close it sooner; a request that
finds it closed is sent once more."""


def create_transport(settings: RegisterSettings) -> Transport:
    """Make a register's own pool; no connection is opened before the first request.

    Raises:
        InvalidSettings: a certificate or key cannot be used.
    """
    context = tls_context(settings)

    def session() -> aiohttp.ClientSession:
        connector = aiohttp.TCPConnector(
            ssl=context,
            limit=settings.concurrency,
            keepalive_timeout=KEEPALIVE,
        )
        return aiohttp.ClientSession(
            connector=connector, cookie_jar=aiohttp.DummyCookieJar()
        )

    return AiohttpTransport(verify=context, client=session)


def tls_context(settings: RegisterSettings) -> ssl.SSLContext:
    """Say whom to trust, and who we are; alike settings share one.

    Raises:
        InvalidSettings: a certificate or key cannot be used.
    """
    certificate, key = settings.client_certificate, settings.client_key
    try:
        return _tls_context(settings.ca_bundle, certificate, key)
    except OSError as error:  # ssl.SSLError is one
        problem = f"register {settings.name}: a certificate or key cannot be used"
        raise InvalidSettings([problem]) from error


@lru_cache(maxsize=32)  # building one takes tens of milliseconds
def _tls_context(
    ca_bundle: Path | None, certificate: Path | None, key: Path | None
) -> ssl.SSLContext:
    if ca_bundle is None:
        context = httpx.create_ssl_context(trust_env=False)  # certifi's
    else:
        context = ssl.create_default_context(cafile=ca_bundle)
    if certificate is not None:
        # A key that has a password is refused, instead of asked for at a terminal.
        context.load_cert_chain(certificate, key, password="")
    return context
