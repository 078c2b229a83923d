"""What recording a klantcontact costs the store: how many statements, and which.

Fewer would do in two places. The partij is looked for twice, first to decide what may be
recorded of it and then to be completed; and a key is taken before and filled afterwards,
so that who asks again meanwhile waits: that one is worth its statement.
"""

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from tests.klantbeeld.conftest import Municipality
from tests.recording.stories import (
    STATED,
    an_actor,
    bekend,
    contact,
    registreer,
    taak,
)

pytestmark = pytest.mark.anyio

ABOUT = re.compile(
    r"^(?:(INSERT) INTO|(UPDATE)|(SELECT) .*?\sFROM|SELECT) (\w+)", re.DOTALL
)


@pytest.fixture
def statements() -> Iterator[list[str]]:
    """What every engine is asked meanwhile: the verb, and the first table."""
    seen: list[str] = []

    def note(*asked: object) -> None:
        found = ABOUT.match(str(asked[2]))
        seen.append(" ".join(filter(None, found.groups())) if found else str(asked[2]))

    event.listen(Engine, "before_cursor_execute", note)
    yield seen
    event.remove(Engine, "before_cursor_execute", note)


async def test_a_klantcontact_of_a_known_partij_is_fifteen_statements(
    office: Municipality, statements: list[str]
) -> None:
    actor = await an_actor(office)
    who = bekend(contactnaam={"achternaam": "Jansen"})
    known = {"identiteitsvaststelling": STATED, "interneTaken": [taak(actor)]}
    asked = contact(actor, who, **known)
    await registreer(office, asked, "the first, which makes the partij")
    statements.clear()
    await registreer(office, asked, "another")
    assert statements == [
        "INSERT idempotentiesleutels",
        "pg_advisory_xact_lock",
        "SELECT actoren",
        "SELECT partijen",
        "SELECT toestemmingen",
        "INSERT klantcontacten",
        "INSERT klantcontact_actoren",
        "SELECT partijen",
        "INSERT betrokkenen",
        "INSERT onderwerpen",
        "INSERT inhoudsdelen",
        "INSERT interne_taken",
        "INSERT interne_taak_actoren",
        "INSERT mutaties",
        "UPDATE idempotentiesleutels",
    ]
