"""Who acts for the municipality."""

from collections.abc import Mapping
from types import MappingProxyType

from gateway.importing.lines import Lines, Notes
from gateway.importing.planning import NONE, Keys, Plan, Planned, Values
from gateway.importing.records import Actor, ActorIdentificatie, Identificator
from gateway.importing.values import text

# What each soort may have; see the table's `kenmerken_naar_soort`.
_KENMERKEN: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "medewerker": ("functie", "emailadres", "telefoonnummer"),
        "organisatorische_eenheid": ("omschrijving", "emailadres", "telefoonnummer"),
        "geautomatiseerde_actor": ("functie", "omschrijving"),
    }
)
_LONGEST = MappingProxyType(
    {"functie": 40, "omschrijving": 200, "emailadres": 254, "telefoonnummer": 20}
)
_CODES = ("code_register", "code_objecttype", "code_soort_object_id", "object_id")


def plan(actor: Actor, keys: Keys, lines: Lines) -> Plan | None:
    """Plan one; None when it has no name or soort that we know."""
    notes = lines.of("actor", actor.uuid)
    naam = text(notes, "naam", actor.naam, 200)
    if naam is None or actor.soort_actor not in _KENMERKEN:
        notes.left_out("", "has no naam, or a soortActor that is unknown")
        return None
    identificator = _identificator(notes, actor.actoridentificator)
    head = Planned(
        soort="actor",
        table="actoren",
        bron_id=actor.uuid,
        id=keys.of("actor", actor.uuid),
        values={
            "naam": naam,
            "indicatie_actief": actor.indicatie_actief,
            **_kenmerken(notes, actor.soort_actor, actor.actor_identificatie),
        },
        beside={"soort_actor": actor.soort_actor, **identificator},
        natural=_CODES if identificator else (),
    )
    return Plan(head, lines)


def _kenmerken(notes: Notes, soort: str, given: ActorIdentificatie | None) -> Values:
    given = given or ActorIdentificatie()
    if given.faxnummer:
        notes.left_out("actorIdentificatie.faxnummer", "has no place here")
    found: dict[str, str | None] = dict.fromkeys(_LONGEST)
    for name, longest in _LONGEST.items():
        field = f"actorIdentificatie.{name}"
        value = text(notes, field, getattr(given, name), longest)
        if value is not None and name not in _KENMERKEN[soort]:
            notes.left_out(field, f"a {soort} has none")
        else:
            found[name] = value
    return found


def _identificator(notes: Notes, given: Identificator | None) -> Values:
    """Give all four parts, or nothing."""
    if given is None:
        return NONE
    parts = {
        "code_register": given.code_register,
        "code_objecttype": given.code_objecttype,
        "code_soort_object_id": given.code_soort_object_id,
        "object_id": given.object_id,
    }
    if not any(parts.values()):
        return NONE
    if not all(each and len(each) <= 200 for each in parts.values()):
        notes.left_out("actoridentificator", "has not all of its four parts")
        return NONE
    return parts
