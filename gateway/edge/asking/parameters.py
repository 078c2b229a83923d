"""What a question consists of, wherever in a request it stands."""

from typing import Annotated

import msgspec


class Parameters(msgspec.Struct, rename="camel"):
    """GraphQL over HTTP, GraphQL-over-HTTP Request and persisted documents; Relay."""

    query: Annotated[str, msgspec.Meta(min_length=1)] | None = None
    document_id: str | None = None
    doc_id: str | None = msgspec.field(default=None, name="doc_id")
    id: str | None = None
    variables: dict[str, object] | None = None
    operation_name: str | None = None
    extensions: dict[str, object] | None = None

    def __repr__(self) -> str:
        """Repeat nothing of it: it may hold anybody's data."""
        return "Parameters(…)"
