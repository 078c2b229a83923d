"""References of four parts: to a URL where an alias says which, else as they are."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

from gateway.importing.lines import Notes
from gateway.importing.planning import Values
from gateway.importing.records import Identificator
from gateway.importing.values import text
from gateway.settings.importing import AliasSettings

ONDERWERP = ("zaak", "klanttaak", "object")
INHOUD = ("informatieobject", "object")

# What Open Klant's manual and its clients write, in any case.
_VORM_OF_OBJECTTYPE: Mapping[str, str] = MappingProxyType(
    {
        "zaak": "zaak",
        "zgw-zaak": "zaak",
        "klanttaak": "klanttaak",
        "document": "informatieobject",
        "informatieobject": "informatieobject",
        "enkelvoudiginformatieobject": "informatieobject",
    }
)
_URL = re.compile(r"https?://\S{1,900}")
_ID = re.compile(r"[A-Za-z0-9._~-]+")

Codes = tuple[str, str, str]


class Verwijzingen:
    """Reads references.

    Attributes:
        as_they_are: how often which codes had no alias.
    """

    def __init__(self, aliases: Sequence[AliasSettings]) -> None:
        """Take what codes mean; the first that fits counts."""
        self._aliases = aliases
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
            return {**NO_VERWIJZING, "vorm": vorm, "url": object_id}
        alias = self._alias(codes, vormen)
        if alias is not None and _ID.fullmatch(object_id):
            url = alias.url.replace("{id}", object_id)
            return {**NO_VERWIJZING, "vorm": alias.vorm, "url": url}
        return self._as_it_is(notes, field, codes, vorm, object_id)

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
