"""Questions and mutations that the use cases ask."""

KLANTBEELD = """
query ($wie: IdentificatieInput!, $stated: IdentiteitsvaststellingInput) {
  klantbeeld(identificatie: $wie, identiteitsvaststelling: $stated) {
    partij {
      nummer
      ... on Persoon { contactnaam { achternaam } }
      digitaleAdressen { adres }
    }
    klantcontacten(first: 10) {
      nodes {
        id
        kanaal
        onderwerpen {
          __typename
          ... on TekstOnderwerp { tekst }
          ... on ZaakOnderwerp { url }
          ... on InterneTaakOnderwerp { interneTaak { nummer } }
          ... on KlantcontactOnderwerp { klantcontact { nummer } }
        }
        inhoud {
          __typename
          ... on TekstInhoud { tekst }
          ... on DocumentInhoud { url onderdeel document { titel } }
          ... on ObjectInhoud { url onderdeel }
        }
        interneTaken { status }
      }
    }
  }
}
"""
ONE = """
query ($id: ID!) {
  klantcontact(id: $id) {
    nummer
    actoren { __typename naam }
    betrokkenen {
      id
      partij { id }
      correspondentieadres { plaats }
      digitaleAdressen { adres }
    }
    inhoud { __typename ... on DocumentInhoud { url } ... on TekstInhoud { tekst } }
    vorige { nummer }
    vervolg { nummer }
    interneTaken { id nummer status versie toelichting actoren { naam } }
  }
}
"""
FOLLOW_UP = """
query ($id: ID!) {
  klantcontact(id: $id) {
    betrokkenen { partij { id } }
    contactgegevens {
      herkomstDigitaleAdressen
      digitaleAdressen { adres }
    }
  }
}
"""
WORK_LIST = """
query ($actor: ID!) {
  interneTaken(filter: {status: te_verwerken, actor: $actor}, first: 10) {
    nodes {
      id
      nummer
      versie
      gevraagdeHandeling
      klantcontact {
        id
        inhoud { __typename ... on TekstInhoud { tekst } }
        betrokkenen { partij { nummer } digitaleAdressen { adres } }
        contactgegevens { digitaleAdressen { adres } }
      }
    }
  }
}
"""
VERWERK = """
mutation ($id: ID!, $versie: Int!, $invoer: VerwerkInterneTaakInput) {
  verwerkInterneTaak(id: $id, versie: $versie, invoer: $invoer) {
    interneTaak { status verwerktOp versie }
    klantcontact { id nummer vorige { nummer } }
    fouten { code pad melding }
  }
}
"""
HERROUTEER = """
mutation ($id: ID!, $versie: Int!, $invoer: HerrouteerInterneTaakInput!) {
  herrouteerInterneTaak(id: $id, versie: $versie, invoer: $invoer) {
    interneTaak { status toelichting }
    nieuweTaak { id status actoren { naam } klantcontact { id } }
    fouten { code pad melding }
  }
}
"""
PARTS = """
klantcontact {
  kanaal
  beeindigdOp
  actoren { naam }
  onderwerpen { ... on TekstOnderwerp { id tekst } }
  inhoud { ... on TekstInhoud { id tekst } }
  betrokkenen { id rol partij { id } }
}
fouten { code pad melding }
"""
VUL_AAN = f"""
mutation ($id: ID!, $invoer: AanvullingInput!) {{
  vulInhoudAan(id: $id, invoer: $invoer) {{ {PARTS} }}
}}
"""
CORRIGEER = f"""
mutation ($id: ID!, $invoer: CorrectieInput!) {{
  corrigeerKlantcontact(id: $id, invoer: $invoer) {{ {PARTS} }}
}}
"""
KOPPEL = f"""
mutation ($betrokkene: ID!, $partij: ID!, $stated: IdentiteitsvaststellingInput!) {{
  koppelBetrokkene(
    betrokkeneId: $betrokkene, partijId: $partij, identiteitsvaststelling: $stated
  ) {{ {PARTS} }}
}}
"""
