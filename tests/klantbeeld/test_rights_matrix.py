"""Who is given what: every kind of caller, every root field, every field of every type.

The questions are made from the schema, so that a new field is asked, and fails until it
stands in `rights_matrix.txt`.
"""

from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from types import MappingProxyType

import pytest
from graphql import GraphQLObjectType, is_introspection_type
from msgspec.structs import replace

from gateway.errors import Forbidden
from gateway.identificatie import kvk_nummer
from gateway.identity.caller import ANONIEM, Caller
from gateway.identity.levels import Betrouwbaarheidsniveau
from gateway.identity.rechten import Recht
from tests.identity.callers import klant, medewerker, systeem, vertegenwoordiger
from tests.klantbeeld.conftest import a_network
from tests.klantbeeld.rights import (
    GRAPH,
    STATED,
    House,
    a_house,
    as_id,
    at_best,
    everything_below,
    outcomes,
)
from tests.municipality import BENCH_BSN

pytestmark = pytest.mark.anyio

KVK = "99990018"
PERSOON = as_id("Partij", "0ea6880b-b832-5af2-86d4-58c5ebd523a8")
ORGANISATIE = as_id("Partij", "db96acb7-b654-5e00-bcde-151d1577e534")
CONTACTPERSOON = as_id("Partij", "79bcb2e3-b108-55a3-85ad-f4df47486ba8")
KLANTCONTACT = as_id("Klantcontact", "30e9aa48-a668-5ef5-a4f8-9b10c6e0de5d")

L = Betrouwbaarheidsniveau
ENDED = Forbidden("the mandate has ended", needs="mandate")

READING = [recht for recht in Recht if recht.endswith(".lezen")]
"""What is asked by mutations is tested with them (`tests/recording`)."""

CALLERS: Mapping[str, Caller] = MappingProxyType(
    {
        "anoniem": ANONIEM,
        "klant hoog": klant(niveau=L.HOOG),
        "klant midden": klant(niveau=L.MIDDEN),
        "klant laag": klant(niveau=L.LAAG),
        "klant zonder niveau": klant(niveau=None),
        "vertegenwoordiger": vertegenwoordiger(),
        "mandaat verlopen": replace(vertegenwoordiger(), refusal=ENDED),
        "medewerker": medewerker(),
        "medewerker zonder vaststelling": medewerker(),
        **{
            f"medewerker zonder {recht}": medewerker(*(set(Recht) - {recht}))
            for recht in READING
        },
        "medewerker zonder doel": replace(medewerker(), verwerking=None),
        "systeem": systeem(),
        "systeem zonder scopes": replace(systeem(), grants=()),
        "systeem zonder doel": replace(systeem(), verwerking=None),
    }
)

# --- root fields

ROOTS: Mapping[str, str] = MappingProxyType(
    {
        "_service": "",
        "ik": "",
        "referentielijsten": "",
        "mijnKlantbeeld": "",
        "mijnInzage": "",
        "klantbeeld": "(identificatie: $who, identiteitsvaststelling: $stated)",
        "partij": "(id: $partij, identiteitsvaststelling: $stated)",
        "partijen": "(filter: {identificatie: $who})",
        "klantcontact": "(id: $klantcontact)",
        "klantcontacten": "(first: 100)",
        "interneTaken": "(first: 20)",
        "actoren": "(first: 20)",
        "node": "(id: $node)",
    }
)
OF: Mapping[str, str] = MappingProxyType(
    {
        "who": "IdentificatieInput!",
        "stated": "IdentiteitsvaststellingInput",
        "partij": "ID!",
        "klantcontact": "ID!",
        "node": "ID!",
    }
)
# _service, ik and referentielijsten are anybody's. Then, in the order of ROOTS:
# mijnKlantbeeld, mijnInzage, klantbeeld, partij, partijen, klantcontact, klantcontacten,
# interneTaken, actoren, node. . given, A needs to be known, S needs a level, F is not for these.
ROOT_TABLE: Mapping[str, str] = MappingProxyType(
    {
        "anoniem": "                                ...AAAAAAAAAA",
        "klant hoog": "                             .....F.F.FFF.",
        "klant midden": "                           .....F.F.FFF.",
        "klant laag": "                             ...SSFSFSFFFS",
        "klant zonder niveau": "                    ...SSFSFSFFFS",
        "vertegenwoordiger": "                      .....F.F.FFF.",
        "mandaat verlopen": "                       ...FFFFFFFFFF",
        "medewerker": "                             ...FF........",
        "medewerker zonder vaststelling": "         ...FF........",
        "medewerker zonder partijen.lezen": "       ...FFFFF.....",
        "medewerker zonder identificaties.lezen": " ...FF........",
        "medewerker zonder notities.lezen": "       ...FF........",
        "medewerker zonder klantcontacten.lezen": " ...FF...FF..F",
        "medewerker zonder vertrouwelijk.lezen": "  ...FF........",
        "medewerker zonder internetaken.lezen": "   ...FF.....F..",
        "medewerker zonder actoren.lezen": "        ...FF......F.",
        "medewerker zonder zaken.lezen": "          ...FF........",
        "medewerker zonder documenten.lezen": "     ...FF........",
        "medewerker zonder objecten.lezen": "       ...FF........",
        "medewerker zonder doel": "                 ...FFFFFFFFFF",
        "systeem": "                                ...FF........",
        "systeem zonder scopes": "                  ...FFFFFFFFFF",
        "systeem zonder doel": "                    ...FFFFFFFFFF",
    }
)


