"""Whether a token is believed: its form, its signature, and for whom and when it is.

joserfc does the cryptography; what a believed token says is for `claims`. No message
holds anything of a token. To check a signature costs 40 to 100 µs with the usual
algorithms, and a portal sends the same token with each question: that a key signed this
very header is remembered for a moment, by a hash of it. Everything else is looked at
each time, so a key that is withdrawn is not believed from that moment.

Source: RFC 6750 2.1; RFC 7515 4 and 5.2; RFC 7519 4.1; RFC 7800 3; RFC 8725 3; RFC 9068
2.1.
"""

import re
import time
from collections.abc import Callable
from hashlib import sha256
from typing import NamedTuple

import msgspec
from cachetools import TTLCache
from joserfc.errors import JoseError
from joserfc.jwa import JWSAlgModel
from joserfc.jws import (
    CompactSignature,
    JWSRegistry,
    extract_compact,
    validate_compact,
)
from joserfc.registry import Header

from gateway.deadline import Timer
from gateway.identity.tokens.claims import Claims, InvalidToken, Said, read
from gateway.identity.tokens.jwks import PATIENCE, Jwks, Transport
from gateway.identity.tokens.keys import Key
from gateway.settings.identity import IdentitySettings, IssuerSettings

LONGEST = 16_384
"""Characters of the header `Authorization`."""

REMEMBERED = 10_000
"""Signatures, some 3 MB."""

A_MOMENT = 30.0
"""Seconds."""

# Three parts: with five it would be encrypted, which is not for us.
_BEARER = re.compile(r"bearer +([\w-]+\.[\w-]+\.[\w-]+)", re.ASCII | re.IGNORECASE)


# RFC 8725 3.11, RFC 9068 4: what another kind of token says, such as a logout token, is
# not for us. RFC 7515 4.1.9: a media type, in any case, `application/` left out or not.
_TYPES = frozenset({"jwt", "at+jwt"})


class _Head(msgspec.Struct):
    """What we heed of a token's header; what brings a key along is not."""

    alg: str
    typ: str | msgspec.UnsetType = msgspec.UNSET
    kid: str | None = None
    crit: object = msgspec.UNSET


class _Stated(msgspec.Struct):
    """The claims that say whose a token is, for whom, and when."""

    iss: str
    aud: str | list[str] = ""
    exp: float | None = None
    nbf: float | None = None
    iat: float | None = None
    cnf: object = msgspec.UNSET


class _Algorithms(JWSRegistry):
    """Those of one issuer; joserfc's own registry warns of EdDSA's name every time."""

    max_header_length = LONGEST

    def get_alg(self, name: str) -> JWSAlgModel:
        """Give it.

        Raises:
            InvalidToken: it is not one of the issuer's.
        """
        if name not in (self.allowed or ()):
            raise InvalidToken("the token is signed in a way that is not accepted")
        return self.algorithms[name]


class _Issuer(NamedTuple):
    settings: IssuerSettings
    jwks: Jwks
    algorithms: _Algorithms


