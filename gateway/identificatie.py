"""What names a person or organisation in a register."""

from uuid import UUID

import msgspec


class Identificatie(msgspec.Struct, frozen=True):
    """What a partij is looked up by: one row of externe identificaties.

    Attributes:
        kvk_nummer: of a vestigingsnummer, the KVK-nummer it belongs under.
    """

    register: str
    soort: str
    waarde: str
    land: str | None = None
    kvk_nummer: str | None = None

    def __repr__(self) -> str:
        """Say what it is, never whose: this may end up in a traceback."""
        return f"Identificatie({self.soort} …)"


def elfproef(digits: str) -> bool:
    """The check on BSN and RSIN: 9·d1 + 8·d2 … + 2·d8 - 1·d9 is a multiple of 11.

    Args:
        digits: nine of them.
    """
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(
        weight * int(digit) for weight, digit in zip(weights, digits, strict=True)
    )
    return total % 11 == 0 and digits != "000000000"


def bsn(waarde: str) -> Identificatie:
    """Name a natural person."""
    return Identificatie("brp", "bsn", waarde)


def rsin(waarde: str) -> Identificatie:
    """Name a niet-natuurlijk persoon."""
    return Identificatie("hr", "rsin", waarde)


def kvk_nummer(waarde: str) -> Identificatie:
    """Name an organisation in the Handelsregister."""
    return Identificatie("hr", "kvk_nummer", waarde)


def vestiging(waarde: str, kvk: str) -> Identificatie:
    """Name a vestiging, which is always one of an organisation."""
    return Identificatie("hr", "vestigingsnummer", waarde, kvk_nummer=kvk)


def digitaal_adres(waarde: str) -> Identificatie:
    """Name whoever has this telephone number or e-mail address; no identification."""
    return Identificatie("klantbeeld", "digitaal_adres", waarde)


def partij(key: UUID) -> Identificatie:
    """Name a partij by its key in the store."""
    return Identificatie("klantbeeld", "partij", str(key))


def partijnummer(nummer: int) -> Identificatie:
    """Name a partij by its number in the store; these follow on each other."""
    return Identificatie("klantbeeld", "nummer", str(nummer))
