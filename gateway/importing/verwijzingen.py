"""References of four parts: to a URL where an alias says which, else as they are."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

from gateway.importing.lines import Notes
from gateway.importing.planning import Values
from gateway.importing.records import Identificator
from gateway.importing.values import text
from gateway.registers.directory import Directory
from gateway.settings import RegisterKind
from gateway.settings.importing import AliasSettings

ONDERWERP = ("zaak", "klanttaak", "object")
INHOUD = ("informatieobject", "object")

# What Open Klant's manual and its clients write, in any case.
_VORM_OF_OBJECTTYPE: Mapping[str, str] = MappingProxyType(
    {
        "zaak": "zaak",
        "zaken": "zaak",
        "zgw-zaak": "zaak",
        "zgwzaak": "zaak",
        "klanttaak": "klanttaak",
        "document": "informatieobject",
        "informatieobject": "informatieobject",
        "enkelvoudiginformatieobject": "informatieobject",
    }
)
_RESOURCES: tuple[tuple[RegisterKind, str, str], ...] = (
    ("zaken", "zaken", "zaak"),
    ("documenten", "enkelvoudiginformatieobjecten", "informatieobject"),
)
"""What is a zaak or document wherever it is named: of which kind of register."""
_URL = re.compile(r"https?://\S{1,900}")
_ID = re.compile(r"[A-Za-z0-9._~-]+")

Codes = tuple[str, str, str]


class Verwijzingen:
    """Reads references.

    Attributes:
        as_they_are: how often which codes had no alias.
    """

    def __init__(self, aliases: Sequence[AliasSettings], registers: Directory) -> None:
        """Take what codes mean, of which the first that fits counts, and whose URLs are."""
        self._aliases = aliases
        self._registers = registers
        self.as_they_are: Counter[Codes] = Counter()

    def read(
        self,
        notes: Notes,
        field: str,
        given: Identificator | None,
        vormen: Collection[str],
    ) -> Values | None:
        """Give the columns, `vorm` among them; None when there is no reference.

        Args:
            notes: of the record that refers.
            field: which of its fields does.
            given: the four parts.
            vormen: which forms it may have.
        """
        given = given or Identificator()
        object_id = text(notes, f"{field}.objectId", given.object_id, 1000)
        if object_id is None:
            notes.left_out(field, "refers to nothing")
            return None
        codes = (
            given.code_register or "",
            given.code_objecttype or "",
            given.code_soort_object_id or "",
        )
        vorm = _VORM_OF_OBJECTTYPE.get(codes[1].casefold(), "object")
        vorm = vorm if vorm in vormen else "object"
        if _URL.fullmatch(object_id):
            return self._at(object_id, vorm, vormen)
        alias = self._alias(codes, vormen)
        if alias is not None and _ID.fullmatch(object_id):
            url = alias.url.replace("{id}", object_id)
            return self._at(url, alias.vorm, vormen)
        return self._as_it_is(notes, field, codes, vorm, object_id)

    def _at(self, url: str, vorm: str, vormen: Collection[str]) -> Values:
        """Refer to a URL; what is there, its register says more surely than codes do."""
        for kind, resource, found in _RESOURCES:
            if found in vormen and self._registers.place(url, kind, resource):
                vorm = found
        return {**NO_VERWIJZING, "vorm": vorm, "url": url}

    def _alias(self, codes: Codes, vormen: Collection[str]) -> AliasSettings | None:
        fits = (each for each in self._aliases if each.means(codes))
        return next((each for each in fits if each.vorm in vormen), None)

    def _as_it_is(
        self, notes: Notes, field: str, codes: Codes, vorm: str, object_id: str
    ) -> Values | None:
        if not all(codes) or max(map(len, (*codes, object_id))) > 200:
            notes.left_out(field, "has not all of its four parts, or too long a one")
            return None
        self.as_they_are[codes] += 1
        register, objecttype, soort = codes
        return {
            "vorm": vorm,
            "url": None,
            "code_register": register,
            "code_objecttype": objecttype,
            "code_soort_object_id": soort,
            "object_id": object_id,
        }


NO_VERWIJZING: Values = MappingProxyType(
    dict.fromkeys(
        ("url", "code_register", "code_objecttype", "code_soort_object_id", "object_id")
    )
)
"""The columns of a reference, where there is none."""
