"""Klantcontacten, with all their parts."""

from collections.abc import Iterator
from uuid import UUID

import msgspec

from gateway.importing.adressen import Owner, adressen, digitale_adressen
from gateway.importing.interne_taken import assigned, interne_taak
from gateway.importing.lines import Lines, Notes
from gateway.importing.partijen import missing
from gateway.importing.planning import WHOSE, Keys, Plan, Planned, Values, pair
from gateway.importing.records import (
    Betrokkene,
    Bijlage,
    Klantcontact,
    Onderwerpobject,
)
from gateway.importing.values import contactnaam, is_filled, moment, nummer, taal, text
from gateway.importing.verwijzingen import (
    INHOUD,
    NO_VERWIJZING,
    ONDERWERP,
    Verwijzingen,
)

# `belanghebbende` is the seed's word for the contract's `klant`.
_ROLLEN = {"klant": "belanghebbende", "vertegenwoordiger": "vertegenwoordiger"}


ITSELF = "a klantcontact is not about itself"


def earlier(contact: Klantcontact) -> list[UUID]:
    """Name the klantcontacten that it is about."""
    return [
        each.was_klantcontact.uuid
        for each in contact.expand.ging_over_onderwerpobjecten or ()
        if each.was_klantcontact is not None
        and each.was_klantcontact.uuid != contact.uuid
    ]


def pairs(contact: Klantcontact) -> list[UUID]:
    """Name the links between it, or its interne taken, and actoren."""
    taken = contact.expand.leidde_tot_interne_taken or ()
    actoren = contact.had_betrokken_actoren or ()
    return [
        *(pair(contact.uuid, each.uuid) for each in actoren),
        *(pair(taak.uuid, each.uuid) for taak in taken for each in assigned(taak)),
    ]


class Klantcontacten:
    """Plans them."""

    def __init__(self, verwijzingen: Verwijzingen) -> None:
        """Take how references are read."""
        self._verwijzingen = verwijzingen

    def plan(self, contact: Klantcontact, keys: Keys, lines: Lines) -> Plan | None:
        """Plan one; None when it cannot be one here."""
        notes = lines.of("klantcontact", contact.uuid)
        if contact.plaatsgevonden_op is None:
            notes.left_out("plaatsgevondenOp", "is not told")
            return None
        _tell(notes, contact)
        given = (contact.referentienummer, contact.nummer)
        head = Planned(
            soort="klantcontact",
            table="klantcontacten",
            bron_id=contact.uuid,
            id=keys.of("klantcontact", contact.uuid),
            values={
                "kanaal": text(notes, "kanaal", contact.kanaal, 50),
                "plaatsgevonden_op": moment(contact.plaatsgevonden_op),
                "taal": taal(notes, "taal", contact.taal),
                "vertrouwelijk": contact.vertrouwelijk,
                "indicatie_contact_gelukt": contact.indicatie_contact_gelukt,
            },
            beside={
                "nummer": nummer(notes, referentienummer=given[0], nummer=given[1])
            },
        )
        made = Plan(head, lines)
        made.parts = [
            *_betrokkenen(lines, keys, head, contact),
            *_actoren(notes, keys, head, contact),
            *self._onderwerpen(lines, keys, head, contact),
            *self._inhoud(lines, keys, head, contact),
            *_interne_taken(lines, keys, head, contact),
        ]
        return made

    def _onderwerpen(
        self, lines: Lines, keys: Keys, head: Planned, contact: Klantcontact
    ) -> Iterator[Planned]:
        notes = lines.of("klantcontact", contact.uuid)
        yield from _tekst(notes, keys, head, "onderwerp", contact.onderwerp)
        given = contact.expand.ging_over_onderwerpobjecten or ()
        missing(
            notes,
            "gingOverOnderwerpobjecten",
            contact.ging_over_onderwerpobjecten,
            given,
        )
        for each in given:
            values = self._onderwerp(lines, keys, head.bron_id, each)
            if values is not None:
                yield _deel(keys, head, "onderwerpobject", each.uuid, values)

    def _onderwerp(
        self, lines: Lines, keys: Keys, of: UUID, given: Onderwerpobject
    ) -> Values | None:
        notes = lines.of("onderwerpobject", given.uuid)
        about = given.was_klantcontact
        named = given.onderwerpobjectidentificator
        has_named = named is not None and bool(named.object_id)
        if about is None:
            field = "onderwerpobjectidentificator"
            read = self._verwijzingen.read(notes, field, named, ONDERWERP)
            return read and {**read, "onderwerp_klantcontact_id": None}
        if has_named:
            notes.left_out(
                "onderwerpobjectidentificator",
                "an onderwerp has one form: wasKlantcontact",
            )
        key = keys.here("klantcontact", about.uuid)
        if key is None or about.uuid == of:
            why = keys.why_not("klantcontact", about.uuid)
            notes.left_out("wasKlantcontact", ITSELF if about.uuid == of else why)
            return None
        return {
            **NO_VERWIJZING,
            "vorm": "klantcontact",
            "onderwerp_klantcontact_id": key,
        }

    def _inhoud(
        self, lines: Lines, keys: Keys, head: Planned, contact: Klantcontact
    ) -> Iterator[Planned]:
        notes = lines.of("klantcontact", contact.uuid)
        yield from _tekst(notes, keys, head, "inhoud", contact.inhoud)
        yield from _tekst(notes, keys, head, "reactie", contact.reactie)
        given = contact.expand.omvatte_bijlagen or ()
        missing(notes, "omvatteBijlagen", contact.omvatte_bijlagen, given)
        for each in given:
            values = self._bijlage(lines, each)
            if values is not None:
                yield _deel(keys, head, "bijlage", each.uuid, values)

    def _bijlage(self, lines: Lines, given: Bijlage) -> Values | None:
        notes = lines.of("bijlage", given.uuid)
        field = "bijlageidentificator"
        return self._verwijzingen.read(notes, field, given.bijlageidentificator, INHOUD)


