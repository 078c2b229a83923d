"""What is remembered of operations from one request to the next.

Nothing of a request: no variables, no caller, no decision. A document is kept once it
was found valid, by a hash of its text: it may quote what somebody asked for.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

from cachetools import LRUCache
from graphql import DocumentNode

from gateway.execution.planning.plans import Plans

MOST_CHARACTERS = 500_000
"""Of all documents together; parsed, one takes 50 to 200 bytes for each: 100 MB at the
very most."""

OWN_CHARACTERS = 100
"""What a document counts for itself, however short: it takes some 4 kB."""

MOST_WEIGHED = 16
"""Outcomes of one document: operations in it, and sizes of pages."""


@dataclass(eq=False)
class Document:
    """One that was parsed, and found valid.

    Attributes:
        node: what it says.
        limits: what it was measured by; whoever measures knows what that is.
        sizes: names of the variables that its weight depends on.
        characters: what it counts for.
        light: which operations, with which sizes, do not ask too much.
    """

    node: DocumentNode
    limits: object
    sizes: Sequence[str]
    characters: int
    light: LRUCache[object, None] = field(
        default_factory=lambda: LRUCache(MOST_WEIGHED)
    )


class Documents:
    """Those asked last."""

    def __init__(self) -> None:
        self._known: LRUCache[bytes, Document] = LRUCache(
            MOST_CHARACTERS, getsizeof=lambda each: each.characters
        )

    def find(self, text: str, limits: object) -> Document | None:
        """Give a document that was kept, if these limits are what it was measured by."""
        found = self._known.get(_digest(text))
        return found if found is not None and found.limits == limits else None

    def keep(
        self, text: str, node: DocumentNode, *, limits: object, sizes: Sequence[str]
    ) -> Document:
        """Keep a document that is valid; see `Document`."""
        made = Document(node, limits, sizes, OWN_CHARACTERS + len(text))
        if made.characters <= self._known.maxsize:
            self._known[_digest(text)] = made
        return made


@dataclass
class Execution:
    """One for each process.

    Attributes:
        breadth_first: whether anything runs so.
        documents: those asked last.
        plans: of operations asked last.
        fallbacks: how many operations graphql-core ran, by why.
    """

    breadth_first: bool = True
    documents: Documents = field(default_factory=Documents)
    plans: Plans = field(default_factory=Plans)
    fallbacks: Counter[str] = field(default_factory=Counter)


def _digest(text: str) -> bytes:
    return blake2b(text.encode(errors="surrogatepass"), digest_size=16).digest()
