"""That there is no such record."""

from gateway.errors import Missing


def absent() -> Missing:
    """Say so, anew each time: what is raised keeps hold of what it went through.

    `_zoek` does not tell what is absent from what is not shown to this gateway.
    """
    return Missing("does not exist, or is not shown to this gateway")