def _tell(notes: Notes, contact: Klantcontact) -> None:
    """Say what has no place here, and what is missing there."""
    if contact.hoofd_onderwerp_type:
        notes.left_out("hoofdOnderwerpType", "has no place here")
    if contact.verdere_actie_ondernomen:
        notes.left_out("verdereActieOndernomen", "has no place here")
    for number, _ in enumerate(contact.metadata or (), start=1):
        notes.left_out(f"metadata.{number}", "free metadata have no place here")
    if not contact.had_betrokkenen:
        notes.noted("hadBetrokkenen", "a klantcontact has one at least")
    if not contact.had_betrokken_actoren:
        notes.noted("hadBetrokkenActoren", "a klantcontact has one at least")


def _tekst(
    notes: Notes, keys: Keys, head: Planned, field: str, given: str | None
) -> Iterator[Planned]:
    longest = 1000 if field == "onderwerp" else 10_000
    value = text(notes, field, given, longest)
    if value is not None:
        values = {"vorm": "tekst", "tekst": value}
        yield _deel(keys, head, f"{field}_tekst", head.bron_id, values)


def _deel(
    keys: Keys, head: Planned, soort: str, bron_id: UUID, values: Values
) -> Planned:
    about = soort in {"onderwerpobject", "onderwerp_tekst"}
    return Planned(
        soort=soort,
        table="onderwerpen" if about else "inhoudsdelen",
        bron_id=bron_id,
        id=keys.of(soort, bron_id),
        values=values,
        beside={"klantcontact_id": head.id},
    )


def _betrokkenen(
    lines: Lines, keys: Keys, head: Planned, contact: Klantcontact
) -> Iterator[Planned]:
    notes = lines.of("klantcontact", contact.uuid)
    given = contact.expand.had_betrokkenen or ()
    missing(notes, "hadBetrokkenen", contact.had_betrokkenen, given)
    for each in given:
        planned = _betrokkene(lines, keys, head, each)
        if planned is not None:
            yield planned
            yield from _bereikbaar(lines, keys, planned, each)


