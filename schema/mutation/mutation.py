"""The root fields, put together."""

import strawberry

from schema.mutation.actor import ActorMutations
from schema.mutation.adres import AdresMutations
from schema.mutation.digitaal_adres import DigitaalAdresMutations
from schema.mutation.interne_taken import InterneTaakMutations
from schema.mutation.klantcontact import KlantcontactMutations
from schema.mutation.partij_koppelingen import PartijKoppelingMutations
from schema.mutation.partijen import PartijMutations
from schema.mutation.partijen_registreren import RegistratieMutations
from schema.mutation.rekeningnummer import RekeningnummerMutations
from schema.mutation.verificatie import VerificatieMutations


@strawberry.type(
    description="Wat er vast te leggen, te wijzigen en te verwijderen is. Wat aan de"
    " invoer niet klopt staat in `fouten`, alles tegelijk; dan is er niets vastgelegd."
)
class Mutation(
    ActorMutations,
    AdresMutations,
    DigitaalAdresMutations,
    InterneTaakMutations,
    KlantcontactMutations,
    PartijKoppelingMutations,
    PartijMutations,
    RegistratieMutations,
    RekeningnummerMutations,
    VerificatieMutations,
):
    """The root; the fields stand with what they are about."""
