"""Pages by key: stable while rows are added, at the same cost on every page.

A cursor holds the key of its row, and is bound to the order and the question (filter
and owner) it came from: elsewhere it is refused.
"""

import base64
import binascii
from collections.abc import Callable, Sequence
from datetime import datetime
from hashlib import blake2b
from typing import Generic, NamedTuple, TypeVar
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, Integer, Select, bindparam, tuple_

from gateway.errors import BadInput, LimitExceeded

T = TypeVar("T")

Key = tuple[datetime | int | str | UUID, ...]
"""What orders a row: never two rows with the same key."""


class Order(msgspec.Struct, frozen=True):
    """One way to order a list.

    Attributes:
        name: stands in cursors.
        key_type: the tuple type of the key, to read it back from a cursor.
        key_of: the key of a record.
        descending: of all parts of the key.
    """

    name: str
    key_type: object
    key_of: Callable[..., Key]
    descending: bool


class Window(msgspec.Struct, frozen=True):
    """Which part of an ordered list is asked.

    Attributes:
        limit: how many rows at most.
        backward: whether they are the last before, not the first after.
        key: after (or before) which row; None for the list's end.
        binding: what the cursors of this page are bound to.
    """

    limit: int
    backward: bool
    key: Key | None
    binding: str


class Page(msgspec.Struct, Generic[T], frozen=True):
    """Rows in the list's order, a cursor for each, and whether there is more.

    Cursors are made when they are read: most pages need one of them.
    """

    nodes: list[T]
    cursor_of: Callable[[T], str]
    has_next_page: bool
    has_previous_page: bool

    @property
    def cursors(self) -> list[str]:
        """One for each row."""
        return [self.cursor_of(node) for node in self.nodes]

    @property
    def start_cursor(self) -> str | None:
        """The first row's, if there is one."""
        return self.cursor_of(self.nodes[0]) if self.nodes else None

    @property
    def end_cursor(self) -> str | None:
        """The last row's, if there is one."""
        return self.cursor_of(self.nodes[-1]) if self.nodes else None


class Place(NamedTuple):
    """All of a window, in an order, that its statement depends on.

    Attributes:
        descending: the way in which the rows are read.
        begun: whether there is a row where it starts.
    """

    descending: bool
    begun: bool

    @classmethod
    def of(cls, asked: Window, order: Order) -> "Place":
        """Say what it is."""
        return cls(order.descending != asked.backward, asked.key is not None)


class Slice(msgspec.Struct, frozen=True):
    """The four arguments of a Relay connection, as given."""

    first: int | None = None
    after: str | None = None
    last: int | None = None
    before: str | None = None


class Limits(msgspec.Struct, frozen=True):
    """What holds for all lists of an installation.

    Attributes:
        page_size: rows on a page; also how many without `first` and `last`, up to 20.
        cursor_key: a secret that all its processes share.
    """

    page_size: int
    cursor_key: bytes


def window(asked: Slice, order: Order, limits: Limits, *, question: object) -> Window:
    """Check what is asked.

    Args:
        asked: the arguments of the connection.
        order: the list's.
        limits: the installation's.
        question: filter and owner, anything `msgspec` can encode.

    Raises:
        BadInput: names the argument and the rule.
        LimitExceeded: a page larger than the limit.
    """
    if asked.first is not None and asked.last is not None:
        raise BadInput("last", "cannot be combined with first")
    if asked.after is not None and asked.before is not None:
        raise BadInput("before", "cannot be combined with after")
    backward = asked.last is not None
    if backward and asked.after is not None:
        raise BadInput("after", "goes with first; use before with last")
    if not backward and asked.before is not None:
        raise BadInput("before", "goes with last; use after with first")
    name, size = ("last", asked.last) if backward else ("first", asked.first)
    if size is not None and size < 1:
        raise BadInput(name, "must be at least 1")
    if size is not None and size > limits.page_size:
        raise LimitExceeded(name, f"must be at most {limits.page_size}")
    binding = _binding(question, limits.cursor_key)
    cursor = asked.before if backward else asked.after
    where = "before" if backward else "after"
    return Window(
        limit=size or min(20, limits.page_size),
        backward=backward,
        key=None if cursor is None else _key_in(cursor, where, order, binding),
        binding=binding,
    )


def within(
    statement: Select[*tuple[object, ...]],
    key: Sequence[ColumnElement[object]],
    place: Place,
) -> Select[*tuple[object, ...]]:
    """Narrow a statement to a window; its parameters are `bounds`."""
    if place.begun:
        here = tuple_(*key)
        there = tuple_(
            *(
                bindparam(f"key_{number}", type_=column.type)
                for number, column in enumerate(key)
            )
        )
        statement = statement.where(here < there if place.descending else here > there)
    ordered = [column.desc() if place.descending else column.asc() for column in key]
    return statement.order_by(*ordered).limit(bindparam("limit", type_=Integer))


def bounds(asked: Window) -> dict[str, object]:
    """The parameters of `within`: one row more, to see if there is more."""
    key = {f"key_{number}": value for number, value in enumerate(asked.key or ())}
    return {"limit": asked.limit + 1, **key}


def page_of(records: Sequence[T], order: Order, asked: Window) -> Page[T]:
    """Make a page of what `within` brought in."""
    more = len(records) > asked.limit
    nodes = list(records[: asked.limit])
    if asked.backward:
        nodes.reverse()
    return Page(
        nodes=nodes,
        cursor_of=lambda node: _cursor(order, asked.binding, order.key_of(node)),
        has_next_page=asked.key is not None if asked.backward else more,
        has_previous_page=more if asked.backward else asked.key is not None,
    )


def _binding(question: object, key: bytes) -> str:
    # Two bytes notice a cursor from elsewhere. Keyed: a filter may hold a BSN, and
    # without a secret it could be guessed back.
    encoded = msgspec.json.encode(question)
    return blake2b(encoded, digest_size=2, key=key).hexdigest()


def _cursor(order: Order, binding: str, key: Key) -> str:
    return base64.urlsafe_b64encode(
        msgspec.json.encode((order.name, binding, key))
    ).decode()


def _key_in(cursor: str, argument: str, order: Order, binding: str) -> Key:
    try:
        name, bound_to, values = msgspec.json.decode(
            base64.b64decode(cursor, altchars=b"-_", validate=True),
            type=tuple[str, str, list[int | str]],
        )
        key: Key = msgspec.convert(values, order.key_type, strict=False)
    except (binascii.Error, ValueError):  # msgspec's errors are ValueErrors
        raise BadInput(argument, "is not a cursor of this list") from None
    if (name, bound_to) != (order.name, binding):
        raise BadInput(
            argument, "is a cursor of another list, filter or order; start anew"
        )
    return key