def _bereikbaar(
    lines: Lines, keys: Keys, planned: Planned, given: Betrokkene
) -> Iterator[Planned]:
    """Plan how a betrokkene can be reached; not when it is nobody's to know any more."""
    notes = lines.of("betrokkene", given.uuid)
    digital = given.expand.digitale_adressen or ()
    missing(notes, "digitaleAdressen", given.digitale_adressen, digital)
    fields = {
        "bezoekadres": given.bezoekadres,
        "correspondentieadres": given.correspondentieadres,
    }
    if _was_removed(keys, given):
        for each in digital:
            lines.of("digitaal_adres", each.uuid).left_out("", WHOSE)
        for field, adres in fields.items():
            if is_filled(adres):
                notes.left_out(field, WHOSE)
        return
    owner = Owner("betrokkene", given.uuid, planned.id)
    yield from adressen(lines, keys, owner, fields)
    yield from digitale_adressen(lines, keys, owner, digital)


def _was_removed(keys: Keys, given: Betrokkene) -> bool:
    """Whether the partij that somebody was came, and is here no longer."""
    if given.was_partij is None:
        return False
    known = keys.known("partij", given.was_partij.uuid)
    return known is not None and not known.is_here


def _betrokkene(
    lines: Lines, keys: Keys, head: Planned, given: Betrokkene
) -> Planned | None:
    notes = lines.of("betrokkene", given.uuid)
    rol = _ROLLEN.get(given.rol)
    if rol is None:
        notes.left_out("rol", "is unknown")
        return None
    partij, removed = None, _was_removed(keys, given)
    if given.was_partij is not None:
        partij = keys.here("partij", given.was_partij.uuid)
        if partij is None:
            why = keys.why_not("partij", given.was_partij.uuid)
            notes.left_out("wasPartij", why)
    return Planned(
        soort="betrokkene",
        table="betrokkenen",
        bron_id=given.uuid,
        id=keys.of("betrokkene", given.uuid),
        values={
            "partij_id": partij,
            "rol": rol,
            "initiator": given.initiator,
            **_namen(notes, given, removed=removed),
        },
        beside={
            "klantcontact_id": head.id,
            "plaatsgevonden_op": head.values["plaatsgevonden_op"],
        },
        orphaned=removed,
    )


def _namen(notes: Notes, given: Betrokkene, *, removed: bool) -> Values:
    if removed:
        fields = {
            "contactnaam": is_filled(given.contactnaam),
            "organisatienaam": given.organisatienaam,
        }
        for field in (name for name, filled in fields.items() if filled):
            notes.left_out(field, WHOSE)
        given = msgspec.structs.replace(given, contactnaam=None, organisatienaam="")
    field = "organisatienaam"
    return {
        **contactnaam(notes, "contactnaam", given.contactnaam),
        field: text(notes, field, given.organisatienaam, 200),
    }


def _actoren(
    notes: Notes, keys: Keys, head: Planned, contact: Klantcontact
) -> Iterator[Planned]:
    for each in contact.had_betrokken_actoren or ():
        actor = keys.here("actor", each.uuid)
        if actor is None:
            notes.left_out("hadBetrokkenActoren", keys.why_not("actor", each.uuid))
            continue
        link = pair(contact.uuid, each.uuid)
        yield Planned(
            soort="klantcontact_actor",
            table="klantcontact_actoren",
            bron_id=link,
            id=link,
            beside={"klantcontact_id": head.id, "actor_id": actor},
            links=True,
        )


def _interne_taken(
    lines: Lines, keys: Keys, head: Planned, contact: Klantcontact
) -> Iterator[Planned]:
    notes = lines.of("klantcontact", contact.uuid)
    given = contact.expand.leidde_tot_interne_taken or ()
    missing(notes, "leiddeTotInterneTaken", contact.leidde_tot_interne_taken, given)
    for each in given:
        yield from interne_taak(lines, keys, head, each)
