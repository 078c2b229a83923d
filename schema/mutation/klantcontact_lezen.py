"""Inputs of klantcontacten become the values of `gateway.recording.klantcontacten`."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from gateway.errors import BadInput
from gateway.recording.klantcontacten.gegevens import (
    BetrokkeneGegevens,
    KlantcontactGegevens,
)
from gateway.recording.waarden.delen import Inhoudsdeel, Onderwerp
from gateway.recording.waarden.verwijzingen import Verwijzing
from schema.connection import given
from schema.mutation.gegevens import VerwijzingInput
from schema.mutation.interne_taak import taak_of
from schema.mutation.klantcontact_invoer import (
    BetrokkeneInput,
    InhoudsdeelInput,
    KlantcontactInput,
    OnderwerpInput,
)
from schema.mutation.partij import gegevens_of
from schema.mutation.reading import keys_of, struct_of, values_of
from schema.node import key_of
from schema.vaststelling import vaststelling_of

I = TypeVar("I")  # noqa: E741 - an input
V = TypeVar("V")


def klantcontact_of(asked: KlantcontactInput, argument: str) -> KlantcontactGegevens:
    """Read a klantcontact.

    Raises:
        BadInput: an id is none, or of something else; names the argument.
    """
    door, stated = given(asked.vastgesteld_door), given(asked.identiteitsvaststelling)
    parts: dict[str, object] = {
        "betrokkenen": each_of(
            asked.betrokkenen, betrokkene_of, f"{argument}.betrokkenen"
        ),
        "actoren": keys_of(asked.actoren, "Actor", f"{argument}.actoren"),
        "onderwerpen": each_of(
            asked.onderwerpen, onderwerp_of, f"{argument}.onderwerpen"
        ),
        "inhoud": each_of(asked.inhoud, inhoudsdeel_of, f"{argument}.inhoud"),
        "interne_taken": each_of(
            asked.interne_taken, taak_of, f"{argument}.interneTaken"
        ),
        "identiteitsvaststelling": vaststelling_of(
            stated, f"{argument}.identiteitsvaststelling"
        ),
        "vastgesteld_door": None
        if door is None
        else key_of(door, "Actor", f"{argument}.vastgesteldDoor"),
    }
    return struct_of(values_of(asked) | parts, KlantcontactGegevens, argument)


def each_of(
    asked: Sequence[I], read: Callable[[I, str], V], argument: str
) -> tuple[V, ...]:
    """Read a list of inputs, each with its own place."""
    return tuple(read(each, f"{argument}.{i}") for i, each in enumerate(asked))


def betrokkene_of(asked: BetrokkeneInput, argument: str) -> BetrokkeneGegevens:
    """Read one who took part.

    Raises:
        BadInput: an id is none; names the argument.
    """
    key, partij = given(asked.partij_id), given(asked.partij)
    parts: dict[str, object] = {
        "partij_id": None
        if key is None
        else key_of(key, "Partij", f"{argument}.partijId"),
        "partij": None if partij is None else gegevens_of(partij, f"{argument}.partij"),
    }
    return struct_of(values_of(asked) | parts, BetrokkeneGegevens, argument)


def onderwerp_of(asked: OnderwerpInput, argument: str) -> Onderwerp:
    """Read an onderwerp, of which exactly one form is given.

    Raises:
        BadInput: an id is none; names the argument.
    """
    taak, contact = given(asked.interne_taak), given(asked.klantcontact)
    if taak is not None:
        key = key_of(taak, "InterneTaak", f"{argument}.interneTaak")
        return Onderwerp(vorm="interne_taak", interne_taak_id=key)
    if contact is not None:
        key = key_of(contact, "Klantcontact", f"{argument}.klantcontact")
        return Onderwerp(vorm="klantcontact", onderwerp_klantcontact_id=key)
    for vorm in ("zaak", "klanttaak", "object"):
        verwijzing: VerwijzingInput | None = given(getattr(asked, vorm))
        if verwijzing is not None:
            return Onderwerp(vorm=vorm, verwijzing=_verwijzing(verwijzing))
    return Onderwerp(vorm="tekst", tekst=given(asked.tekst))


def inhoudsdeel_of(asked: InhoudsdeelInput, argument: str) -> Inhoudsdeel:
    """Read an inhoudsdeel.

    Raises:
        BadInput: not exactly one form is given.
    """
    tekst, onderdeel = given(asked.tekst), given(asked.onderdeel)
    document, ander = given(asked.document), given(asked.object)
    if sum(each is not None for each in (tekst, document, ander)) != 1:
        rule = "must give exactly one of tekst, document and object"
        raise BadInput(argument, rule)
    if tekst is not None:
        return Inhoudsdeel(vorm="tekst", tekst=tekst, onderdeel=onderdeel)
    vorm = "object" if document is None else "informatieobject"
    referred = ander if document is None else document
    verwijzing = None if referred is None else _verwijzing(referred)
    return Inhoudsdeel(vorm=vorm, verwijzing=verwijzing, onderdeel=onderdeel)


def _verwijzing(asked: VerwijzingInput) -> Verwijzing:
    return struct_of(values_of(asked), Verwijzing)
