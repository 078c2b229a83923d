"""What names a partij elsewhere."""

import re
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple
from uuid import UUID

from gateway.importing.lines import Lines, Notes
from gateway.importing.planning import Keys, Naming, Planned
from gateway.importing.records import Identificator, PartijIdentificator
from gateway.importing.values import elfproef

NATUURLIJK = "natuurlijk_persoon"
NIET_NATUURLIJK = "niet_natuurlijk_persoon"

# From before Open Klant 2.7 closed the lists (Open Inwoner, 2024).
_SOORTEN: Mapping[str, str] = MappingProxyType(
    {"kvk": "kvk_nummer", "kvknummer": "kvk_nummer", "vtn": "vestigingsnummer"}
)
_OBJECTTYPEN = frozenset({NATUURLIJK, NIET_NATUURLIJK, "vestiging", "inp", "nnp"})


def _digits(number: int) -> Callable[[str], bool]:
    return lambda waarde: re.fullmatch(f"[0-9]{{{number}}}", waarde) is not None


class _Rule(NamedTuple):
    register: str
    subject: str
    holds: Callable[[str], bool]
    rule: str


_RULES: Mapping[str, _Rule] = MappingProxyType(
    {
        "bsn": _Rule("brp", NATUURLIJK, elfproef, "does not pass the elfproef"),
        "rsin": _Rule("hr", NIET_NATUURLIJK, elfproef, "does not pass the elfproef"),
        "kvk_nummer": _Rule("hr", NIET_NATUURLIJK, _digits(8), "has not 8 digits"),
        "vestigingsnummer": _Rule(
            "hr", NIET_NATUURLIJK, _digits(12), "has not 12 digits"
        ),
    }
)

Parents = Mapping[UUID, PartijIdentificator]
"""Under which a vestigingsnummer stands, by their uuids."""


class Identificaties(NamedTuple):
    """Of one partij.

    Attributes:
        subject: whom they name: a natural person or none; None where none tells.
        named: what finds the partij here.
        planned: the rows.
    """

    subject: str | None
    named: list[Naming]
    planned: list[Planned]


class _Found(NamedTuple):
    given: PartijIdentificator
    naming: Naming


def identificaties(
    lines: Lines,
    keys: Keys,
    of: Planned,
    given: Iterable[PartijIdentificator],
    parents: Parents,
) -> Identificaties:
    """Plan those of a partij whose own row is planned already."""
    every = list(given)
    known = {**parents, **{each.uuid: each for each in every}}
    found = []
    for each in every:
        notes = lines.of("partij_identificator", each.uuid)
        naming = _naming(notes, each, known)
        if naming is not None:
            found.append(_Found(each, naming))
    soort_partij = str(of.beside["soort_partij"])
    kept = list(_of_one_subject(lines, soort_partij, found))
    subject = next((_RULES[each.naming.soort].subject for each in kept), None)
    return Identificaties(
        subject,
        _most_telling([each.naming for each in kept]),
        [_planned(keys, of, each, subject) for each in kept],
    )


def _most_telling(named: list[Naming]) -> list[Naming]:
    """Leave out what a vestiging shares with others of its organisation."""
    vestiging = [each for each in named if each.soort == "vestigingsnummer"]
    return vestiging or named


def soort_of(given: Identificator) -> str:
    """Say of what soort one is, in our words."""
    soort = (given.code_soort_object_id or "").casefold()
    return _SOORTEN.get(soort, soort)


def _naming(notes: Notes, given: PartijIdentificator, known: Parents) -> Naming | None:
    if given.andere_partij_identificator:
        notes.left_out("anderePartijIdentificator", "has no place here")
    parts = given.partij_identificator
    soort, waarde = soort_of(parts), parts.object_id or ""
    rule = _RULES.get(soort)
    objecttype = (parts.code_objecttype or "").casefold()
    register = (parts.code_register or "").casefold()
    if rule is None or objecttype not in _OBJECTTYPEN or register != rule.register:
        notes.left_out("partijIdentificator", "names nobody in brp or hr")
        return None
    if not rule.holds(waarde):
        notes.left_out("partijIdentificator.objectId", rule.rule)
        return None
    if soort != "vestigingsnummer":
        return Naming(soort, waarde, None)
    kvk_nummer = _kvk_nummer(given, known)
    if kvk_nummer is None:
        notes.left_out("subIdentificatorVan", "is no KVK-nummer")
        return None
    return Naming(soort, waarde, kvk_nummer)


def _kvk_nummer(given: PartijIdentificator, known: Parents) -> str | None:
    stub = given.sub_identificator_van
    parent = None if stub is None else known.get(stub.uuid)
    if parent is None or soort_of(parent.partij_identificator) != "kvk_nummer":
        return None
    waarde = parent.partij_identificator.object_id or ""
    return waarde if _RULES["kvk_nummer"].holds(waarde) else None


def _of_one_subject(
    lines: Lines, soort_partij: str, found: list[_Found]
) -> Iterable[_Found]:
    """Keep those that can stand together on one partij."""
    has_bsn = any(each.naming.soort == "bsn" for each in found)
    is_natural = soort_partij == "persoon" and has_bsn
    seen: set[str] = set()
    for each in found:
        notes = lines.of("partij_identificator", each.given.uuid)
        soort = each.naming.soort
        if soort == "bsn" and soort_partij != "persoon":
            notes.left_out("", f"a BSN is that of a persoon, not a {soort_partij}")
        elif soort != "bsn" and is_natural:
            notes.left_out("", "a partij is one subject: here the BSN's")
        elif soort in seen:
            notes.left_out("", "a partij has one of this soort")
        else:
            seen.add(soort)
            yield each


def _planned(keys: Keys, of: Planned, found: _Found, subject: str | None) -> Planned:
    soort, waarde, kvk_nummer = (
        found.naming.soort,
        found.naming.waarde,
        found.naming.kvk_nummer,
    )
    uuid = found.given.uuid
    return Planned(
        soort="partij_identificator",
        table="externe_identificaties",
        bron_id=uuid,
        id=keys.of("partij_identificator", uuid),
        values={
            "register": _RULES[soort].register,
            "soort": soort,
            "waarde": waarde,
            "kvk_nummer": kvk_nummer,
        },
        beside={"partij_id": of.id, "soort_subject": subject},
        natural=("partij_id", "soort"),
    )