class Tokens:
    """Reads what clients send to say who asks."""

    def __init__(
        self,
        settings: IdentitySettings,
        *,
        transport: Transport | None = None,
        clock: Callable[[], float] = time.time,
        timer: Timer = time.monotonic,
        patience: float = PATIENCE,
    ) -> None:
        """Make ready; no issuer is asked before its first token.

        Args:
            settings: whose tokens are believed.
            transport: instead of the network, for all issuers.
            clock: seconds since 1970.
            timer: monotonic seconds, for what is remembered of issuers.
            patience: seconds that an issuer has to give its keys.

        Raises:
            InvalidSettings: an issuer's `ca_bundle` cannot be used.
        """
        self._clock = clock
        self._leeway = settings.leeway_seconds
        # By which key each was signed.
        self._signed: TTLCache[bytes, Key] = TTLCache(REMEMBERED, A_MOMENT, timer)
        self._issuers = {
            each.issuer: _Issuer(
                each,
                Jwks(each, transport, timer=timer, patience=patience),
                _Algorithms(algorithms=each.algorithms, strict_check_header=False),
            )
            for each in settings.issuers
        }

    async def aclose(self) -> None:
        """Close all connections."""
        for issuer in self._issuers.values():
            await issuer.jwks.aclose()

    async def said(self, authorization: str | None) -> Said | None:
        """Give what the token says; None when there is no header.

        Costs no request, except for an issuer's keys now and then.

        Args:
            authorization: the header; several of them joined with commas.

        Raises:
            InvalidToken: it is no bearer token, or one that is not believed.
            KeysUnavailable: it cannot be known: its issuer does not give its keys.
        """
        if authorization is None:
            return None
        signed = _signed(authorization)
        claims, stated = _claims(signed.payload)
        issuer = self._issuers.get(stated.iss)
        if issuer is None:
            raise InvalidToken("the token is of an issuer that is not believed")
        key = await _key(signed, issuer)
        name = sha256(authorization.encode()).digest()
        if self._signed.get(name) is not key:
            _check_signature(signed, key, issuer)
            self._signed[name] = key
        self._check(stated, issuer.settings)
        return read(claims, issuer.settings)

    def _check(self, stated: _Stated, issuer: IssuerSettings) -> None:
        # RFC 7800 3: whoever shows it must prove to hold a key, and we ask for no proof.
        if stated.cnf is not msgspec.UNSET:
            raise InvalidToken("the token is bound to its sender's key (cnf)")
        audience = [stated.aud] if isinstance(stated.aud, str) else stated.aud
        if issuer.audience not in audience:
            raise InvalidToken("the token is for another audience")
        now, leeway = self._clock(), self._leeway
        if stated.exp is None:
            raise InvalidToken("the token does not say until when it holds")
        if now >= stated.exp + leeway:
            raise InvalidToken("the token has expired")
        for moment in (stated.nbf, stated.iat):
            if moment is not None and moment > now + leeway:
                raise InvalidToken("the token is not valid yet")


def _signed(authorization: str) -> CompactSignature:
    if len(authorization) > LONGEST:
        raise InvalidToken(f"the token is longer than {LONGEST} characters")
    bearer = _BEARER.fullmatch(authorization)
    if bearer is None:
        raise InvalidToken("Authorization must be one bearer token, a signed JWT")
    try:
        return extract_compact(bearer[1].encode(), registry=_READING)
    except (JoseError, TypeError, ValueError, RecursionError):
        raise InvalidToken("the token is no signed JWT") from None


_READING = _Algorithms(strict_check_header=False)


def _claims(payload: bytes) -> tuple[Claims, _Stated]:
    """Read them once, so that what is checked is what is used."""
    try:
        claims = msgspec.json.decode(payload, type=dict[str, object])
        return claims, msgspec.convert(claims, _Stated)
    except (msgspec.MsgspecError, RecursionError):
        # from None, here and elsewhere: its words can hold a value.
        raise InvalidToken("the token does not say what every token must") from None


async def _key(signed: CompactSignature, issuer: _Issuer) -> Key:
    """Give the key that it says it is signed with, as the issuer has it now."""
    head = _head(signed.headers())
    issuer.algorithms.get_alg(head.alg)
    keys = await issuer.jwks.keys(head.kid)
    key = keys.one(head.kid, head.alg)
    if key is None:
        raise InvalidToken("the token is signed with a key that is not known")
    return key


def _check_signature(signed: CompactSignature, key: Key, issuer: _Issuer) -> None:
    try:
        good = validate_compact(signed, key, registry=issuer.algorithms)
    except (JoseError, ValueError):
        good = False
    if not good:
        raise InvalidToken("the token's signature is not right")


def _head(header: Header) -> _Head:
    try:
        head = msgspec.convert(header, _Head)
    except msgspec.ValidationError:
        raise InvalidToken("the token does not say how it is signed") from None
    if head.typ is not msgspec.UNSET:
        typ = head.typ.lower().removeprefix("application/")
        if typ not in _TYPES:
            raise InvalidToken("the token is of a type that is no access token's (typ)")
    # RFC 7515 4.1.11: what is critical must be understood, and we know no extension.
    if head.crit is not msgspec.UNSET:
        raise InvalidToken("the token has a critical extension that is not known")
    return head
