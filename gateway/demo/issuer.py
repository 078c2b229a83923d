"""The demo's own issuer of tokens, with keys that are made anew at every start.

Nobody logs in: it hands out tokens of whom it is told to. Who there are is for
`callers`.

Source: OpenID Connect Discovery 1.0, 3; RFC 7517 5.
"""

import time
from collections.abc import Callable, Mapping
from uuid import uuid4

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gateway.demo.standins.problems import OPEN_ZAAK
from gateway.demo.standins.server import Standin

CANONICAL = "https://inloggen.voorbeeldstad.example"
"""Where it is when it is nowhere: what in-process tests call it."""

AUDIENCE = "klantbeeld"
VALID_FOR = 12 * 3600
"""Seconds that a token holds."""

_ALGORITHM = "ES256"


class Issuer:
    """Makes tokens, and serves what they are checked with.

    Attributes:
        url: of the issuer: what stands in `iss`.
        standin: its server, an ASGI application that remembers what it was asked.
    """

    def __init__(
        self, url: str = CANONICAL, *, clock: Callable[[], float] = time.time
    ) -> None:
        """Make its keys.

        Args:
            url: scheme, host and port where it is served.
            clock: seconds since 1970.
        """
        self.url = url
        self._clock = clock
        self._key = ECKey.generate_key("P-256", auto_kid=True)
        self.standin = Standin(
            [
                Route("/.well-known/openid-configuration", self._discovery),
                Route("/jwks", self._jwks),
            ],
            OPEN_ZAAK,
            origin=url,
        )

    def mint(self, claims: Mapping[str, object]) -> str:
        """Make a token that holds from now on.

        Args:
            claims: what it says; `iss`, `aud` and its times unless they are in here.
        """
        now = int(self._clock())
        said = {
            "iss": self.url,
            "aud": AUDIENCE,
            "iat": now,
            "exp": now + VALID_FOR,
            "jti": str(uuid4()),
            **claims,
        }
        head = {"alg": _ALGORITHM, "kid": self._key.kid}
        return jwt.encode(head, said, self._key)

    async def _discovery(self, _request: Request) -> Response:
        return JSONResponse(
            {
                "issuer": self.url,
                "jwks_uri": f"{self.url}/jwks",
                "id_token_signing_alg_values_supported": [_ALGORITHM],
            }
        )

    async def _jwks(self, _request: Request) -> Response:
        return JSONResponse(KeySet([self._key]).as_dict(private=False))
