"""The person on the phone: what an employee states about who that is.

A medewerker's token says nothing about the caller. Before partijgegevens are disclosed,
the medewerker states how the caller's identity was established, and on what ground the
caller may have them (seed basisterminologie, Partij).
"""

from enum import StrEnum

import msgspec

from gateway.identity.levels import Betrouwbaarheidsniveau


class Grond(StrEnum):
    """Seed basisterminologie, Partij: the three grounds."""

    ZELF = "zelf"
    GEMACHTIGD_PERSOON = "gemachtigd_persoon"
    GEMACHTIGD_ORGANISATIE = "gemachtigd_organisatie"


class Vaststelling(msgspec.Struct, frozen=True):
    """One statement; by whom and when is the request's own caller and moment."""

    middel: str
    niveau: Betrouwbaarheidsniveau
    grond: Grond
