"""How surely somebody is who they say they are: one scale for all means.

Source: the URIs are those of `rol__machtiging__loa` in Zaken 1.5.1; which eIDAS level a
means has, digitaleoverheid.nl. eHerkenning 1 ended in 2021 and is on no scale.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Betrouwbaarheidsniveau(StrEnum):
    """Low to high; `midden` is a level of its own below eIDAS's `substantieel`."""

    LAAG = "laag"
    MIDDEN = "midden"
    SUBSTANTIEEL = "substantieel"
    HOOG = "hoog"


_RANKS = {level: rank for rank, level in enumerate(Betrouwbaarheidsniveau)}

_SAML = "urn:oasis:names:tc:SAML:2.0:ac:classes"
_ETOEGANG = "urn:etoegang:core:assurance-class"
_EIDAS = "http://eidas.europa.eu/LoA"

URIS: Mapping[str, Betrouwbaarheidsniveau] = MappingProxyType(
    {
        f"{_SAML}:PasswordProtectedTransport": Betrouwbaarheidsniveau.LAAG,
        f"{_SAML}:MobileTwoFactorContract": Betrouwbaarheidsniveau.MIDDEN,
        f"{_SAML}:Smartcard": Betrouwbaarheidsniveau.SUBSTANTIEEL,
        f"{_SAML}:SmartcardPKI": Betrouwbaarheidsniveau.HOOG,
        f"{_ETOEGANG}:loa2": Betrouwbaarheidsniveau.LAAG,
        f"{_ETOEGANG}:loa2plus": Betrouwbaarheidsniveau.MIDDEN,
        f"{_ETOEGANG}:loa3": Betrouwbaarheidsniveau.SUBSTANTIEEL,
        f"{_ETOEGANG}:loa4": Betrouwbaarheidsniveau.HOOG,
        f"{_EIDAS}/low": Betrouwbaarheidsniveau.LAAG,
        f"{_EIDAS}/substantial": Betrouwbaarheidsniveau.SUBSTANTIEEL,
        f"{_EIDAS}/high": Betrouwbaarheidsniveau.HOOG,
    }
)
"""What stands in a token's `acr`: DigiD, eHerkenning and eIDAS."""


def is_enough(
    found: Betrouwbaarheidsniveau | None, needed: Betrouwbaarheidsniveau
) -> bool:
    """Whether a level reaches another; no level reaches none."""
    return found is not None and _RANKS[found] >= _RANKS[needed]
