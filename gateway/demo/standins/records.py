"""What a stand-in has: payloads by resource and uuid, read from the fixtures."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias
from uuid import UUID

import orjson

from gateway.demo.addresses import Addresses

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
Payload: TypeAlias = dict[str, Json]
Records: TypeAlias = Mapping[UUID, Payload]
Matches: TypeAlias = Callable[[Payload, Json], bool]

_NONE: Records = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Shelf:
    """The records of one resource; newest uuid first.

    The order is the server's own: it never is the order of the question.

    Attributes:
        shown: those that the application may see.
        hidden: the uuids of those that it may not see.
    """

    shown: Records
    hidden: frozenset[UUID] = frozenset()

    def hiding(self, uuids: frozenset[UUID]) -> "Shelf":
        """Hide these, and what belongs to a zaak or is of an objecttype among them."""
        hidden = frozenset(
            uuid
            for uuid, record in self.shown.items()
            if not uuids.isdisjoint({uuid, *_belongs_to(record)})
        )
        shown = {
            uuid: record for uuid, record in self.shown.items() if uuid not in hidden
        }
        return Shelf(shown, self.hidden | hidden)


def _belongs_to(record: Payload) -> Iterator[UUID]:
    for name in ("zaak", "type"):
        uuid = parse_uuid(str(record.get(name)).rpartition("/")[2])
        if uuid is not None:
            yield uuid


class Shelves:
    """The records of one register, by resource."""

    def __init__(self, resources: Mapping[str, Shelf]) -> None:
        self._resources = resources

    @classmethod
    def read(cls, fixtures: Path, register: str, addresses: Addresses) -> "Shelves":
        """Read `<fixtures>/<register>/<resource>/<uuid>.json`.

        Raises:
            OSError: a file cannot be read.
            ValueError: a file's name is no uuid, or it holds no JSON.
        """
        folders = sorted((fixtures / register).iterdir())
        return cls(
            {
                each.name: Shelf(_read(each, addresses))
                for each in folders
                if each.is_dir()
            }
        )

    def __getitem__(self, resource: str) -> Shelf:
        """Give the records of a resource; none where nothing is kept of it."""
        return self._resources.get(resource, Shelf(_NONE))

    def hiding(self, uuids: frozenset[UUID]) -> "Shelves":
        """Hide these, and what belongs to them, of every resource."""
        return Shelves(
            {name: shelf.hiding(uuids) for name, shelf in self._resources.items()}
        )

    def by_url(self) -> dict[str, Payload]:
        """Give all that is shown, by its own URL."""
        return {
            str(record["url"]): record
            for shelf in self._resources.values()
            for record in shelf.shown.values()
        }


def _read(folder: Path, addresses: Addresses) -> dict[UUID, Payload]:
    newest_first = sorted(folder.glob("*.json"), reverse=True)
    return {
        UUID(file.stem): orjson.loads(addresses.rewrite(file.read_text("utf-8")))
        for file in newest_first
    }


def parse_uuid(text: str) -> UUID | None:
    """Read a uuid as it stands in an address; None for everything else."""
    try:
        uuid = UUID(text)
    except ValueError:
        return None
    return uuid if len(text) == len(str(uuid)) else None


def same(name: str) -> Matches:
    """Make the filter that wants a property to be the value asked for."""
    return lambda record, value: record.get(name) == value


def matching(
    records: Iterable[Payload],
    filters: Mapping[str, Matches],
    asked: Mapping[str, Json],
) -> list[Payload]:
    """Keep the records that all filters let through; what else is asked is ignored."""
    chosen: Sequence[tuple[Matches, Json]] = [
        (matches, asked[name]) for name, matches in filters.items() if name in asked
    ]
    return [
        record
        for record in records
        if all(matches(record, value) for matches, value in chosen)
    ]
