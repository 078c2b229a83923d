"""Rekeningnummers: an IBAN that adds up, and the BIC of its bank.

Source: ISO 13616-1 and the IBAN registry (lengths and, of the Netherlands, structure);
ISO 7064 MOD 97-10; ISO 9362 of the BIC.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from gateway.recording.fouten import FoutCode, Fouten
from gateway.recording.waarden.paden import below

# Of countries in Europe; of others it is only known that they are 15 to 34.
LENGTHS: Mapping[str, int] = MappingProxyType(
    {
        country: length
        for length, countries in {
            15: "NO",
            16: "BE",
            18: "DK FI NL",
            19: "MK SI",
            20: "AT EE LT LU XK",
            21: "CH HR LI LV",
            22: "BG DE GB IE ME RS VA",
            23: "GI",
            24: "AD CZ ES MD RO SE SK",
            25: "PT",
            26: "IS",
            27: "FR GR IT MC SM",
            28: "AL CY HU PL",
            31: "MT",
        }.items()
        for country in countries.split()
    }
)

_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
_NL = re.compile(r"NL[0-9]{2}[A-Z]{4}[0-9]{10}")
_BIC = re.compile(r"[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
IBAN = (
    "Een IBAN is een landcode, twee cijfers en een rekeningnummer, zo lang als het land"
    " voorschrijft."
)


class Rekeningnummer(msgspec.Struct, frozen=True):
    """Where money goes; columns of `rekeningnummers`."""

    iban: str
    bic: str | None = None


def check_rekeningnummer(
    value: Rekeningnummer, pad: str, fouten: Fouten
) -> Rekeningnummer:
    """Check one; in capitals, without spaces."""
    return Rekeningnummer(
        check_iban(value.iban, below(pad, "iban"), fouten),
        check_bic(value.bic, below(pad, "bic"), fouten),
    )


def check_iban(value: str, pad: str, fouten: Fouten) -> str:
    """Check an IBAN."""
    iban = _written(value)
    if not _has_form(iban):
        fouten.add(FoutCode.ONGELDIG, pad, IBAN)
    elif not _adds_up(iban):
        fouten.add(
            FoutCode.ONGELDIG, pad, "Het controlegetal van deze IBAN klopt niet."
        )
    return iban


def check_bic(value: str | None, pad: str, fouten: Fouten) -> str | None:
    """Check a BIC; None is one that was not given."""
    if value is None:
        return None
    bic = _written(value)
    if not _BIC.fullmatch(bic):
        fouten.add(FoutCode.ONGELDIG, pad, "Een BIC is acht of elf letters en cijfers.")
    return bic


def _written(value: str) -> str:
    return re.sub(r"\s", "", value).upper()


def _has_form(iban: str) -> bool:
    country = iban[:2]
    return (
        _IBAN.fullmatch(iban) is not None
        and len(iban) == LENGTHS.get(country, len(iban))
        and (country != "NL" or _NL.fullmatch(iban) is not None)
    )


def _adds_up(iban: str) -> bool:
    digits = "".join(str(int(each, 36)) for each in iban[4:] + iban[:4])
    return int(digits) % 97 == 1
