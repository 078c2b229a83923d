"""What is to be in our tables of one record there, and of its parts."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from uuid import UUID, uuid4, uuid5

import msgspec

from gateway.importing.lines import Lines
from gateway.store.writing.importing import Sleutel

Values = Mapping[str, object]

NONE: Values = MappingProxyType({})

NOT_TAKEN_OVER = "refers to what was not taken over"
REMOVED = "refers to what was removed here"
WHOSE = "is of a partij that was removed here"


class Planned(msgspec.Struct, frozen=True, kw_only=True):
    """One row.

    Attributes:
        soort: what kind of record it is, in the keys of imports and in lines.
        table: where it belongs.
        bron_id: of the record, there.
        id: our key; of a row that turns out to be here already, that row's own counts.
        values: columns that follow the record there, as long as nobody changes them here.
        beside: columns that are filled in once.
        natural: columns that tell whether the row is here already, made by others.
        sets: whether it is no row of its own, but columns of one.
        links: whether it has no key, but is the pair of keys in `beside`.
        is_contact: whether it says how to reach somebody again, or pay: of a partij that
            takes consent.
        orphaned: whether it is a betrokkene whose partij was removed here.
    """

    soort: str
    table: str
    bron_id: UUID
    id: UUID
    values: Values = NONE
    beside: Values = NONE
    natural: tuple[str, ...] = ()
    sets: bool = False
    links: bool = False
    is_contact: bool = False
    orphaned: bool = False


class Naming(msgspec.Struct, frozen=True):
    """An identificatie that tells who somebody is."""

    soort: str
    waarde: str
    kvk_nummer: str | None


class Plan:
    """Of one record and its parts, which are taken over together.

    Attributes:
        head: the record itself.
        parts: those that belong to it, in an order that keeps every reference.
        named: what finds a partij that is here already.
        lines: all that does not come along.
    """

    def __init__(self, head: Planned, lines: Lines) -> None:
        """Begin with no parts."""
        self.head = head
        self.lines = lines
        self.parts: list[Planned] = []
        self.named: list[Naming] = []

    @property
    def rows(self) -> list[Planned]:
        """All of it."""
        return [self.head, *self.parts]


class Keys:
    """Our keys for what has been read there."""

    def __init__(self, bron_keys: Iterable[Sleutel]) -> None:
        """Take those that are known."""
        self._known: dict[tuple[str, UUID], Sleutel] = {}
        self._new: dict[tuple[str, UUID], UUID] = {}
        self.know(bron_keys)

    def know(self, sleutels: Iterable[Sleutel]) -> None:
        """Add what is known since."""
        for each in sleutels:
            self._known[each.soort, each.bron_id] = each

    def known(self, soort: str, bron_id: UUID) -> Sleutel | None:
        """What an import before brought; also when that is no longer here."""
        return self._known.get((soort, bron_id))

    def of(self, soort: str, bron_id: UUID) -> UUID:
        """Our key of a record that is being taken over."""
        known = self.known(soort, bron_id)
        if known is not None:
            return known.record_id
        return self._new.setdefault((soort, bron_id), uuid4())

    def here(self, soort: str, bron_id: UUID) -> UUID | None:
        """Our key of a record that is in our tables now."""
        known = self.known(soort, bron_id)
        return None if known is None or not known.is_here else known.record_id

    def why_not(self, soort: str, bron_id: UUID) -> str:
        """Say why a record is not here."""
        return NOT_TAKEN_OVER if self.known(soort, bron_id) is None else REMOVED


def pair(one: UUID, other: UUID) -> UUID:
    """Name the link of two records."""
    return uuid5(one, str(other))
