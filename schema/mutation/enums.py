"""Closed lists that only mutations have."""

from enum import StrEnum

from schema.enums import described


class SoortAdres(StrEnum):
    """What an adres is for."""

    BEZOEKADRES = "bezoekadres"
    CORRESPONDENTIEADRES = "correspondentieadres"


described(
    SoortAdres,
    "Waar een adres voor is.",
    {
        "bezoekadres": "Waar iemand te bezoeken is.",
        "correspondentieadres": "Waar post heen kan.",
    },
)
