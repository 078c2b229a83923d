"""Whom something is about, said so that only who holds the key can find out.

Processing records and the audit trail name people by these. One key gives one person
one pseudonym, in all processes and for ever: who looks for what was shown of somebody,
makes the pseudonym anew.
"""

import hmac
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple
from uuid import UUID

import msgspec

from gateway.identificatie import Identificatie
from gateway.identity.tokens.claims import Subject

LENGTH = 16
"""Bytes that are kept of HMAC-SHA256: as many as a uuid has."""

# Logboek Dataverwerkingen 1.0.0, `dpl.core.data_subject_id_type`: "BSN,
# personeelsnummer, of een URI".
_TYPES: Mapping[str, str] = MappingProxyType(
    {"bsn": "BSN", "rsin": "RSIN", "kvk_nummer": "KVK-nummer"}
)

PARTIJ = "urn:klantbeeld:partij"
BETROKKENE = "urn:klantbeeld:betrokkene"
"""Persons by keys of the store: not everybody there has a number."""


class Pseudonym(NamedTuple):
    """Somebody.

    Attributes:
        value: 32 hexadecimal digits.
        soort: what it was made of, in the words of `data_subject_id_type`.
    """

    value: str
    soort: str


class Pseudonyms:
    """Makes them; those of different kinds never meet, whatever the digits."""

    def __init__(self, key: bytes) -> None:
        """Take the key, which all processes of an installation share.

        Args:
            key: secret; another one breaks the link with all that was written before.
        """
        self._key = key

    def identificatie(self, named: Identificatie) -> Pseudonym:
        """Of who is named by a number in a register."""
        parts = (
            named.register,
            named.soort,
            named.waarde,
            named.land,
            named.kvk_nummer,
        )
        soort = _TYPES.get(named.soort, named.soort)
        return Pseudonym(self._made("identificatie", *parts), soort)

    def partij(self, key: UUID) -> Pseudonym:
        """Of a partij, named by its technical key."""
        return Pseudonym(self._made("partij", str(key)), PARTIJ)

    def betrokkene(self, key: UUID) -> Pseudonym:
        """Of who took part in a klantcontact and is not known as a partij."""
        return Pseudonym(self._made("betrokkene", str(key)), BETROKKENE)

    def subject(self, subject: Subject) -> Pseudonym:
        """Of who a token is of: as whom they are known, else by their own name."""
        if subject.klanten:
            return self.identificatie(subject.klanten[0])
        return Pseudonym(self._made("subject", subject.kind, subject.name), "subject")

    def digest(self, *parts: str) -> str:
        """Of a text that may be anybody's, to compare it with itself later."""
        return self._made("digest", *parts)

    def _made(self, *parts: str | None) -> str:
        # As JSON, so that no two lists of parts are the same message.
        message = msgspec.json.encode(("klantbeeld", *parts))
        return hmac.digest(self._key, message, "sha256")[:LENGTH].hex()
