"""Issuers of tokens that tests make up, and tokens of every kind, hostile ones too."""

import json
from collections.abc import Mapping
from functools import lru_cache

import httpx
from joserfc.jwa import JWSAlgModel
from joserfc.jwk import ECKey, KeyParameters, OKPKey, RSAKey
from joserfc.jws import JWSRegistry, serialize_compact
from joserfc.registry import Header

from gateway.identity.tokens.keys import Key
from gateway.identity.tokens.tokens import Tokens
from gateway.settings.identity import IdentitySettings, IssuerSettings
from tests.keys import KEY

NOW = 1_800_000_000.0
ISSUER = "https://inloggen.voorbeeldstad.example"
AUDIENCE = "klantbeeld"
BSN = "999993653"
NL_GOV = "urn:nl-eid-gdi:1.0:id"
SUBSTANTIEEL = "urn:oasis:names:tc:SAML:2.0:ac:classes:Smartcard"

Said = dict[str, object]


class Ticking:
    """A clock that tests set."""

    def __init__(self, now: float = NOW) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


class _Anything(JWSRegistry):
    """Signs whatever it is told to."""

    max_header_length = 100_000

    def get_alg(self, name: str) -> JWSAlgModel:
        return self.algorithms[name]

    def check_header(self, header: Header) -> None:
        pass


def a_key(kid: str | None = "sleutel-1") -> ECKey:
    return ECKey.generate_key("P-256", _named(kid))


def an_ed25519_key(kid: str | None = "sleutel-1") -> OKPKey:
    return OKPKey.generate_key("Ed25519", _named(kid))


@lru_cache  # making one takes a tenth of a second
def an_rsa_key(kid: str | None = "sleutel-1", bits: int = 2048) -> RSAKey:
    return RSAKey.generate_key(bits, _named(kid))


def _named(kid: str | None) -> KeyParameters | None:
    return None if kid is None else {"kid": kid}


def public(key: Key, **more: object) -> Said:
    """What an issuer publishes of a key."""
    return {**key.as_dict(private=False), **more}


def claims(**more: object) -> Said:
    """What a klant's token says; None leaves a claim out."""
    said: Said = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": BSN,
        "sub_id_type": f"{NL_GOV}:BSN",
        "acr": SUBSTANTIEEL,
        "azp": "portaal",
        "iat": NOW,
        "exp": NOW + 300,
        **more,
    }
    return {name: value for name, value in said.items() if value is not None}


def signed(
    key: Key, said: object = None, header: Said | None = None, *, alg: str = "ES256"
) -> str:
    """Make a token.

    Args:
        key: signs it, and gives it its kid.
        said: the claims; default: those of a klant.
        header: more of that; None leaves something out.
        alg: how it is signed.
    """
    head = {"alg": alg, "kid": key.kid, **(header or {})}
    payload = json.dumps(claims() if said is None else said)
    used = {name: value for name, value in head.items() if value is not None}
    return serialize_compact(used, payload, key, registry=_Anything())


def bearer(token: str) -> str:
    return f"Bearer {token}"


class Issuers(httpx.AsyncBaseTransport):
    """Serves the keys of issuers, and remembers what it was asked.

    Attributes:
        published: the keys of each issuer, by its address.
        asked: the addresses, in order.
        instead: answers to these addresses something else.
        down: no connection.
    """

    def __init__(self, published: Mapping[str, list[Said]]) -> None:
        self.published = dict(published)
        self.asked: list[str] = []
        self.instead: dict[str, httpx.Response | Exception] = {}
        self.down = False

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        url = str(request.url)
        self.asked.append(url)
        instead = self.instead.get(url)
        if self.down:
            raise httpx.ConnectError("connection refused")
        if isinstance(instead, Exception):
            raise instead
        return instead or self._answer(url)

    def _answer(self, url: str) -> httpx.Response:
        for issuer, keys in self.published.items():
            if url == discovery_of(issuer):
                said = {"issuer": issuer, "jwks_uri": jwks_of(issuer)}
                return httpx.Response(200, json=said)
            if url == jwks_of(issuer):
                return httpx.Response(200, json={"keys": keys})
        return httpx.Response(404)


def discovery_of(issuer: str = ISSUER) -> str:
    return f"{issuer.removesuffix('/')}/.well-known/openid-configuration"


def jwks_of(issuer: str = ISSUER) -> str:
    return f"{issuer.removesuffix('/')}/jwks"


def an_issuer(**more: object) -> Said:
    """The settings of one, as they are written."""
    return {"issuer": ISSUER, "audience": AUDIENCE, **more}


def issuer_settings(**more: object) -> IssuerSettings:
    return IssuerSettings.model_validate(an_issuer(**more))


def identity_settings(*issuers: Said, **more: object) -> IdentitySettings:
    """Settings that hold together; default: of one issuer of klanten."""
    return IdentitySettings.model_validate(
        {
            "issuers": issuers or (an_issuer(),),
            "pseudonym_key": KEY,
            "activities": [
                {"name": "inzage", "uri": "https://avg.voorbeeldstad.example/inzage"},
                {"name": "balie", "uri": "https://avg.voorbeeldstad.example/balie"},
            ],
            "clients": [{"client_id": "kcc", "activities": ["balie"]}],
            "klant": {"activity": "inzage"},
            **more,
        }
    )


class Scene:
    """A gateway's reader of tokens, and the issuers it believes.

    Attributes:
        issuers: that it asks for keys.
        tokens: that is looked at.
        clock: of the wall, seconds since 1970.
        timer: monotonic seconds.
    """

    def __init__(self, *keys: Said, settings: IdentitySettings | None = None) -> None:
        self.issuers = Issuers({ISSUER: list(keys)})
        self.clock = Ticking()
        self.timer = Ticking(1_000.0)
        self.tokens = Tokens(
            settings or identity_settings(),
            transport=self.issuers,
            clock=self.clock,
            timer=self.timer,
        )

    async def sub(self, token: str) -> str | None:
        """Say whose token it is."""
        said = await self.tokens.said(bearer(token))
        return None if said is None else said.subject.name
