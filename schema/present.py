"""Asking for what may be absent."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


async def fetch_present(
    keys: Sequence[K | None], fetch: Callable[[list[K]], Awaitable[Sequence[V]]]
) -> list[V | None]:
    """Fetch by the keys that are there; one answer per key, in order, None for None.

    Args:
        keys: what to ask for.
        fetch: one answer per key, in order; not called when there is no key at all.
    """
    asked = [key for key in keys if key is not None]
    found = iter(await fetch(asked) if asked else ())
    return [None if key is None else next(found) for key in keys]


def present(keys: Sequence[K | None], answers: Sequence[V]) -> list[V | None]:
    """Give the answer for each key that is there, None for None."""
    return [
        None if key is None else each for key, each in zip(keys, answers, strict=True)
    ]
