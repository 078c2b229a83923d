"""Where the registers of the demo municipality are: on paper, and for real."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from gateway.settings import RegisterKind


class StandinName(StrEnum):
    """A server of the demo."""

    ZAKEN = "zaken"
    DOCUMENTEN = "documenten"
    OBJECTEN = "objecten"


# Where the fixtures say they are from.
CANONICAL: Mapping[StandinName, str] = MappingProxyType(
    {
        StandinName.ZAKEN: "https://zaken.voorbeeldstad.example",
        StandinName.DOCUMENTEN: "https://documenten.voorbeeldstad.example",
        StandinName.OBJECTEN: "https://objecten.voorbeeldstad.example",
    }
)

# One server has both Zaken and Catalogi, as in Open Zaak.
PLACES: Mapping[RegisterKind, tuple[StandinName, str]] = MappingProxyType(
    {
        "zaken": (StandinName.ZAKEN, "/zaken/api/v1"),
        "catalogi": (StandinName.ZAKEN, "/catalogi/api/v1"),
        "documenten": (StandinName.DOCUMENTEN, "/documenten/api/v1"),
        "objecten": (StandinName.OBJECTEN, "/api/v2"),
    }
)


@dataclass(frozen=True, slots=True)
class Addresses:
    """The real addresses of the stand-ins; one not given keeps its canonical one.

    Attributes:
        origins: `http://127.0.0.1:8101` and the like, by the stand-in's name.
    """

    origins: Mapping[StandinName, str] = field(default_factory=dict)

    def origin(self, standin: StandinName) -> str:
        """Give the scheme, host and port of a stand-in."""
        return self.origins.get(standin, CANONICAL[standin])

    def base(self, kind: RegisterKind) -> str:
        """Give the base address of an API."""
        standin, path = PLACES[kind]
        return f"{self.origin(standin)}{path}"

    def rewrite(self, text: str) -> str:
        """Replace canonical addresses by real ones, wherever they stand."""
        for standin, canonical in CANONICAL.items():
            text = text.replace(f"{canonical}/", f"{self.origin(standin)}/")
        return text
