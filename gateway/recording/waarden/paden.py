"""Where in the input something is."""


def below(pad: str, name: str | int) -> str:
    """Give the pad of a field, or of an index, within what is at `pad`.

    Args:
        pad: empty at the root.
        name: as in Python; a pad is spelled as the graph spells it.
    """
    first, *rest = str(name).split("_")
    field = first + "".join(each.capitalize() for each in rest)
    return f"{pad}.{field}" if pad else field
