"""The rules that fields have: one line each, and how a line is read.

A rule is decided once for each request: it depends on who asks, and for some on how
the record was reached (see `gateway.identity.sight.sight`), never on a record's values.
"""

import msgspec

from gateway.errors import Denied, Forbidden, StepUpRequired, Unauthenticated
from gateway.identity.caller import Caller, SoortAanvrager
from gateway.identity.levels import Betrouwbaarheidsniveau, is_enough
from gateway.identity.policy.seed import VERSTREKKEN, Klantsoort, allowed
from gateway.identity.rechten import Recht


class Rule(msgspec.Struct, frozen=True, cache_hash=True):
    """What one who asks must have.

    Attributes:
        name: stands in the SDL.
        anoniem: everybody may.
        klant: a klant may, of what is theirs.
        gemeente: whether a medewerker or systeem may at all.
        recht: what these need for it; None for no more than to be known.
        verstrekt: the partij must have been disclosed: after identiteitsvaststelling,
            or one's own.
        interactie: what a zelfstandige klant gave is for one interaction only.
        operation: the root field, which may have a level of its own.
    """

    name: str
    anoniem: bool = False
    klant: bool = False
    gemeente: bool = True
    recht: Recht | None = None
    verstrekt: bool = False
    interactie: bool = False
    operation: str = ""


#                     name                      who
VRIJ = Rule("vrij", anoniem=True)
HIERBOVEN = Rule("hierboven", anoniem=True)  # decided by the field that leads there
INGELOGD = Rule("ingelogd", klant=True)
EIGEN = Rule("eigen", klant=True, gemeente=False)

# Partijen: before identiteitsvaststelling an employee sees a nummer and a soort.
ZOEKEN = Rule("zoeken", recht=Recht.PARTIJEN)
PARTIJ = Rule("partij", klant=True, recht=Recht.PARTIJEN)
PARTIJGEGEVENS = Rule(
    "partijgegevens", klant=True, recht=Recht.PARTIJEN, verstrekt=True
)
RELATIES = Rule("relaties", recht=Recht.PARTIJEN, verstrekt=True)
IDENTIFICATIES = Rule(
    "identificaties", klant=True, recht=Recht.IDENTIFICATIES, verstrekt=True
)
NOTITIES = Rule("notities", recht=Recht.NOTITIES, verstrekt=True)

KLANTCONTACTEN_ZOEKEN = Rule("klantcontacten-zoeken", recht=Recht.KLANTCONTACTEN)
KLANTCONTACT = Rule("klantcontact", klant=True, recht=Recht.KLANTCONTACTEN)
KLANTCONTACTEN_VAN = Rule(
    "klantcontacten-van", klant=True, recht=Recht.KLANTCONTACTEN, verstrekt=True
)
CONTACTGEGEVENS = Rule(
    "contactgegevens", klant=True, recht=Recht.KLANTCONTACTEN, interactie=True
)
INTERNE_TAAK = Rule("interne-taak", recht=Recht.INTERNE_TAKEN)
INTERNE_TAKEN_VAN = Rule("interne-taken-van", recht=Recht.INTERNE_TAKEN, verstrekt=True)

# Employees' own data are not for klanten; a department's and a chatbot's name are.
ACTOR = Rule("actor", klant=True)
MEDEWERKER = Rule("medewerker", recht=Recht.ACTOREN)
ACTOREN_ZOEKEN = Rule("actoren-zoeken", recht=Recht.ACTOREN)

# What is recorded: by a klant of themselves only, which each mutation sees to.
PARTIJ_SCHRIJVEN = Rule("partij-schrijven", klant=True, recht=Recht.PARTIJEN_SCHRIJVEN)
PARTIJ_REGISTREREN = Rule("partij-registreren", recht=Recht.PARTIJEN_SCHRIJVEN)
PARTIJ_VERWIJDEREN = Rule("partij-verwijderen", recht=Recht.PARTIJEN_VERWIJDEREN)
KLANTCONTACT_SCHRIJVEN = Rule(
    "klantcontact-schrijven", recht=Recht.KLANTCONTACTEN_SCHRIJVEN
)
KLANTCONTACT_CORRIGEREN = Rule(
    "klantcontact-corrigeren", recht=Recht.KLANTCONTACTEN_CORRIGEREN
)
INTERNE_TAAK_SCHRIJVEN = Rule(
    "interne-taak-schrijven", recht=Recht.INTERNE_TAKEN_SCHRIJVEN
)
ACTOR_SCHRIJVEN = Rule("actor-schrijven", recht=Recht.ACTOREN_SCHRIJVEN)

ZAAK = Rule("zaak", klant=True, recht=Recht.ZAKEN)
AUTEUR = Rule("auteur", recht=Recht.DOCUMENTEN)  # may be an employee
DOCUMENT = Rule("document", klant=True, recht=Recht.DOCUMENTEN)
OBJECT = Rule("object", klant=True, recht=Recht.OBJECTEN)


def refusal(
    rule: Rule, caller: Caller, needed: Betrouwbaarheidsniveau | None
) -> Denied | None:
    """Say why a caller may not; None when they may.

    Args:
        rule: of the field.
        caller: who asks.
        needed: the lowest level of authentication that is enough for a person; None
            for any.
    """
    if rule.anoniem:
        return None
    if caller.soort is SoortAanvrager.ANONIEM:
        return Unauthenticated("this field needs to know who asks")
    if caller.refusal is not None:
        return caller.refusal
    return (_of_klant if caller.is_klant else _of_gemeente)(rule, caller, needed)


def _of_klant(
    rule: Rule, caller: Caller, needed: Betrouwbaarheidsniveau | None
) -> Denied | None:
    if not rule.klant:
        return Forbidden("this field is not shown to klanten")
    if needed is None or allowed(
        VERSTREKKEN,
        Klantsoort.AANGEHAAKT,
        authenticated=True,
        niveau=caller.niveau,
        needed=needed,
        within_interaction=False,
    ):
        return None
    return StepUpRequired(needed)


def _of_gemeente(
    rule: Rule, caller: Caller, needed: Betrouwbaarheidsniveau | None
) -> Denied | None:
    if not rule.gemeente:
        return Forbidden("this field is for klanten themselves")
    if rule.recht is not None and not caller.may(rule.recht):
        return Forbidden(f"this field needs the right {rule.recht}", needs=rule.recht)
    if caller.verwerking is None:
        message = (
            "this field needs to know why: name a purpose in the header"
            " Klantbeeld-Purpose"
        )
        return Forbidden(message, needs="purpose")
    is_person = caller.soort is SoortAanvrager.MEDEWERKER
    if is_person and needed is not None and not is_enough(caller.niveau, needed):
        return StepUpRequired(needed)
    return None
