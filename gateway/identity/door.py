"""From what a request says to who asks; one for each process."""

import time
from collections.abc import Callable
from typing import Protocol

from gateway.deadline import Timer
from gateway.identity.caller import ANONIEM, ONTWIKKELAAR, Caller, Callers, Claimed
from gateway.identity.tokens.jwks import Transport
from gateway.identity.tokens.tokens import Tokens
from gateway.settings.identity import IdentitySettings


class Door(Protocol):
    """Says who asks."""

    async def caller(self, authorization: str | None, claimed: Claimed) -> Caller:
        """Say who asks.

        Args:
            authorization: the header of that name.
            claimed: what other headers say.

        Raises:
            InvalidToken: the token is not believed.
            NotAllowed: a header asks for what this caller cannot have.
            KeysUnavailable: it cannot be found out now.
        """

    async def aclose(self) -> None:
        """Close what it opened."""


class IssuerDoor:
    """Lets in those whose tokens are believed."""

    def __init__(
        self,
        settings: IdentitySettings,
        *,
        transport: Transport | None = None,
        clock: Callable[[], float] = time.time,
        timer: Timer = time.monotonic,
    ) -> None:
        """Take whom to believe.

        Args:
            settings: issuers, and who may ask for what.
            transport: instead of the network, for the keys of issuers.
            clock: seconds since 1970.
            timer: monotonic seconds.
        """
        self._asks = bool(settings.issuers)
        self._callers = Callers(settings, clock)
        self._tokens = Tokens(settings, transport=transport, clock=clock, timer=timer)

    async def caller(self, authorization: str | None, claimed: Claimed) -> Caller:
        """See `Door`; where no issuer is configured, whoever it is may all."""
        if not self._asks:
            return ONTWIKKELAAR
        said = await self._tokens.said(authorization)
        return ANONIEM if said is None else self._callers.caller(said, claimed)

    async def aclose(self) -> None:
        """Close what fetches keys."""
        await self._tokens.aclose()
