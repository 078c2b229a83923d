"""What one branch of an operation shows does not depend on what else is asked in it.

Records are read for all branches at once, and some are reached in several ways.
"""

from collections.abc import AsyncIterator, Mapping
from itertools import permutations
from types import MappingProxyType

import pytest

from tests.identity.callers import medewerker
from tests.klantbeeld.rights import STATED, Answer, House, a_house, as_id
from tests.municipality import BENCH_BSN, Network

pytestmark = pytest.mark.anyio

# A klantcontact of somebody who is not gekend, with a thread to one of somebody who is.
THREAD = as_id("Klantcontact", "6d80a9cc-acc5-5111-8664-c9c866bf4207")
BETROKKENEN = """nummer betrokkenen {
  id contactnaam { volledigeNaam } digitaleAdressen { adres }
  partij { nummer indicatieActief } }"""
BACK_AND_FORTH = f"""{BETROKKENEN}
  vorige {{ {BETROKKENEN} vervolg {{ {BETROKKENEN} }} }}
  vervolg {{ {BETROKKENEN} vorige {{ {BETROKKENEN} }} }}
  onderwerpen {{
    ... on InterneTaakOnderwerp {{ interneTaak {{ klantcontact {{ {BETROKKENEN} }} }} }}
    ... on KlantcontactOnderwerp {{ klantcontact {{ {BETROKKENEN} }} }} }}
  interneTaken {{ klantcontact {{ {BETROKKENEN} }} }}"""
BRANCHES: Mapping[str, str] = MappingProxyType(
    {
        "one": f'klantcontact(id: "{THREAD}") {{ {BACK_AND_FORTH} }}',
        "search": f"klantcontacten(first: 100) {{ nodes {{ {BACK_AND_FORTH} }} }}",
        "work": f"""interneTaken(first: 100) {{
          nodes {{ klantcontact {{ {BACK_AND_FORTH} }} }} }}""",
        "klantbeeld": f"""klantbeeld(
            identificatie: $who, identiteitsvaststelling: $stated) {{
          partij {{ indicatieActief }}
          klantcontacten(first: 100) {{ nodes {{ {BACK_AND_FORTH} }} }} }}""",
    }
)


@pytest.fixture
async def house(loaded: str, network: Network) -> AsyncIterator[House]:
    async with a_house(loaded, network) as made:
        yield made


async def asked(house: House, *names: str) -> Answer:
    fields = "\n".join(f"{name}: {BRANCHES[name]}" for name in names)
    heading, variables = "", {}
    if "klantbeeld" in names:
        heading = "($who: IdentificatieInput!, $stated: IdentiteitsvaststellingInput)"
        variables = {"who": {"bsn": BENCH_BSN}, "stated": STATED}
    return await house.ask(medewerker(), f"query {heading} {{ {fields} }}", **variables)


def of(branch: str, answer: Answer) -> tuple[object, dict[str, str]]:
    """What one branch was given and refused."""
    refused = {
        place: code for place, code in answer.codes.items() if place.startswith(branch)
    }
    return answer.data[branch], refused


@pytest.mark.parametrize(("first", "second"), [*permutations(BRANCHES, 2)])
async def test_a_branch_shows_what_it_shows_by_itself(
    house: House, first: str, second: str
) -> None:
    alone = {name: await asked(house, name) for name in (first, second)}
    together = await asked(house, first, second)
    for name, by_itself in alone.items():
        assert of(name, together) == of(name, by_itself)


async def test_the_branches_do_differ(house: House) -> None:
    """Or they would prove nothing."""
    shown = {name: str(of(name, await asked(house, name))[0]) for name in BRANCHES}
    unknown = "Jeroen Haverkamp"  # who is not gekend
    assert [name for name in BRANCHES if unknown in shown[name]] == ["one", "work"]
