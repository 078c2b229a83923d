"""How a register knows us: what stands in the header `Authorization`."""

from collections.abc import Callable
from typing import Protocol

from joserfc import jwt
from joserfc.jwk import OctKey

from gateway.settings import RegisterSettings

Clock = Callable[[], float]

# Open Zaak 1.30 refuses a token from 3600 s after `iat`, without leeway.
_REUSED_FOR = 50 * 60
# So that a register whose clock is behind does not see a token from the future.
_CLOCK_DRIFT = 5


class Credentials(Protocol):
    """What a register takes from us."""

    def __call__(self) -> str:
        """Give the header's value."""

    def renew(self, refused: str) -> None:
        """Make a new one, unless that was done since this one was given."""


class ZgwJwt:
    """A signed token of our own making, renewed in time.

    `exp`, `nbf` and `aud` are left out: a register that finds them checks them, and
    the standard does not ask for them.

    Source: Zaken 1.5.1, Catalogi 1.3.1, Documenten 1.4.2, securityScheme JWT-Claims.
    """

    def __init__(self, settings: RegisterSettings, clock: Clock) -> None:
        """Take the client id and secret.

        Args:
            settings: of the register that knows them.
            clock: seconds since 1970.
        """
        self._client_id = settings.client_id
        self._key = OctKey.import_key(settings.secret.get_secret_value())
        self._clock = clock
        self._minted = float("-inf")
        self._header = ""

    def __call__(self) -> str:
        """Give the header's value."""
        now = self._clock()
        # A clock that was set back starts a new token too.
        if not 0 <= now - self._minted < _REUSED_FOR:
            self._minted = now
            self._header = f"Bearer {self._mint(int(now) - _CLOCK_DRIFT)}"
        return self._header

    def renew(self, refused: str) -> None:
        """Make a new one, unless that was done since this one was given."""
        if refused == self._header:
            self._minted = float("-inf")

    def _mint(self, issued_at: int) -> str:
        claims = {
            "iss": self._client_id,
            "iat": issued_at,
            "client_id": self._client_id,
            "user_id": self._client_id,
            "user_representation": self._client_id,
        }
        return jwt.encode({"alg": "HS256", "typ": "JWT"}, claims, self._key)


class Token:
    """A fixed token.

    Source: Objecten 2.7.0, securityScheme tokenAuth.
    """

    def __init__(self, settings: RegisterSettings) -> None:
        self._header = f"Token {settings.token.get_secret_value()}"

    def __call__(self) -> str:
        """Give the header's value."""
        return self._header

    def renew(self, refused: str) -> None:
        """Keep it: there is no other."""


def credentials(settings: RegisterSettings, clock: Clock) -> Credentials:
    """Choose what a register of this kind takes."""
    if settings.kind == "objecten":
        return Token(settings)
    return ZgwJwt(settings, clock)
