"""Business mistakes: told all at once, as data, and then nothing is written.

A mistake is the caller's to mend, so it says where (`pad`) and what the rule is
(`melding`), in Dutch for whoever sits behind the frontend; never the value given. What
cannot be mended by asking otherwise (no right, a store that is down) is an error of
`gateway.errors` instead.
"""

from collections.abc import Iterator
from enum import StrEnum

import msgspec


class FoutCode(StrEnum):
    """What a frontend can act on."""

    VERPLICHT = "verplicht"
    ONGELDIG = "ongeldig"
    NIET_GEVONDEN = "niet_gevonden"
    NIET_ACTIEF = "niet_actief"
    BESTAAT_AL = "bestaat_al"
    VEROUDERD = "verouderd"
    SLEUTEL_HERGEBRUIKT = "sleutel_hergebruikt"
    IDENTITEIT_NIET_VASTGESTELD = "identiteit_niet_vastgesteld"
    GEEN_TOESTEMMING = "geen_toestemming"
    DIENT_GEEN_DOEL = "dient_geen_doel"
    IN_DE_TOEKOMST = "in_de_toekomst"
    IS_BEEINDIGD = "is_beeindigd"
    IS_VERWERKT = "is_verwerkt"
    ONBEKEND_REGISTER = "onbekend_register"
    INTERNE_OPMERKING = "interne_opmerking"
    BEWAARTERMIJN = "bewaartermijn"
    TE_VAAK = "te_vaak"
    NIET_TOEGESTAAN = "niet_toegestaan"


class Fout(msgspec.Struct, frozen=True):
    """One mistake.

    Attributes:
        pad: of the input's field, names and indices with dots between.
        melding: the rule, in Dutch.
    """

    code: FoutCode
    pad: str
    melding: str


class Mistaken(Exception):
    """Ends a transaction in which there were mistakes; nothing of it is written."""

    def __init__(self, fouten: tuple[Fout, ...]) -> None:
        super().__init__(", ".join(f"{each.code} at {each.pad}" for each in fouten))
        self.fouten = fouten


class Fouten:
    """Collects the mistakes of one input."""

    def __init__(self) -> None:
        """Begin with none."""
        self._found: list[Fout] = []

    def __iter__(self) -> Iterator[Fout]:
        """Give them in the order in which they were found."""
        return iter(self._found)

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self._found)

    def add(self, code: FoutCode, pad: str, melding: str) -> None:
        """Note one."""
        self._found.append(Fout(code, pad, melding))

    def clear(self) -> None:
        """Forget them: what was wrong is told otherwise."""
        self._found.clear()

    def check(self) -> None:
        """End it here if there are any.

        Raises:
            Mistaken: with all that was found.
        """
        if self._found:
            raise Mistaken(tuple(self._found))
