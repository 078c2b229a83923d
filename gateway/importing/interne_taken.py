"""What must be done to follow up a klantcontact."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from gateway.importing.lines import Lines, Notes
from gateway.importing.planning import Keys, Planned, pair
from gateway.importing.records import InterneTaak, Stub
from gateway.importing.values import moment, nummer, text


def assigned(taak: InterneTaak) -> Sequence[Stub]:
    """Say who must do it: Open Klant has a list, and its first as a field of its own."""
    one = taak.toegewezen_aan_actor
    return taak.toegewezen_aan_actoren or ([] if one is None else [one])


def interne_taak(
    lines: Lines, keys: Keys, head: Planned, taak: InterneTaak
) -> Iterator[Planned]:
    """Plan one, and whose it is; nothing when it says not what is asked."""
    notes = lines.of("interne_taak", taak.uuid)
    handeling = text(notes, "gevraagdeHandeling", taak.gevraagde_handeling, 200)
    if handeling is None or taak.status not in {"te_verwerken", "verwerkt"}:
        notes.left_out("", "has no gevraagdeHandeling, or a status that is unknown")
        return
    key = keys.of("interne_taak", taak.uuid)
    given = (taak.referentienummer, taak.nummer)
    yield Planned(
        soort="interne_taak",
        table="interne_taken",
        bron_id=taak.uuid,
        id=key,
        values={
            "gevraagde_handeling": handeling,
            "toelichting": text(notes, "toelichting", taak.toelichting, 1000),
            "status": taak.status,
            "toegewezen_op": moment(taak.toegewezen_op),
            "verwerkt_op": _verwerkt_op(notes, taak),
        },
        beside={
            "klantcontact_id": head.id,
            "nummer": nummer(notes, referentienummer=given[0], nummer=given[1]),
        },
    )
    yield from _actoren(notes, keys, key=key, taak=taak)


def _verwerkt_op(notes: Notes, taak: InterneTaak) -> datetime | None:
    """Say when it was dealt with, which Open Klant need not know."""
    field, toegewezen, afgehandeld = (
        "afgehandeldOp",
        taak.toegewezen_op,
        taak.afgehandeld_op,
    )
    if taak.status == "te_verwerken":
        if afgehandeld is not None:
            notes.left_out(field, "is told of what is still te_verwerken")
        return None
    if afgehandeld is None:
        notes.noted(field, "is not told: became toegewezenOp")
    elif afgehandeld < toegewezen:
        notes.noted(field, "is before toegewezenOp: became that")
    else:
        return moment(afgehandeld)
    return moment(toegewezen)


def _actoren(
    notes: Notes, keys: Keys, *, key: object, taak: InterneTaak
) -> Iterator[Planned]:
    given = assigned(taak)
    if not given:
        notes.noted("toegewezenAanActoren", "an interne taak has one at least")
    for each in given:
        actor = keys.here("actor", each.uuid)
        if actor is None:
            why = keys.why_not("actor", each.uuid)
            notes.left_out("toegewezenAanActoren", why)
            continue
        link = pair(taak.uuid, each.uuid)
        yield Planned(
            soort="interne_taak_actor",
            table="interne_taak_actoren",
            bron_id=link,
            id=link,
            beside={"interne_taak_id": key, "actor_id": actor},
            links=True,
        )
