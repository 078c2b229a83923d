"""Soorten digitaal adres: a closed list, of which the names are a choice."""

from collections.abc import Mapping
from types import MappingProxyType

USUAL: Mapping[str, str] = MappingProxyType(
    {
        "email": "E-mailadres",
        "telefoonnummer": "Telefoonnummer",
        "social_media": "Sociale media",
        "overig": "Overig",
    }
)
"""Names by code."""
