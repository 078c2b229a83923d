"""Where servers, and what an application may do on them, are not all alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal
from uuid import UUID

# What stands in `expand`, where that is not the resource's own name.
_RESOURCES: Mapping[str, str] = MappingProxyType(
    {
        "deelzaken": "zaken",
        "eigenschap": "eigenschappen",
        "eigenschappen": "zaakeigenschappen",
        "hoofdzaak": "zaken",
        "informatieobjecttype": "informatieobjecttypen",
        "resultaat": "resultaten",
        "resultaattype": "resultaattypen",
        "roltype": "roltypen",
        "status": "statussen",
        "statustype": "statustypen",
        "zaaktype": "zaaktypen",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conduct:
    """How one server behaves; the defaults are those of Open Zaak and Open Object.

    Attributes:
        hidden: records that the application may not see, by uuid; so is what belongs
            to a hidden zaak, or is of a hidden objecttype.
        unreadable: resources that the application has no scope for (`zaaktypen`), so
            that it may not expand them either.
        largest_page: more records are not on a page, whatever is asked.
        unknown_filters: of `_zoek` of zaken, that this one does not know, and so ignores.
        no_zoek: what is answered where `_zoek` would be; None for a server that has it.
    """

    hidden: frozenset[UUID] = frozenset()
    unreadable: frozenset[str] = frozenset()
    largest_page: int = 500
    unknown_filters: frozenset[str] = frozenset()
    no_zoek: Literal[404, 405] | None = None

    def may_expand(self, path: str) -> bool:
        """Say whether the application may read all of `status.statustype`."""
        names = path.split(".")
        return self.unreadable.isdisjoint(_RESOURCES.get(name, name) for name in names)


USUAL = Conduct()