@pytest.fixture(scope="module")
async def house(loaded: str) -> AsyncIterator[House]:
    """One for all of them: what is remembered for one must not help another."""
    async with a_house(loaded, a_network()) as made:
        yield made


def variables(name: str) -> dict[str, object]:
    return {
        "who": {"bsn": BENCH_BSN},
        "stated": None if name.endswith("zonder vaststelling") else STATED,
        "partij": PERSOON,
        "klantcontact": KLANTCONTACT,
        "node": KLANTCONTACT,
    }


def declared(text: str) -> str:
    used = [f"${name}: {kind}" for name, kind in OF.items() if f"${name}" in text]
    return f"query ({', '.join(used)}) {{ {text} }}" if used else f"{{ {text} }}"


async def given(house: House, name: str) -> dict[str, str]:
    """What a caller is given of everything there is."""
    found = [await asked(house, name, CALLERS[name], root) for root in ROOTS]
    for partij in (ORGANISATIE, CONTACTPERSOON):
        caller = as_company(CALLERS[name])
        found.append(await asked(house, name, caller, "partij", partij=partij))
    return at_best(found)


async def asked(
    house: House, name: str, caller: Caller, root: str, **changed: object
) -> dict[str, str]:
    query = declared(everything_below(root, ROOTS[root]))
    sent = used(variables(name) | changed, query)
    return outcomes(await house.ask(caller, query, **sent))


def used(sent: Mapping[str, object], query: str) -> dict[str, object]:
    return {key: value for key, value in sent.items() if f"${key}" in query}


def as_company(caller: Caller) -> Caller:
    """A klant in another capacity; others as they are."""
    who = kvk_nummer(KVK)
    return replace(caller, klant=who, klanten=(who,)) if caller.is_klant else caller


def test_every_root_field_is_asked_and_every_caller_stands_in_the_table() -> None:
    query = GRAPH.query_type
    assert query is not None
    assert set(ROOTS) == set(query.fields)
    assert list(ROOT_TABLE) == list(CALLERS)


@pytest.mark.parametrize("name", CALLERS)
async def test_a_root_field_is_for_whom_the_table_says(house: House, name: str) -> None:
    words = []
    for root, arguments in ROOTS.items():
        query = declared(f"{root}{arguments} {{ __typename }}")
        answer = await house.ask(CALLERS[name], query, **used(variables(name), query))
        words.append(outcomes(answer)[f"Query.{root}"])
    assert "".join(words) == ROOT_TABLE[name].strip()


# --- types and fields

WRITTEN = (Path(__file__).parent / "rights_matrix.txt").read_text()


def written() -> dict[str, str]:
    """A letter for each caller, in the order of CALLERS, by type and field."""
    found: dict[str, str] = {}
    kind = words = ""
    for line in WRITTEN.splitlines():
        if line.startswith("#") or not line.strip():
            continue
        if not line.startswith(" "):
            kind = line.strip()
        elif line[2] == " ":
            found |= {f"{kind}.{name}": words for name in line.split()}
        else:
            *parts, names = line.strip().split(maxsplit=7)
            words = "".join(parts)
            found |= {f"{kind}.{name}": words for name in names.split()}
    return found


def test_every_field_of_every_type_stands_in_the_matrix() -> None:
    fields = {
        f"{kind.name}.{name}"
        for kind in GRAPH.type_map.values()
        if isinstance(kind, GraphQLObjectType) and not is_introspection_type(kind)
        for name in kind.fields
        if kind not in {GRAPH.query_type, GRAPH.mutation_type}
        and not kind.name.endswith("Payload")
        and kind.name != "Fout"
    }
    assert written().keys() == fields
    assert {len(words) for words in written().values()} == {len(CALLERS)}


@pytest.mark.parametrize("name", CALLERS)
async def test_a_caller_is_given_what_the_matrix_says(house: House, name: str) -> None:
    place = list(CALLERS).index(name)
    found = await given(house, name)
    fields = written()
    assert {field: found.get(field, "-") for field in fields} == {
        field: words[place] for field, words in fields.items()
    }
    extra = found.keys() - fields.keys() - {f"Query.{root}" for root in ROOTS}
    assert extra == set()
