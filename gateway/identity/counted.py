"""As whom callers are counted, and whom they look up: by pseudonyms only."""

from contextlib import AbstractContextManager, nullcontext
from typing import Protocol

import msgspec

from gateway.identificatie import Identificatie
from gateway.identity.caller import ANONIEM, ONTWIKKELAAR, Caller
from gateway.identity.pseudonyms import Pseudonyms


class Rates(Protocol):
    """Counts by opaque keys."""

    def entering(self, key: str) -> AbstractContextManager[None]:
        """Count an operation as under way; may refuse."""

    def look_up(self, key: str, person: str) -> None:
        """Note that a caller asks for a person; may refuse with LimitExceeded."""


class Counted:
    """One for each process."""

    def __init__(
        self, rates: Rates, pseudonyms: Pseudonyms, strangers: Rates | None = None
    ) -> None:
        """Take what counts, and what names.

        Args:
            rates: count callers.
            pseudonyms: name them, and whom they look up.
            strangers: count who is anonymous; default: as all others.
        """
        self._rates = rates
        self._strangers = strangers or rates
        self._pseudonyms = pseudonyms

    def entering(self, caller: Caller) -> AbstractContextManager[None]:
        """Count an operation of a caller as under way; may refuse."""
        key = self._key(caller)
        if key is None:
            return nullcontext()
        rates = self._strangers if caller is ANONIEM else self._rates
        return rates.entering(key)

    def look_up(self, caller: Caller, named: Identificatie) -> None:
        """Note that a caller asks for somebody by name.

        Raises:
            LimitExceeded: within an hour, for too many.
        """
        key = self._key(caller)
        if key is not None:
            person = self._pseudonyms.identificatie(named).value
            self._rates.look_up(key, person)

    def _key(self, caller: Caller) -> str | None:
        """Say as whom a caller is counted: who acts, for whomever, by any client.

        Returns:
            The same for all who are anonymous; None for whoever it is where nobody is
            asked who they are.
        """
        if caller is ONTWIKKELAAR:
            return None
        if caller is ANONIEM:
            return "anoniem"
        if caller.vertegenwoordiger is not None:
            return self._pseudonyms.subject(caller.vertegenwoordiger).value
        if caller.klanten:
            return self._pseudonyms.identificatie(caller.klanten[0]).value
        # As JSON, so that no two lists of parts are the same key.
        parts = (caller.soort, caller.issuer, caller.subject)
        return msgspec.json.encode(parts).decode()
