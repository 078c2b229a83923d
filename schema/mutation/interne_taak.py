"""An interne taak as a client gives it."""

import strawberry

from gateway.recording.interne_taken import TaakGegevens
from schema.mutation.reading import keys_of, struct_of, values_of


@strawberry.input(description="Wat er binnen de gemeente moet gebeuren, en door wie.")
class TaakInput:
    """`gateway.recording.interne_taken.TaakGegevens`."""

    gevraagde_handeling: str = strawberry.field(description="Wat er moet gebeuren.")
    toelichting: str | None = strawberry.field(
        default=strawberry.UNSET, description="Uitleg erbij."
    )
    actoren: list[strawberry.ID] = strawberry.field(
        description="Aan wie de taak is toegewezen: minstens één, en in gebruik."
    )


def taak_of(given: TaakInput, argument: str) -> TaakGegevens:
    """Read a taak.

    Raises:
        BadInput: an actor is no id, or of another kind; names the argument.
    """
    actoren = keys_of(given.actoren, "Actor", f"{argument}.actoren")
    values = values_of(given) | {"actoren": actoren}
    return struct_of(values, TaakGegevens, argument)
