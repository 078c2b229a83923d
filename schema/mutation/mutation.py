"""The root fields, put together."""

import strawberry

from schema.mutation.actor import ActorMutations


@strawberry.type(
    description="Wat er vast te leggen, te wijzigen en te verwijderen is. Wat aan de"
    " invoer niet klopt staat in `fouten`, alles tegelijk; dan is er niets vastgelegd."
)
class Mutation(ActorMutations):
    """The root; the fields stand with what they are about."""
