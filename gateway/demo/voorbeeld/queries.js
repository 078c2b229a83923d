// Everything the portal asks: one question for each view. Whose number it is about stands
// in a variable, never in the text of a question.

export const PAGE = 10;

// What a zaak is to a reader. Of a document: what it is, never what is in it.
const CONTACT = `
fragment Zaakgegevens on Zaak {
  identificatie
  omschrijving
  einddatum
  zaaktype { omschrijving }
  status { datumStatusGezet statustype { omschrijving isEindstatus } }
  resultaat { resultaattype { omschrijving } }
}
fragment Documentgegevens on Document { titel formaat bestandsomvang creatiedatum }
fragment Klanttaakgegevens on Klanttaak {
  titel
  status
  soort
  verloopdatum
  url
  object { url }
}
fragment AnderContact on Klantcontact { nummer kanaal kanaalNaam plaatsgevondenOp }
fragment Contact on Klantcontact {
  nummer
  kanaal
  kanaalNaam
  plaatsgevondenOp
  richting
  indicatieContactGelukt
  betrokkenen { rol partij { id } }
  onderwerpen {
    __typename
    ... on TekstOnderwerp { tekst }
    ... on ZaakOnderwerp { zaak { ...Zaakgegevens } }
    ... on KlanttaakOnderwerp { klanttaak { ...Klanttaakgegevens } }
    ... on ObjectOnderwerp { object { type { name } } }
  }
  inhoud {
    __typename
    ... on TekstInhoud { tekst }
    ... on DocumentInhoud { document { ...Documentgegevens } }
    ... on ObjectInhoud { object { type { name } } }
  }
  vorige { ...AnderContact }
  vervolg { ...AnderContact }
}`;

const DIGITAAL_ADRES = `
fragment DigitaleAdresgegevens on DigitaalAdres {
  id
  soort
  soortNaam
  adres
  omschrijving
  verificatieDatum
}`;

const PARTIJ = `${DIGITAAL_ADRES}
fragment Adresgegevens on Adres {
  vorm
  straatnaam
  huisnummer
  huisnummertoevoeging
  postbusnummer
  antwoordnummer
  postcode
  plaats
  adresregel1
  adresregel2
  adresregel3
  landNaam
}
fragment Partijgegevens on Klantbeeld {
  partij {
    id
    nummer
    ... on Persoon { contactnaam { volledigeNaam } }
    ... on Organisatie { naam }
    digitaleAdressen { ...DigitaleAdresgegevens }
    voorkeursDigitaalAdres { id }
    bezoekadres { ...Adresgegevens }
    correspondentieadres { ...Adresgegevens }
  }
  partijen { id }
  contactpersonen { id contactnaam { volledigeNaam } }
}`;

const TAAK = `
fragment Taakgegevens on InterneTaak {
  nummer
  gevraagdeHandeling
  toelichting
  status
  wachtSinds
  verwerktOp
  actoren { naam }
}`;

// A resident is not told the names of employees, so they are not asked for either.
const CONTACTEN_VAN_KLANT = `${CONTACT}
fragment Contacten on Klantbeeld {
  klantcontacten(first: $first, after: $after) {
    totalCount
    nodes {
      ...Contact
      actoren {
        soortActor
        ... on OrganisatorischeEenheid { naam }
        ... on GeautomatiseerdeActor { naam }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}`;

const CONTACTEN_VAN_MEDEWERKER = `${CONTACT}${TAAK}
fragment Contacten on Klantbeeld {
  klantcontacten(first: $first, after: $after) {
    totalCount
    nodes {
      ...Contact
      betrokkenen { contactnaam { volledigeNaam } organisatienaam }
      actoren { soortActor naam }
      interneTaken { ...Taakgegevens }
    }
    pageInfo { hasNextPage endCursor }
  }
}`;

/** Of who is logged in; whose klantbeeld that is, the token says. */
export const MIJN_KLANTBEELD = `
query MijnKlantbeeld($first: Int!, $after: String) {
  ik { namens }
  klantbeeld: mijnKlantbeeld { ...Partijgegevens ...Contacten }
}${PARTIJ}${CONTACTEN_VAN_KLANT}`;

export const MIJN_VOLGENDE_CONTACTEN = `
query MijnVolgendeContacten($first: Int!, $after: String) {
  klantbeeld: mijnKlantbeeld { ...Contacten }
}${CONTACTEN_VAN_KLANT}`;

/** Of who an employee speaks with; how it was established who that is, goes along. */
export const KLANTBEELD = `
query Klantbeeld(
  $wie: IdentificatieInput!
  $vaststelling: IdentiteitsvaststellingInput!
  $first: Int!
  $after: String
) {
  klantbeeld(identificatie: $wie, identiteitsvaststelling: $vaststelling) {
    ...Partijgegevens
    interneTaken(filter: { status: te_verwerken }, first: 20) {
      nodes { ...Taakgegevens }
      pageInfo { hasNextPage }
    }
    ...Contacten
  }
}${PARTIJ}${CONTACTEN_VAN_MEDEWERKER}`;

export const VOLGENDE_CONTACTEN = `
query VolgendeContacten(
  $wie: IdentificatieInput!
  $vaststelling: IdentiteitsvaststellingInput!
  $first: Int!
  $after: String
) {
  klantbeeld(identificatie: $wie, identiteitsvaststelling: $vaststelling) { ...Contacten }
}${CONTACTEN_VAN_MEDEWERKER}`;

/** What the municipality still has to do; who waits longest stands first. */
export const WERKLIJST = `
query Werklijst {
  interneTaken(filter: { status: te_verwerken }, first: 50) {
    totalCount
    nodes {
      ...Taakgegevens
      klantcontact {
        kanaal
        kanaalNaam
        plaatsgevondenOp
        contactgegevens {
          contactnaam { volledigeNaam }
          organisatienaam
          digitaleAdressen { ...DigitaleAdresgegevens }
          voorkeursDigitaalAdres { id }
          redenenNietGebruiken
        }
      }
    }
  }
}${TAAK}${DIGITAAL_ADRES}`;

/** Who can have spoken with somebody, and who can be given a task. */
export const ACTOREN = `
query Actoren {
  actoren(filter: { indicatieActief: true }, first: 100) {
    nodes { id naam soortActor identificator { objectId } }
    pageInfo { hasNextPage }
  }
}`;

export const REGISTREER_KLANTCONTACT = `
mutation Registreer($invoer: KlantcontactInput!, $sleutel: String!) {
  registreerKlantcontact(invoer: $invoer, idempotentiesleutel: $sleutel) {
    klantcontact { nummer }
    fouten { code pad melding }
  }
}`;
