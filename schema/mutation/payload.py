"""What every mutation gives: the record, or the mistakes."""

from typing import Annotated

import strawberry

from gateway.context import RequestContext
from gateway.errors import BadInput
from gateway.recording.fouten import FoutCode
from gateway.recording.recorder import Question, Recorder, Uitkomst, Work
from schema.connection import given
from schema.enums import described

Info = strawberry.Info[RequestContext, None]

Idempotentiesleutel = Annotated[
    str | None,
    strawberry.argument(
        description="Een zelfgekozen tekst (zoals een UUID) die bij deze ene registratie"
        " hoort. Wie met dezelfde sleutel en invoer opnieuw vraagt, krijgt de eerste"
        " uitkomst en registreert niets dubbel."
    ),
]

described(
    FoutCode,
    "Wat er mis is met de invoer van een mutatie.",
    {
        "verplicht": "Dit gegeven ontbreekt.",
        "ongeldig": "De waarde heeft niet de vereiste vorm.",
        "niet_gevonden": "Waarnaar wordt verwezen, bestaat niet.",
        "niet_actief": "Waarnaar wordt verwezen, is niet meer in gebruik.",
        "bestaat_al": "Dit is al vastgelegd, van deze of een ander.",
        "verouderd": "Het gegeven is intussen gewijzigd; de huidige versie staat erbij.",
        "sleutel_hergebruikt": "De idempotentiesleutel hoort bij een andere vraag.",
        "identiteit_niet_vastgesteld": "Met onvoldoende zekerheid is bekend wie het is.",
        "geen_toestemming": "De klant heeft geen toestemming voor hergebruik gegeven.",
        "dient_geen_doel": "Vastleggen zou geen van beide doelen dienen: geen inzage, en"
        " geen opvolging. Het contact is alleen geteld.",
        "in_de_toekomst": "Het moment ligt in de toekomst.",
        "is_beeindigd": "Het klantcontact is beëindigd en wordt niet meer aangevuld, alleen"
        " gecorrigeerd.",
        "is_verwerkt": "De interne taak is al verwerkt.",
        "onbekend_register": "Geen ingesteld register beheert dit.",
        "interne_opmerking": "Interne opmerkingen horen niet in een klantcontact.",
        "bewaartermijn": "De bewaartermijn laat dit niet toe.",
        "te_vaak": "Dit is te vaak geprobeerd.",
        "niet_toegestaan": "Deze combinatie van gegevens is niet toegestaan.",
    },
)


@strawberry.type(
    description="Iets in de invoer dat niet klopt, of waar op te letten is."
)
class Fout:
    """A view of `gateway.recording.fouten.Fout`."""

    code: FoutCode = strawberry.field(description="Wat er mis is.")
    pad: str = strawberry.field(
        description="Waar in de invoer: namen en volgnummers (vanaf 0), met punten"
        " ertussen."
    )
    melding: str = strawberry.field(description="De regel, in woorden.")


def sleutel_of(sleutel: str | None) -> str | None:
    """Read an idempotentiesleutel.

    Raises:
        BadInput: it has no or too many characters.
    """
    sleutel = given(sleutel)
    if sleutel is not None and (not 1 <= len(sleutel) <= 100 or "\x00" in sleutel):
        raise BadInput("idempotentiesleutel", "must be a text of 1 to 100 characters")
    return sleutel


async def record(info: Info, question: Question, work: Work) -> Uitkomst:
    """Have it recorded.

    Raises:
        GatewayError: the store does not answer, or not in time.
    """
    sight = info.context.sight
    own = frozenset((await sight.own()).named) if sight.caller.is_klant else None
    return await recorder_of(info).record(question, work, own)


def recorder_of(info: Info) -> Recorder:
    """Give the request's recorder."""
    recorder = info.context.recorder
    if recorder is None:
        raise RuntimeError("this gateway records nothing")
    return recorder
