"""What an employee states about the person they are talking to."""

from typing import Annotated

import strawberry

from gateway.errors import BadInput
from gateway.identity.levels import Betrouwbaarheidsniveau
from gateway.identity.vaststelling import Grond, Vaststelling as Stated

_LONGEST = 40  # as klantcontacten.identiteit_middel


@strawberry.input(
    description="Hoe een medewerker heeft vastgesteld aan wie gegevens worden verstrekt,"
    " en op welke grond. Door wie en wanneer volgt uit de vraag zelf."
)
class IdentiteitsvaststellingInput:
    """A view of `gateway.identity.vaststelling.Vaststelling`."""

    middel: str = strawberry.field(
        description="Waarmee, zoals `digid`, `controlevragen` of `legitimatiebewijs`."
    )
    niveau: Betrouwbaarheidsniveau = strawberry.field(
        description="Hoe zeker de vaststelling is."
    )
    grond: Grond = strawberry.field(
        description="Op grond waarvan diegene de gegevens mag inzien."
    )


Vaststelling = Annotated[
    IdentiteitsvaststellingInput | None,
    strawberry.argument(
        description="Aan wie een medewerker de gegevens verstrekt. Zonder ziet een"
        " medewerker alleen `nummer` en `soortPartij`."
    ),
]


def vaststelling_of(
    asked: IdentiteitsvaststellingInput | None,
    argument: str = "identiteitsvaststelling",
) -> Stated | None:
    """Read the statement.

    Raises:
        BadInput: names the field and the rule.
    """
    if asked is None:
        return None
    middel = asked.middel.strip()
    if not 1 <= len(middel) <= _LONGEST:
        rule = f"must be a text of 1 to {_LONGEST} characters"
        raise BadInput(f"{argument}.middel", rule)
    return Stated(middel, asked.niveau, asked.grond)
