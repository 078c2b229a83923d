"""What the demo says once it runs: where to look, and what to ask first."""

from gateway.demo.servers import HOST

FIRST_QUERY = """\
query EersteKlantbeeld($wie: IdentificatieInput!) {
  klantbeeld(identificatie: $wie) {
    partij { nummer ... on Persoon { contactnaam { volledigeNaam } } }
    klantcontacten(first: 5) {
      nodes {
        plaatsgevondenOp
        kanaal
        onderwerpen {
          __typename
          ... on TekstOnderwerp { tekst }
          ... on ZaakOnderwerp {
            zaak { identificatie omschrijving status { statustype { omschrijving } } }
          }
        }
        inhoud {
          __typename
          ... on TekstInhoud { tekst }
          ... on DocumentInhoud { document { titel } }
        }
      }
    }
  }
}
"""
FIRST_VARIABLES = '{"wie": {"bsn": "999993653"}}'


def welcome(port: int) -> str:
    """Say where to look, and what to ask first."""
    return f"""
Open http://{HOST}:{port}/graphql and ask, for instance:

{FIRST_QUERY}
with these variables (a BSN is accepted as a variable only):

{FIRST_VARIABLES}

Ctrl-C ends everything; the data stays for the next time.
"""
