// A resident's last klantcontacten: when, along what kanaal, and what each was about.
import { ask } from "./client";
import { graphql, type DocumentType } from "./klantbeeld";

declare const process: { argv: string[] };

const LAATSTE = graphql(`
  query Laatste($aantal: Int!) {
    mijnKlantbeeld {
      partij {
        __typename
        nummer
        ... on Persoon { contactnaam { volledigeNaam } }
      }
      klantcontacten(first: $aantal) {
        nodes {
          plaatsgevondenOp
          kanaal
          onderwerpen {
            __typename
            ... on TekstOnderwerp { tekst }
            ... on ZaakOnderwerp { zaak { identificatie } }
            ... on KlanttaakOnderwerp { klanttaak { titel status } }
          }
        }
      }
    }
  }
`);

type Klantbeeld = NonNullable<DocumentType<typeof LAATSTE>["mijnKlantbeeld"]>;
type Klantcontact = NonNullable<Klantbeeld["klantcontacten"]>["nodes"][number];

function who(partij: Klantbeeld["partij"]): string {
  const naam = partij.__typename === "Persoon" ? partij.contactnaam?.volledigeNaam : null;
  return `${partij.nummer} ${naam ?? partij.__typename}`;
}

function about(onderwerp: Klantcontact["onderwerpen"][number]): string {
  switch (onderwerp.__typename) {
    case "TekstOnderwerp":
      return onderwerp.tekst;
    case "ZaakOnderwerp":
      return `zaak ${onderwerp.zaak?.identificatie ?? "?"}`;
    case "KlanttaakOnderwerp":
      return `klanttaak ${onderwerp.klanttaak?.titel ?? "?"}`;
    default:
      return onderwerp.__typename;
  }
}

function line(contact: Klantcontact): string {
  const onderwerpen = contact.onderwerpen.map(about).join("; ");
  return `${contact.plaatsgevondenOp} ${contact.kanaal ?? "?"}: ${onderwerpen}`;
}

const [address = "", token = ""] = process.argv.slice(2);
const headers = { Authorization: `Bearer ${token}` };

ask(address, headers, LAATSTE, { aantal: 4 }).then(({ data, errors }) => {
  for (const { path, extensions } of errors ?? []) console.log(path?.join("."), extensions.code);
  const klantbeeld = data?.mijnKlantbeeld;
  if (!klantbeeld) return;
  console.log(who(klantbeeld.partij));
  for (const each of klantbeeld.klantcontacten?.nodes ?? []) console.log(line(each));
});
