"""Selections nobody wrote: drawn from the schema, and whose values stand in their answer."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import cast
from uuid import UUID

from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLUnionType,
    get_named_type,
    is_leaf_type,
)

from gateway.identity.pseudonyms import Pseudonym
from schema.node import decode_id
from tests.klantbeeld.rights import GRAPH
from tests.klantbeeld.trails import Json, betrokkene, partij
from tests.municipality import FIXTURES

PERSONS = frozenset({"Persoon", "Organisatie", "Contactpersoon"})
CONTACTS = frozenset({"Klantcontact", "InterneTaak"})
_NAMED = PERSONS | CONTACTS | {"Partij", "Betrokkene"}
_NAME = "id_: id kind_: __typename"
_TRAILS = frozenset({"InzageConnection", "MutatieConnection"})
"""Of what has no id: what was done, not of whom."""

_NOBODYS = frozenset({"Zaak", "Document", "OverigObject", "Klanttaak", "PageInfo"})
"""Not drawn: what registers know hangs on what is, and is of nobody else."""

_LEFT_OUT = (" @skip(if: true)", " @include(if: false)")
_ASKED = (" @skip(if: false)", " @include(if: true)")


@dataclass(frozen=True)
class Selection:
    """Of one object.

    Attributes:
        kind: its type.
        fields: what is before the selection below a field, and that.
        ons: fragments on types it may be.
    """

    kind: str
    fields: list[tuple[str, "Selection | None"]] = field(default_factory=list)
    ons: list["Selection"] = field(default_factory=list)

    def text(self, *, named: bool) -> str:
        """Write it down.

        Args:
            named: whether each object that is somebody's also says which it is.
        """
        parts = [
            asked if below is None else f"{asked} {below.text(named=named)}"
            for asked, below in self.fields
        ]
        parts += [f"... on {on.kind} {on.text(named=named)}" for on in self.ons]
        if named and self.kind in _NAMED:
            parts.append(_NAME)
        is_list = self.kind.endswith("Connection") and self.kind not in _TRAILS
        if named and is_list:
            parts.append(f"nodes_: nodes {{ {_NAME} }}")
        return f"{{ {' '.join(parts) or '__typename'} }}"


@dataclass(frozen=True)
class Draw:
    """Draws selections."""

    random: Random

    def below(self, kind: GraphQLNamedType, depth: int) -> Selection:
        """Some fields of a type, and of what these are, so deep at most."""
        if isinstance(kind, GraphQLUnionType):
            return Selection(
                kind.name, ons=[self._on(each, depth) for each in kind.types]
            )
        assert isinstance(kind, GraphQLObjectType | GraphQLInterfaceType)
        fields = [*self._fields(kind, depth, "")]
        if isinstance(kind, GraphQLObjectType) or kind.name == "Node":
            return Selection(kind.name, fields)
        kinds = GRAPH.get_possible_types(kind)
        return Selection(kind.name, fields, [self._on(each, depth) for each in kinds])

    def _on(self, kind: GraphQLObjectType, depth: int) -> Selection:
        """Under names of its own: fields of other types may be of another type."""
        return Selection(kind.name, [*self._fields(kind, depth, f"_{kind.name}")])

    def _fields(
        self, kind: GraphQLObjectType | GraphQLInterfaceType, depth: int, suffix: str
    ) -> Iterator[tuple[str, Selection | None]]:
        open_ = {
            name: of
            for name, of in kind.fields.items()
            if get_named_type(of.type).name not in _NOBODYS
        }
        leaves = [name for name, of in open_.items() if _is_leaf(of)]
        others = [name for name in open_ if name not in leaves] if depth else []
        leading = [name for name in others if _leads_on(open_[name])]
        if leading and self.random.random() < 0.8:
            others = leading
        drawn = self._some(leaves, 0, 2) + self._some(others, 1, 1 if suffix else 2)
        for name in drawn:
            of = open_[name]
            alias = f"{name}{suffix}: " if suffix else ""
            asked = f"{alias}{name}{_first(of)}{self._directive()}"
            below = get_named_type(of.type)
            yield asked, None if _is_leaf(of) else self.below(below, depth - 1)

    def _some(self, names: list[str], least: int, most: int) -> list[str]:
        number = self.random.randint(least, most)
        return self.random.sample(names, min(number, len(names)))

    def _directive(self) -> str:
        drawn = self.random.random()
        if drawn < 0.1:
            return self.random.choice(_LEFT_OUT)
        return self.random.choice(_ASKED) if drawn < 0.2 else ""


def _is_leaf(of: GraphQLField) -> bool:
    return is_leaf_type(get_named_type(of.type))


def _leads_on(of: GraphQLField) -> bool:
    """Whether it is of somebody, or holds what is."""
    kind = get_named_type(of.type).name
    return kind in _NAMED or kind.endswith(("Connection", "Edge"))


def _first(of: GraphQLField) -> str:
    return "(first: 3)" if "first" in of.args else ""


@dataclass
class Whose:
    """Of whom something stands in an answer.

    Attributes:
        must: each of these was shown.
        some: of each of these, one was.
        may: these may have been; nobody else.
        kinds: of the objects that held a value.
    """

    must: set[Pseudonym] = field(default_factory=set)
    some: set[frozenset[Pseudonym]] = field(default_factory=set)
    may: set[Pseudonym] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)

    def read(self, plain: object, named: object) -> None:
        """Read an answer, beside that to the same question with names in it.

        Args:
            plain: nothing, where the other asks for more than names.
            named: the other.
        """
        if isinstance(named, list):
            items = plain if isinstance(plain, list) else [{}] * len(named)
            for one, other in zip(items, named, strict=True):
                self.read(one, other)
        elif isinstance(named, dict):
            assert isinstance(plain, dict)
            if "id_" in named:
                self._object(plain, named)
            for name, below in named.items():
                self.read(plain.get(name, {}), below)

    def _object(self, plain: Json, named: Json) -> None:
        kind, key = named["kind_"], decode_id(str(named["id_"]), "id")[1]
        whom = {partij(str(key))} if kind in PERSONS else TOOK_PART[key]
        self.may |= whom
        if not _has_value(plain):
            return
        self.kinds.add(str(kind))
        if kind in CONTACTS:
            self.some.add(frozenset(whom))
        else:
            self.must |= whom


def _has_value(given: Json) -> bool:
    """Whether something of its own stands in it, not only in what is below it."""
    return any(isinstance(each, str | int | float) for each in given.values()) or any(
        isinstance(each, dict) and _has_value(each) for each in given.values()
    )


def _took_part() -> Mapping[UUID, set[Pseudonym]]:
    """Who took part, by klantcontact, betrokkene and interne taak."""
    found: dict[UUID, set[Pseudonym]] = {}
    for path in (FIXTURES / "klantbeeld" / "klantcontacten").glob("*.json"):
        for contact in json.loads(path.read_text())["klantcontacten"]:
            took_part = set()
            for each in cast("list[dict[str, str]]", contact["betrokkenen"]):
                known = each.get("partij_id")
                who = partij(known) if known else betrokkene(each["id"])
                found[UUID(each["id"])] = {who}
                took_part.add(who)
            for each in [contact, *contact["interne_taken"]]:
                found[UUID(each["id"])] = took_part
    return found


TOOK_PART = _took_part()
