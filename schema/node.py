"""Relay ids: opaque to clients, a kind and a key to us."""

import base64
import binascii
from collections.abc import Sequence
from typing import Protocol, cast
from uuid import UUID

import strawberry

from gateway.errors import BadInput
from gateway.execution.batch import batch


class HasKey(Protocol):
    """A record of the store."""

    @property
    def id(self) -> UUID:
        """Its key."""


@strawberry.interface(description="Alles wat met `node(id:)` opnieuw op te vragen is.")
class Node:
    """What `node(id:)` gives."""

    id: strawberry.ID = strawberry.field(
        description="Sleutel binnen de hele graaf; ondoorzichtig, niet om te tonen."
    )


def id_field(kind: str) -> strawberry.ID:
    """The field `id` of a type: its kind and the record's key.

    Typed as what it gives, as `strawberry.field` is.
    """

    @batch(
        strawberry.ID,
        description="Sleutel binnen de hele graaf; ondoorzichtig, niet om te tonen.",
    )
    def id(parents: Sequence[HasKey]) -> list[str]:  # noqa: A001 - Relay's name
        return [encode_id(kind, parent.id) for parent in parents]

    return cast("strawberry.ID", id)


def encode_id(kind: str, key: UUID) -> str:
    """Make an id, of the alphabet that URLs take (RFC 4648, section 5).

    That differs from the usual one in what letters, digits, `-` and `:` never become:
    six bits of these are never 62 or 63.
    """
    return binascii.b2a_base64(f"{kind}:{key}".encode(), newline=False).decode()


def decode_id(value: str, argument: str) -> tuple[str, UUID]:
    """Read an id.

    Raises:
        BadInput: it is not one of ours.
    """
    try:
        text = base64.b64decode(value, altchars=b"-_", validate=True).decode()
        kind, _, key = text.partition(":")
        return kind, UUID(key)
    except (binascii.Error, UnicodeDecodeError, ValueError):
        raise BadInput(argument, "is not an id of this graph") from None


def key_of(value: str, kind: str, argument: str) -> UUID:
    """Read an id of one kind.

    Raises:
        BadInput: it is not an id, or one of another kind.
    """
    found, key = decode_id(value, argument)
    if found != kind:
        raise BadInput(argument, f"must be the id of a {kind}")
    return key
