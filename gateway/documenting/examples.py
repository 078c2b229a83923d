"""Questions to begin with, by the name of the root field they ask."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Example(NamedTuple):
    """A question.

    Attributes:
        query: the document.
        variables: as JSON; empty when there are none.
    """

    query: str
    variables: str = ""


EXAMPLES: Mapping[str, Example] = MappingProxyType(
    {
        "ik": Example("{ ik { soort niveau namens } }"),
        "mijnKlantbeeld": Example(
            """\
{
  mijnKlantbeeld {
    partij {
      nummer
      ... on Persoon { contactnaam { volledigeNaam } }
      ... on Organisatie { naam }
    }
    klantcontacten(first: 5) {
      nodes {
        plaatsgevondenOp
        kanaal
        onderwerpen {
          __typename
          ... on TekstOnderwerp { tekst }
          ... on ZaakOnderwerp {
            zaak { identificatie status { statustype { omschrijving } } }
          }
          ... on KlanttaakOnderwerp { klanttaak { titel status verloopdatum } }
        }
        inhoud {
          __typename
          ... on TekstInhoud { tekst }
          ... on DocumentInhoud { document { titel } }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}"""
        ),
        "mijnInzage": Example(
            """\
{
  mijnInzage {
    inzagen(first: 10) { nodes { moment soortAanvrager verwerking } }
    mutaties(first: 10) { nodes { moment handeling soort } }
  }
}"""
        ),
        "klantbeeld": Example(
            """\
query Klantbeeld($wie: IdentificatieInput!, $aanWie: IdentiteitsvaststellingInput) {
  klantbeeld(identificatie: $wie, identiteitsvaststelling: $aanWie) {
    partij { nummer digitaleAdressen { soort adres } }
    klantcontacten(first: 10) {
      nodes {
        nummer
        plaatsgevondenOp
        kanaal
        inhoud {
          __typename
          ... on TekstInhoud { tekst }
          ... on DocumentInhoud { document { titel } }
        }
      }
    }
  }
}""",
            """\
{
  "wie": {"bsn": "999993653"},
  "aanWie": {"middel": "controlevragen", "niveau": "laag", "grond": "zelf"}
}""",
        ),
        "klantcontacten": Example(
            """\
query Balie($sinds: DateTime!, $na: String) {
  klantcontacten(
    filter: { kanalen: ["balie"], periode: { van: $sinds } }
    first: 50
    after: $na
  ) {
    nodes { nummer plaatsgevondenOp }
    pageInfo { hasNextPage endCursor }
  }
}""",
            '{"sinds": "2026-03-01T00:00:00+01:00"}',
        ),
        "interneTaken": Example(
            """\
{
  interneTaken(filter: { status: te_verwerken }, first: 20) {
    nodes { id nummer gevraagdeHandeling toelichting klantcontact { nummer kanaal } }
  }
}"""
        ),
        "actoren": Example(
            """\
{
  actoren(filter: { soortActor: medewerker, indicatieActief: true }, first: 20) {
    nodes { id naam }
  }
}"""
        ),
        "referentielijsten": Example(
            "{ referentielijsten { kanalen { code naam } talen { code naam } } }"
        ),
        "registreerKlantcontact": Example(
            """\
mutation Telefoon($invoer: KlantcontactInput!, $sleutel: String) {
  registreerKlantcontact(invoer: $invoer, idempotentiesleutel: $sleutel) {
    klantcontact { id nummer }
    fouten { code pad melding }
  }
}""",
            """\
{
  "sleutel": "4d5b7c1e-6a0f-4d0e-9a51-6f1f0c8f5a10",
  "invoer": {
    "kanaal": "telefoon",
    "betrokkenen": [
      {
        "rol": "belanghebbende",
        "initiator": true,
        "contactnaam": {"voornaam": "Sanne"},
        "digitaleAdressen": [{"soort": "telefoonnummer", "adres": "06 12345678"}]
      }
    ],
    "actoren": ["QWN0b3I6…"],
    "onderwerpen": [{"tekst": "Openingstijden van de milieustraat"}],
    "inhoud": [{"tekst": "Wil weten of de milieustraat zaterdag open is."}],
    "interneTaken": [{"gevraagdeHandeling": "Terugbellen", "actoren": ["QWN0b3I6…"]}]
  }
}""",
        ),
        "verwerkInterneTaak": Example(
            """\
mutation Verwerkt($taak: ID!, $versie: Int!) {
  verwerkInterneTaak(id: $taak, versie: $versie) {
    interneTaak { status verwerktOp versie }
    fouten { code pad melding }
  }
}""",
            '{"taak": "SW50ZXJuZVRhYWs6…", "versie": 1}',
        ),
        "wijzigPartij": Example(
            """\
mutation Taal($partij: ID!, $versie: Int!, $invoer: WijzigPartijInput!) {
  wijzigPartij(id: $partij, versie: $versie, invoer: $invoer) {
    partij { voorkeurstaal versie }
    fouten { code pad melding }
  }
}""",
            """\
{
  "partij": "UGFydGlqO…",
  "versie": 1,
  "invoer": {"voorkeurstaal": "fry", "toestemmingHergebruik": true}
}""",
        ),
        "voegDigitaalAdresToe": Example(
            """\
mutation Bereikbaar($partij: ID!, $invoer: DigitaalAdresInput!, $sleutel: String) {
  voegDigitaalAdresToe(
    partij: $partij
    invoer: $invoer
    toestemmingHergebruik: true
    idempotentiesleutel: $sleutel
  ) {
    digitaalAdres { id soort adres verificatieDatum }
    fouten { code pad melding }
  }
}""",
            """\
{
  "sleutel": "9f0c3a52-7f5e-4c1b-8a55-2f6f0f0f9d31",
  "partij": "UGFydGlqO…",
  "invoer": {"soort": "email", "adres": "sanne@voorbeeld.example"}
}""",
        ),
    }
)
