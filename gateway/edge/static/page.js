"use strict";

const EXAMPLES = [
  {
    name: "Een klantbeeld, als medewerker, van wie aan de telefoon is",
    query: `query Klantbeeld($bsn: BSN!, $aanWie: IdentiteitsvaststellingInput) {
  klantbeeld(
    identificatie: { bsn: $bsn }
    identiteitsvaststelling: $aanWie
  ) {
    partij {
      nummer
      ... on Persoon { contactnaam { volledigeNaam } }
      digitaleAdressen { soort adres standaard }
    }
    klantcontacten(first: 10) {
      nodes {
        plaatsgevondenOp
        kanaal
        onderwerpen {
          __typename
          ... on TekstOnderwerp { tekst }
          ... on ZaakOnderwerp {
            zaak { identificatie zaaktype { omschrijving } status { statustype { omschrijving } } }
          }
          ... on KlanttaakOnderwerp { klanttaak { titel status } }
        }
        inhoud {
          __typename
          ... on TekstInhoud { tekst }
          ... on DocumentInhoud { document { titel formaat } }
        }
      }
    }
  }
}`,
    variables: {
      bsn: "999993653",
      aanWie: { middel: "controlevragen", niveau: "laag", grond: "zelf" },
    },
  },
  {
    name: "Mijn klantbeeld, als inwoner of bedrijf",
    query: `{
  ik {
    soort
    niveau
    namens
    hoedanigheden { soort kvkNummer vestigingsnummer gekozen }
  }
  mijnKlantbeeld {
    partij {
      nummer
      ... on Persoon { contactnaam { volledigeNaam } }
      ... on Organisatie { naam }
    }
    klantcontacten(first: 10) {
      nodes {
        plaatsgevondenOp
        kanaal
        onderwerpen {
          __typename
          ... on TekstOnderwerp { tekst }
          ... on ZaakOnderwerp {
            zaak { identificatie status { statustype { omschrijving } } }
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
}`,
    variables: {},
  },
  {
    name: "Klantcontacten in een periode, langs een kanaal",
    query: `query Contacten($filter: KlantcontactFilter!) {
  klantcontacten(filter: $filter, first: 5) {
    totalCount
    nodes { nummer plaatsgevondenOp kanaal richting }
    pageInfo { hasNextPage endCursor }
  }
}`,
    variables: {
      filter: {
        periode: { van: "2026-01-01T00:00:00+01:00", tot: "2027-01-01T00:00:00+01:00" },
        kanalen: ["telefoon"],
      },
    },
  },
  {
    name: "De werklijst: wie wacht het langst?",
    query: `{
  interneTaken(filter: { status: te_verwerken }, first: 10) {
    totalCount
    nodes { nummer gevraagdeHandeling wachtSinds actoren { naam } }
  }
}`,
    variables: {},
  },
];

const byId = (id) => document.getElementById(id);
const [form, example, query, variables, who, asker, token, purpose, status, answer] = [
  "ask", "example", "query", "variables", "who", "asker", "token", "purpose", "status",
  "answer",
].map(byId);
const NOTHING_ASKED = status.textContent;

function show(chosen) {
  query.value = chosen.query;
  variables.value = JSON.stringify(chosen.variables, null, 2);
}

function showAsker() {
  asker.textContent = token.value.trim() ? "wie in het token staat" : "geen token";
}

function headers() {
  const found = { "Content-Type": "application/json", Accept: "application/json" };
  if (token.value.trim()) found.Authorization = `Bearer ${token.value.trim()}`;
  if (purpose.value.trim()) found["Klantbeeld-Purpose"] = purpose.value.trim();
  return found;
}

// A link may say who asks, behind the #: that part of an address is sent to nobody.
function heedLink() {
  const said = new URLSearchParams(location.hash.slice(1));
  token.value = said.get("token") ?? "";
  purpose.value = said.get("purpose") ?? "";
  example.value = EXAMPLES[said.get("example")] ? said.get("example") : "0";
  who.open = Boolean(token.value);
  history.replaceState(null, "", location.pathname);
  showAsker();
  show(EXAMPLES[example.value]);
  status.textContent = NOTHING_ASKED;
  answer.textContent = "";
}

// How often each code occurs: "UNKNOWN_REGISTER (2)".
function counted(errors) {
  const times = new Map();
  errors.forEach(({ extensions }) => {
    const code = extensions?.code ?? "zonder code";
    times.set(code, (times.get(code) ?? 0) + 1);
  });
  return [...times].map(([code, number]) => `${code} (${number})`).join(", ");
}

function showAnswer(result, head) {
  const errors = result.errors ?? [];
  const parts = [head, ...(errors.length ? [`fouten: ${counted(errors)}`] : [])];
  if (errors.some(({ extensions }) => extensions?.code === "UNAUTHENTICATED")) {
    who.open = true;
    parts.push("plak een geldig token bij Wie vraagt");
  }
  status.textContent = parts.join("; ");
  answer.textContent = JSON.stringify(result, null, 2);
  status.scrollIntoView({ block: "nearest" });
}

async function ask() {
  let values;
  try {
    values = variables.value.trim() ? JSON.parse(variables.value) : {};
  } catch (error) {
    status.textContent = `De variabelen zijn geen JSON: ${error.message}`;
    return;
  }
  status.textContent = "Bezig …";
  const start = performance.now();
  try {
    const response = await fetch("/graphql", {
      method: "POST",
      headers: headers(),
      body: JSON.stringify({ query: query.value, variables: values }),
    });
    const result = await response.json();
    const took = Math.round(performance.now() - start);
    showAnswer(result, `HTTP ${response.status}, ${took} ms`);
  } catch (error) {
    status.textContent = `De gateway antwoordt niet: ${error.message}`;
  }
}

EXAMPLES.forEach(({ name }, index) => example.add(new Option(name, index)));
example.addEventListener("change", () => show(EXAMPLES[example.value]));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask();
});
form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) ask();
});
token.addEventListener("input", showAsker);
// Another link in the same tab changes only what is behind the #: nothing is loaded anew.
window.addEventListener("hashchange", heedLink);
heedLink();
