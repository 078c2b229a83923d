"""The lists as this municipality has them: what can be chosen, and what codes are called."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Self

import msgspec

from gateway.referentielijsten.namen import namen_van_landen, namen_van_talen
from gateway.referentielijsten.talen import BIBLIOGRAPHIC, SUGGESTED
from gateway.settings.referentielijsten import ReferentielijstenSettings


class Referentiewaarde(msgspec.Struct, frozen=True):
    """A code and what it is called."""

    code: str
    naam: str


class Lijst(msgspec.Struct, frozen=True):
    """One of the lists.

    Attributes:
        waarden: what can be chosen, in the order in which it is shown.
        namen: by every code that has one, also those that are not to be chosen.
    """

    waarden: tuple[Referentiewaarde, ...]
    namen: Mapping[str, str]

    @classmethod
    def of(cls, namen: Mapping[str, str], chosen: Iterable[str] | None = None) -> Self:
        """Make one.

        Args:
            namen: by code.
            chosen: which of these can be chosen; None of all.
        """
        codes = namen if chosen is None else chosen
        return cls(tuple(Referentiewaarde(code, namen[code]) for code in codes), namen)

    @property
    def codes(self) -> frozenset[str]:
        """Those that can be chosen."""
        return frozenset(each.code for each in self.waarden)

    def naam(self, code: str | None) -> str | None:
        """Say what a code is called; None of one that is not known, or not there."""
        return None if code is None else self.namen.get(code)


class Referentielijsten(msgspec.Struct, frozen=True):
    """All of them; one for each process."""

    kanalen: Lijst
    talen: Lijst
    landen: Lijst
    soorten_digitaal_adres: Lijst

    @classmethod
    def of(cls, settings: ReferentielijstenSettings) -> Self:
        """Make them as they are configured."""
        return cls(
            kanalen=Lijst.of(
                settings.vervallen_kanalen | settings.kanalen, settings.kanalen
            ),
            talen=_talen(settings.talen),
            landen=Lijst.of(namen_van_landen(), settings.landen),
            soorten_digitaal_adres=Lijst.of(settings.soorten_digitaal_adres),
        )


def _talen(chosen: Iterable[str] | None) -> Lijst:
    """Both variants have their name; only the terminological one can be chosen."""
    namen = namen_van_talen()
    if chosen is None:
        chosen = [code for code in namen if code in SUGGESTED]
    either = {code: namen[other] for code, other in BIBLIOGRAPHIC.items()}
    return Lijst.of({**namen, **either}, chosen)


@cache
def usual() -> Referentielijsten:
    """Give them as they are without settings."""
    return Referentielijsten.of(ReferentielijstenSettings())
