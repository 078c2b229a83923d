"""What tests record, in few words: who is there, and a klantcontact of the usual kind."""

from typing import Any

from tests.klantbeeld.conftest import Municipality
from tests.recording.asking import Payload, mutate

BSN = "999990421"
REGISTREER_ACTOR = """
mutation ($invoer: RegistreerActorInput!) {
  registreerActor(invoer: $invoer) { actor { id } fouten { code pad } }
}
"""
REGISTREER = """
mutation ($invoer: KlantcontactInput!, $sleutel: String) {
  registreerKlantcontact(invoer: $invoer, idempotentiesleutel: $sleutel) {
    klantcontact {
      id
      nummer
      kanaal
      betrokkenen { id rol initiator partij { id nummer } contactnaam { achternaam }
        digitaleAdressen { soort adres } }
      actoren { naam }
      onderwerpen { id: __typename ... on TekstOnderwerp { key: id tekst } }
      inhoud { __typename ... on TekstInhoud { id tekst } }
      interneTaken { id gevraagdeHandeling status versie }
    }
    fouten { code pad melding }
    waarschuwingen { code }
  }
}
"""
STATED = {"middel": "digid", "niveau": "substantieel", "grond": "zelf"}
BEREIKBAAR = [{"soort": "telefoonnummer", "adres": "06 12 34 56 78"}]


async def an_actor(
    office: Municipality, naam: str = "KCC", soort: str = "medewerker"
) -> str:
    """Register an actor; gives its id."""
    asked = {"soortActor": soort, "naam": naam}
    payload = await mutate(office, REGISTREER_ACTOR, invoer=asked)
    return str(payload["actor"]["id"])


def klant(**own: object) -> dict[str, Any]:
    """One who called, and is nobody yet."""
    return {"rol": "belanghebbende", "initiator": True, **own}


def bekend(bsn: str = BSN, **own: object) -> dict[str, Any]:
    """One who called, and said who they are."""
    partij = {"soortPartij": "persoon", "identificatie": {"bsn": bsn}}
    return klant(partij=partij, **own)


def taak(actor: str, handeling: str = "Terugbellen") -> dict[str, Any]:
    """What somebody is asked to do."""
    return {"gevraagdeHandeling": handeling, "actoren": [actor]}


def contact(actor: str, *betrokkenen: object, **own: object) -> dict[str, Any]:
    """A telephone call about a passport."""
    return {
        "kanaal": "telefoon",
        "betrokkenen": list(betrokkenen),
        "actoren": [actor],
        "onderwerpen": [{"tekst": "Paspoort"}],
        "inhoud": [{"tekst": "Wat kost een paspoort?"}],
        **own,
    }


async def registreer(
    office: Municipality, invoer: object, sleutel: str | None = None
) -> Payload:
    """Record a klantcontact."""
    return await mutate(office, REGISTREER, invoer=invoer, sleutel=sleutel)


async def recorded(office: Municipality, invoer: object) -> Payload:
    """Record one in which nothing is wrong; gives it."""
    payload = await registreer(office, invoer)
    assert payload["fouten"] == []
    return dict(payload["klantcontact"])
