"""What fields are asked with."""

import strawberry

from tests.execution.differential.world.leaves import Colour, Level, Shout


@strawberry.input
class Wanted:
    number: int = 3
    colour: Colour | None = Colour.RED
    levels: list[Level] | None = None
    shout: Shout | None = None
    maybe: strawberry.Maybe[int | None]


@strawberry.input(one_of=True)
class Which:
    by_id: strawberry.Maybe[strawberry.ID]
    by_number: strawberry.Maybe[int]
