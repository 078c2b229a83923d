"""Tokens that a register must refuse, and some that it must not.

Source: Zaken 1.5.1, securityScheme JWT-Claims; the codes are those of Open Zaak 1.30.
"""

from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from typing import TypeAlias

import msgspec
from joserfc import jwt
from joserfc.jwk import OctKey

from gateway.check import NOBODY
from gateway.registers.wire.messages import Reply
from gateway.settings import RegisterSettings
from gateway.traps.judging import must
from gateway.traps.probing import NO_CREDENTIALS, Probe, Probed, Trap

Claims: TypeAlias = Mapping[str, object]
Make: TypeAlias = Callable[[RegisterSettings, int], str]
"""From the settings and the seconds since 1970, the header's value."""

_ANOTHER_SECRET = "klantbeeld-probeert-een-ander-geheim"  # noqa: S105 - to be refused
_HOUR = 3600
_DAY = 24 * _HOUR


def _signed(
    settings: RegisterSettings,
    claims: Claims,
    *,
    secret: str | None = None,
    algorithm: str = "HS256",
) -> str:
    key = OctKey.import_key(secret or settings.secret.get_secret_value())
    header = {"alg": algorithm, "typ": "JWT"}
    token = jwt.encode(header, dict(claims), key, algorithms=[algorithm])
    return f"Bearer {token}"


def _ours(settings: RegisterSettings, issued_at: int, **more: object) -> Claims:
    client = settings.client_id
    return {"iss": client, "client_id": client, "iat": issued_at, **more}


def _unsigned(settings: RegisterSettings, now: int) -> str:
    parts = ({"alg": "none", "typ": "JWT"}, _ours(settings, now))
    encoded = [
        urlsafe_b64encode(msgspec.json.encode(part)).decode().rstrip("=")
        for part in parts
    ]
    return f"Bearer {'.'.join(encoded)}."


def _claiming(**claims: int | str) -> Make:
    """Make a token of our own; a number is in seconds from now."""

    def make(settings: RegisterSettings, now: int) -> str:
        more = {
            name: now + value if isinstance(value, int) else value
            for name, value in claims.items()
        }
        return _signed(settings, {**_ours(settings, now), **more})

    return make


def _issued_as(kind: type[float | str]) -> Make:
    """Make a token of our own, with another kind of value for when it was issued."""

    def make(settings: RegisterSettings, now: int) -> str:
        return _signed(settings, {**_ours(settings, now), "iat": kind(now)})

    return make


def _without(name: str) -> Make:
    def make(settings: RegisterSettings, now: int) -> str:
        claims = _ours(settings, now)
        return _signed(
            settings, {key: value for key, value in claims.items() if key != name}
        )

    return make


# What it is, how it is made, and the code that refuses it.
_REFUSED: tuple[tuple[str, Make, str], ...] = (
    ("no token at all", lambda _own, _now: NO_CREDENTIALS, "permission_denied"),
    (
        "a token by another secret",
        lambda own, now: _signed(own, _ours(own, now), secret=_ANOTHER_SECRET),
        "invalid-jwt-signature",
    ),
    (
        "a token of an unknown client",
        _claiming(client_id="klantbeeld-onbekend"),
        "invalid-client-identifier",
    ),
    ("a token without client_id", _without("client_id"), "missing-client-identifier"),
    ("a token without iat", _without("iat"), "jwt-missing-iat-claim"),
    ("what is no token", lambda _own, _now: "Bearer klantbeeld", "jwt-decode-error"),
    ("a token of alg none", _unsigned, "jwt-invalidalgorithmerror"),
    (
        "a token of HS512",
        lambda own, now: _signed(own, _ours(own, now), algorithm="HS512"),
        "jwt-invalidalgorithmerror",
    ),
    ("a token older than an hour", _claiming(iat=-_HOUR - 60), "jwt-expired"),
    (
        "a token older than an hour, with an exp to come,",
        _claiming(iat=-_HOUR - 60, exp=_HOUR),
        "jwt-expired",
    ),
    (
        "a token with an exp that is past",
        _claiming(exp=-60),
        "jwt-expiredsignatureerror",
    ),
    (
        "a token with an nbf to come",
        _claiming(nbf=_HOUR),
        "jwt-immaturesignatureerror",
    ),
    ("a token with an aud", _claiming(aud="zaken"), "jwt-invalidaudienceerror"),
    (
        "a token behind the word bearer in lower case",
        lambda own, now: _signed(own, _ours(own, now)).replace("Bearer", "bearer"),
        "permission_denied",
    ),
)

_TAKEN: tuple[tuple[str, Make], ...] = (
    ("a token of almost an hour", _claiming(iat=60 - _HOUR)),
    ("a token from a minute in the future", _claiming(iat=60)),
    ("a token from a day in the future", _claiming(iat=_DAY)),
    ("a token without a user", _claiming(user_id="", user_representation="")),
    ("a token without iss", _without("iss")),
    ("a token with another iss", _claiming(iss="klantbeeld-onbekend")),
    ("a token whose iat is a fraction", _issued_as(float)),
    ("a token whose iat is a text", _issued_as(str)),
)


def _refusal(make: Make, code: str) -> Probe:
    async def probe(register: Probed) -> None:
        must(await _reply(register, make), 403, code)

    return probe


def _acceptance(make: Make) -> Probe:
    async def probe(register: Probed) -> None:
        # Who was let in is told that nobody is there.
        must(await _reply(register, make), 404)

    return probe


async def _reply(register: Probed, make: Make) -> Reply:
    authorization = make(register.settings, int(register.clock()))
    path = f"/{register.resource}/{NOBODY}"
    return await register.get(path, authorization=authorization)


TOKENS = (
    *(
        Trap(f"{what} is 403 {code}", _refusal(make, code))
        for what, make, code in _REFUSED
    ),
    *(Trap(f"{what} is taken", _acceptance(make)) for what, make in _TAKEN),
)
