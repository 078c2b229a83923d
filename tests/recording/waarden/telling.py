"""What was wrong, in the fewest words."""

from gateway.recording.fouten import Fouten

Told = list[tuple[str, str, str]]


def told(fouten: Fouten) -> Told:
    """Each mistake as code, pad and melding."""
    return [(each.code.name, each.pad, each.melding) for each in fouten]
