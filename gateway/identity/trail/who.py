"""Who asked, as the trails name them: a klant never but by a pseudonym."""

from typing import NamedTuple

from gateway.identity.caller import Caller
from gateway.identity.pseudonyms import Pseudonyms


class Who(NamedTuple):
    """One who asked.

    Attributes:
        wie: a medewerker's or systeem's own name; of a klant a pseudonym.
        uitgever: whose name for them that is; None of a klant.
        namens: a pseudonym: for whom a vertegenwoordiger acts.
    """

    wie: str
    uitgever: str | None
    namens: str | None


def who_asked(caller: Caller, pseudonyms: Pseudonyms) -> Who:
    """Name a caller."""
    if caller.klant is None:
        return Who(caller.subject, caller.issuer, None)
    if caller.vertegenwoordiger is None:
        # As the token knows them, whatever the capacity they chose.
        return Who(pseudonyms.identificatie(caller.klanten[0]).value, None, None)
    wie = pseudonyms.subject(caller.vertegenwoordiger)
    return Who(wie.value, None, pseudonyms.identificatie(caller.klant).value)
