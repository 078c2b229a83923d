"""Partijen, with what belongs to nobody else."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from gateway.importing.adressen import Owner, adressen, digitale_adressen
from gateway.importing.identificaties import Parents, identificaties
from gateway.importing.lines import Lines, Notes
from gateway.importing.planning import NONE, Keys, Plan, Planned, Values, pair
from gateway.importing.records import (
    Partij,
    PartijIdentificatie,
    Rekeningnummer,
    Stub,
    Vertegenwoordiging,
)
from gateway.importing.values import contactnaam, iban, nummer, pattern, taal, text

SOORTEN = ("persoon", "organisatie", "contactpersoon")
"""In an order that keeps references: a contactpersoon acted for one of the others."""

NOT_IN_ANSWER = "is not in the answer"


def plan(
    partij: Partij, keys: Keys, lines: Lines, parents: Parents, now: datetime
) -> Plan | None:
    """Plan one, with its identificaties and addresses.

    Args:
        partij: as it came.
        keys: ours.
        lines: gets what does not come along.
        parents: KVK-nummers of others, under which its vestigingsnummer may stand.
        now: since when a contactpersoon is known to be one.

    Returns:
        None when it cannot be one here.
    """
    notes = lines.of("partij", partij.uuid)
    namens = _namens(notes, partij, keys, now)
    if namens is None:
        return None
    head = Planned(
        soort="partij",
        table="partijen",
        bron_id=partij.uuid,
        id=keys.of("partij", partij.uuid),
        beside={
            "soort_partij": partij.soort_partij,
            "nummer": nummer(notes, nummer=partij.nummer),
            **namens,
        },
    )
    named = identificaties(
        lines, keys, head, partij.partij_identificatoren or (), parents
    )
    values = {"soort_subject": named.subject, **_values(notes, partij)}
    made = Plan(msgspec.structs.replace(head, values=values), lines)
    made.named = named.named
    made.parts = [*named.planned, *_contact(lines, keys, head, partij)]
    return made


def _namens(notes: Notes, partij: Partij, keys: Keys, now: datetime) -> Values | None:
    """For whom a contactpersoon acted; nothing of the others, None where unknown.

    Open Klant says neither whether that was formal nor when it was established.
    """
    if partij.soort_partij not in SOORTEN:
        notes.left_out("soortPartij", "is unknown")
        return None
    if partij.soort_partij != "contactpersoon":
        return NONE
    field = "partijIdentificatie.werkteVoorPartij"
    who = partij.partij_identificatie and partij.partij_identificatie.werkte_voor_partij
    if not who:
        notes.left_out(field, "a contactpersoon acted for somebody")
        return None
    namens = keys.here("partij", who.uuid)
    if namens is None:
        notes.left_out(field, keys.why_not("partij", who.uuid))
        return None
    return {
        "namens_partij_id": namens,
        "namens_soort_partij": "organisatie",
        "formeel": False,
        "vastgesteld_op": now,
    }


def _values(notes: Notes, partij: Partij) -> Values:
    given = partij.partij_identificatie or PartijIdentificatie()
    if partij.voorkeurs_rekeningnummer:
        notes.left_out("voorkeursRekeningnummer", "has no place here")
    if partij.soort_partij == "organisatie":
        name: Values = {
            "naam": text(notes, "partijIdentificatie.naam", given.naam, 200)
        }
    else:
        name = contactnaam(notes, "partijIdentificatie.contactnaam", given.contactnaam)
    return {
        **name,
        "interne_notitie": text(notes, "interneNotitie", partij.interne_notitie, 1000),
        "indicatie_geheimhouding": partij.indicatie_geheimhouding,
        "voorkeurstaal": taal(notes, "voorkeurstaal", partij.voorkeurstaal),
        "indicatie_actief": partij.indicatie_actief,
    }


def _contact(lines: Lines, keys: Keys, head: Planned, partij: Partij) -> list[Planned]:
    notes = lines.of("partij", partij.uuid)
    owner = Owner("partij", partij.uuid, head.id)
    given = partij.expand.digitale_adressen or ()
    missing(notes, "digitaleAdressen", partij.digitale_adressen, given)
    digital = digitale_adressen(lines, keys, owner, given)
    fields = {
        "bezoekadres": partij.bezoekadres,
        "correspondentieadres": partij.correspondentieadres,
    }
    preferred = _preferred(
        notes, keys, head, partij, {each.bron_id for each in digital}
    )
    return [*adressen(lines, keys, owner, fields), *digital, *preferred]


def _preferred(
    notes: Notes, keys: Keys, head: Planned, partij: Partij, planned: set[UUID]
) -> list[Planned]:
    soort, stub = "voorkeurs_digitaal_adres", partij.voorkeurs_digitaal_adres
    if stub is not None and stub.uuid not in planned:
        notes.left_out("voorkeursDigitaalAdres", "is no address of its own")
        stub = None
    if stub is None and keys.known(soort, partij.uuid) is None:
        return []
    adres = None if stub is None else keys.of("digitaal_adres", stub.uuid)
    return [
        Planned(
            soort=soort,
            table="partijen",
            bron_id=partij.uuid,
            id=head.id,
            values={"voorkeurs_digitaal_adres_id": adres},
            sets=True,
            is_contact=True,
        )
    ]


def missing(
    notes: Notes, field: str, stubs: Sequence[Stub] | None, given: Sequence[Stub]
) -> None:
    """Say which parts did not come along."""
    came = {each.uuid for each in given}
    for stub in stubs or ():
        if stub.uuid not in came:
            notes.left_out(f"{field}.{stub.uuid}", NOT_IN_ANSWER)


def rekeningnummer(given: Rekeningnummer, keys: Keys, lines: Lines) -> Plan | None:
    """Plan a bank account; None when it is nobody's, or none."""
    notes = lines.of("rekeningnummer", given.uuid)
    partij = given.partij and keys.here("partij", given.partij.uuid)
    if not given.partij or not partij:
        why = (
            keys.why_not("partij", given.partij.uuid)
            if given.partij
            else "belongs to nobody"
        )
        notes.left_out("partij", why)
        return None
    number = iban(given.iban)
    if number is None:
        notes.left_out("iban", "is no IBAN")
        return None
    bic = given.bic.upper() if given.bic else None
    form = "[A-Z0-9]{8}([A-Z0-9]{3})?"
    head = Planned(
        soort="rekeningnummer",
        table="rekeningnummers",
        bron_id=given.uuid,
        id=keys.of("rekeningnummer", given.uuid),
        values={"iban": number, "bic": pattern(notes, "bic", bic, form, "is no BIC")},
        beside={"partij_id": partij},
        natural=("partij_id", "iban"),
        is_contact=True,
    )
    return Plan(head, lines)


def vertegenwoordiging(
    given: Vertegenwoordiging, keys: Keys, lines: Lines
) -> Plan | None:
    """Plan that one partij acted for another; None when one of them is not here."""
    notes = lines.of("vertegenwoordiging", given.uuid)
    both: dict[str, UUID] = {}
    for field, column, stub in (
        (
            "vertegenwoordigendePartij",
            "vertegenwoordigende_partij_id",
            given.vertegenwoordigende_partij,
        ),
        (
            "vertegenwoordigdePartij",
            "vertegenwoordigde_partij_id",
            given.vertegenwoordigde_partij,
        ),
    ):
        partij = keys.here("partij", stub.uuid)
        if partij is None:
            notes.left_out(field, keys.why_not("partij", stub.uuid))
            return None
        both[column] = partij
    head = Planned(
        soort="vertegenwoordiging",
        table="vertegenwoordigingen",
        bron_id=given.uuid,
        id=pair(*both.values()),
        beside=both,
        links=True,
    )
    return Plan(head, lines)
