"""Whom a stand-in knows, and how it checks that.

The credentials are public: a stand-in listens on loopback and has invented people only.
"""

from collections.abc import Callable, Iterator, Mapping
from hmac import compare_digest

import msgspec
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import OctKey
from starlette.requests import Request

from gateway.demo.standins.problems import (
    DENIED,
    NOT_AUTHENTICATED,
    WRONG_TOKEN,
    Problem,
    Words,
)

Clock = Callable[[], float]
Authenticate = Callable[[Request], None]
Claims = Mapping[str, object]

CLIENT_ID = "klantbeeld-demo"
SECRET = "een-geheim-voor-de-demo-dat-iedereen-mag-weten"
TOKEN = "0123456789abcdef0123456789abcdef01234567"

# Open Zaak 1.30, JWT_EXPIRY; without leeway.
_LIFETIME = 3600


class ZgwJwt:
    """Takes what `Authorization: Bearer` says as Open Zaak 1.30 does."""

    def __init__(self, clock: Clock) -> None:
        """Take the clock.

        Args:
            clock: seconds since 1970.
        """
        self._clock = clock
        self._key = OctKey.import_key(SECRET)

    def __call__(self, request: Request) -> None:
        """Let a known client in.

        Raises:
            Problem: 403, whatever is wrong; its code says what.
        """
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme != "Bearer" or not token:
            raise Problem(DENIED)
        claims = self._verified(token.encode())
        if fault := next(_faults(claims, self._clock()), None):
            raise _refused(fault)

    def _verified(self, token: bytes) -> Claims:
        try:
            signed = jws.extract_compact(token)
            claims = msgspec.json.decode(signed.payload, type=dict[str, object])
        except (JoseError, ValueError):
            raise _refused("jwt-decode-error") from None
        if signed.headers().get("alg") != "HS256":
            raise _refused("jwt-invalidalgorithmerror")
        if not claims.get("client_id"):
            raise _refused("missing-client-identifier")
        if claims["client_id"] != CLIENT_ID:
            raise _refused("invalid-client-identifier")
        try:
            jws.deserialize_compact(token, self._key, algorithms=["HS256"])
        except JoseError:
            raise _refused("invalid-jwt-signature") from None
        return claims


def _faults(claims: Claims, now: float) -> Iterator[str]:
    """What is wrong with the claims, in the order of checking.

    `iat` in the future is let through; `exp` cannot make a token last longer.
    """
    if "iat" not in claims:
        yield "jwt-missing-iat-claim"
    times = {name: _seconds(claims.get(name)) for name in ("iat", "exp", "nbf")}
    if times["nbf"] is not None and times["nbf"] > now:
        yield "jwt-immaturesignatureerror"
    if times["exp"] is not None and times["exp"] <= now:
        yield "jwt-expiredsignatureerror"
    if claims.get("aud") is not None:
        yield "jwt-invalidaudienceerror"
    if times["iat"] is None:
        yield "jwt-invalidissuedaterror"
    elif times["iat"] + _LIFETIME <= now:
        yield "jwt-expired"


def _seconds(value: object) -> float | None:
    """A number, or a text that is one."""
    try:
        return float(value) if isinstance(value, int | float | str) else None
    except ValueError:
        return None


def _refused(code: str) -> Problem:
    return Problem(
        DENIED,
        Words("Client credentials zijn niet geldig", "Invalid client credentials"),
        code=code,
    )


def token(request: Request) -> None:
    """Let in who has the token, as Open Object 4.0 does.

    Raises:
        Problem: 401.
    """
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    challenge = {"WWW-Authenticate": "Token"}
    if scheme != "Token":
        raise Problem(NOT_AUTHENTICATED, headers=challenge)
    if not compare_digest(given.encode(), TOKEN.encode()):
        raise Problem(WRONG_TOKEN, headers=challenge)
