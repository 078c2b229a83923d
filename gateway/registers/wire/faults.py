"""What went wrong with a connection, in the gateway's own words.

The libraries' exceptions are told apart here and nowhere else.
"""

from typing import NamedTuple

import aiohttp
import httpx

FAULTS = (httpx.HTTPError, aiohttp.ClientError, OSError, UnicodeError)
"""All that a request can end in.

OSError is also asyncio's TimeoutError; UnicodeError is what bytes in a status line make of
httpx-aiohttp 0.2.
"""

_ALL = frozenset({"GET", "POST", "PUT"})
# aiohttp itself repeats the others once; that its connection was kept alive and no
# longer took the request, is what it supposes.
_UNREPEATED = frozenset({"POST"})
_NEVER: frozenset[str] = frozenset()


class Fault(NamedTuple):
    """What a fault means.

    Attributes:
        message: for the caller.
        again: methods that may be sent once more, if no answer had begun.
    """

    message: str
    again: frozenset[str]


# Most specific first.
_MEANINGS: tuple[tuple[type[Exception], Fault], ...] = (
    (aiohttp.ConnectionTimeoutError, Fault("no connection in time", _ALL)),
    (aiohttp.SocketTimeoutError, Fault("no answer in time", _NEVER)),
    (aiohttp.ClientSSLError, Fault("no connection that can be trusted", _NEVER)),
    (aiohttp.ClientConnectorError, Fault("no connection", _ALL)),
    (aiohttp.ServerDisconnectedError, Fault("the connection was lost", _UNREPEATED)),
    (aiohttp.ClientOSError, Fault("the connection was lost", _UNREPEATED)),
    (aiohttp.ClientPayloadError, Fault("the answer broke off", _NEVER)),
    (
        aiohttp.ClientResponseError,
        Fault("the connection broke the protocol", _NEVER),
    ),
    (httpx.ConnectTimeout, Fault("no connection in time", _ALL)),
    (httpx.PoolTimeout, Fault("no free connection in time", _NEVER)),
    (httpx.WriteTimeout, Fault("it did not take the request in time", _NEVER)),
    (httpx.ReadTimeout, Fault("no answer in time", _NEVER)),
    (httpx.ConnectError, Fault("no connection", _ALL)),
    (httpx.ProtocolError, Fault("the connection broke the protocol", _NEVER)),
    (TimeoutError, Fault("no answer in time", _NEVER)),
    (UnicodeError, Fault("the connection broke the protocol", _NEVER)),
)
_ANY_OTHER = Fault("the connection was lost", _NEVER)


def meaning(error: Exception) -> Fault:
    """Say what a fault means; what lies under httpx's word for it knows best."""
    cause = error.__cause__
    known = cause if isinstance(cause, aiohttp.ClientError) else error
    return next(
        (fault for kind, fault in _MEANINGS if isinstance(known, kind)), _ANY_OTHER
    )
