"""Who is gekend: a partij that is there already, or becomes one (seed V6898).

A partij is found by what names it elsewhere, by whichever of these is given; what it is
not named by yet, is added. Two who look for the same at the same moment, wait for each
other: one makes it, the other finds it.
"""

from collections.abc import Iterable, Mapping
from uuid import UUID, uuid4

import msgspec

from gateway.recording.fouten import FoutCode, Fouten
from gateway.recording.partijen.gegevens import (
    PartijGegevens,
    check_gegevens,
)
from gateway.recording.partijen.namen import (
    check_aangehaakt,
    check_once,
    missing,
    names,
    parts,
)
from gateway.recording.recorder import Recording
from gateway.recording.waarden.adressen import Adres
from gateway.recording.waarden.digitale_adressen import DigitaalAdres
from gateway.recording.waarden.externe_identificaties import (
    ExterneIdentificatie,
    register_as_written,
)
from gateway.recording.waarden.paden import below
from gateway.store.writing import partijen as stored
from gateway.store.writing.transaction import Violated

Row = Mapping[str, object]

_NAMEN = ("voorletters", "voornaam", "voorvoegsel_achternaam", "achternaam", "naam")
_SINGLE = ("interne_notitie", "voorkeurstaal")


async def gekende_partij(
    asked: PartijGegevens,
    recording: Recording,
    pad: str,
    *,
    toestemming: bool,
    klantcontact: UUID | None = None,
) -> UUID:
    """Find a partij, or make it; what it holds already is never overwritten (R4.11).

    With consent, now or earlier, what is given fills what it does not hold; without, it
    has its number and what names it, and nothing more of this. Who calls has seen to it
    that the identity was established.

    Args:
        asked: what is given; mistakes in it are noted, and then nothing is written.
        recording: takes it.
        pad: of what is asked.
        toestemming: whether consent for reuse is given now.
        klantcontact: at which, if it is there already.

    Returns:
        Its key; of no use once there are `fouten`.
    """
    asked = check_gegevens(asked, pad, recording.fouten, now=recording.now)
    await _check_namens(asked, pad, recording)
    # Also of mistakes elsewhere: who is not to know of a partij, is told nothing of it.
    if recording.fouten:
        return uuid4()
    await wait_for([asked], recording)
    where = below(pad, "identificatie")
    found = await _find(asked, recording, where, recording.fouten)
    if recording.fouten:
        return uuid4()
    if found is None:
        given = asked if toestemming else asked.leeg()
        key = await _make(given, recording, where)
    else:
        key = UUID(str(found["id"]))
        needs_none = toestemming or not asked.contactgegevens(pad)
        stands = needs_none or await heeft_toestemming(recording, key)
        given = asked if stands else asked.leeg()
        await _complete(found, given, recording, where)
    if toestemming:
        await geef_toestemming(recording, key, klantcontact)
    return key


async def vind(asked: PartijGegevens, recording: Recording) -> UUID | None:
    """Give the partij that `gekende_partij` would find; nobody makes it meanwhile.

    Of what names it wrongly, nobody; `gekende_partij` tells why.
    """
    unheard = Fouten()
    asked = check_gegevens(asked, "", unheard, now=recording.now)
    if any(each.pad.startswith("identificatie") for each in unheard):
        return None
    await wait_for([asked], recording)
    found = await _find(asked, recording, "", unheard)
    return None if found is None else UUID(str(found["id"]))


async def heeft_toestemming(recording: Recording, key: UUID) -> bool:
    """Say whether a partij has consented to reuse, and not withdrawn that."""
    return await stored.toestemming(recording.tx, key) is not None


async def geef_toestemming(
    recording: Recording, key: UUID, klantcontact: UUID | None = None
) -> bool:
    """Note consent of a partij, which is locked; says whether it did not stand yet."""
    if await heeft_toestemming(recording, key):
        return False
    made = uuid4()
    row = {
        "id": made,
        "partij_id": key,
        "gegeven_op": recording.now,
        "klantcontact_id": klantcontact,
    }
    await stored.give_toestemming(recording.tx, row)
    recording.made("toestemming", made)
    return True


async def wait_for(asked: Iterable[PartijGegevens], recording: Recording) -> None:
    """Have nobody else look for these until the end.

    Who looks for several, waits for all of them first: then two never wait for each
    other.
    """
    named = [each.identificatie for each in asked if each.identificatie is not None]
    await wait_for_identificaties(named, recording)


async def wait_for_identificaties(
    named: Iterable[ExterneIdentificatie], recording: Recording
) -> None:
    """Have nobody else look for who is named so, until the end."""
    numbers = [_number(name, recording) for each in named for name in names(each)]
    await stored.wait_for(recording.tx, numbers)


def _number(name: ExterneIdentificatie, recording: Recording) -> int:
    by_value = (register_as_written(name), name.soort, name.waarde)
    whole = (name.subject_url,) if name.waarde is None else by_value
    # A keyed hash, since a database shows its locks.
    told = ((each or "").strip() for each in whole)
    digest = recording.digest("identificatie", *told)
    return int.from_bytes(bytes.fromhex(digest)[:8], signed=True)


async def _find(
    asked: PartijGegevens, recording: Recording, pad: str, fouten: Fouten
) -> Row | None:
    """Find who has all names that are given, else who has one of them."""
    if asked.identificatie is None:
        return None
    given = [msgspec.structs.asdict(each) for each in names(asked.identificatie)]
    namens = None if asked.namens is None else asked.namens.partij_id
    tx, soort = recording.tx, asked.soort_partij
    found = await stored.find(tx, given, soort, namens) if given else None
    if found is not None or len(given) < 2:
        return found
    each = [await stored.find(tx, [name], soort, namens) for name in given]
    if None not in each:
        fouten.add(FoutCode.BESTAAT_AL, pad, NIET_DEZELFDE)
        return None
    return next(filter(None, each), None)


NIET_DEZELFDE = "Deze identificaties zijn niet van dezelfde partij."


async def _check_namens(asked: PartijGegevens, pad: str, recording: Recording) -> None:
    where, fouten = below(pad, "namens"), recording.fouten
    is_contactpersoon = asked.soort_partij == "contactpersoon"
    if asked.namens is None:
        if is_contactpersoon:
            melding = "Een contactpersoon trad op namens een ander."
            fouten.add(FoutCode.VERPLICHT, where, melding)
        return
    if not is_contactpersoon:
        melding = "Alleen een contactpersoon trad op namens een ander."
        fouten.add(FoutCode.NIET_TOEGESTAAN, where, melding)
        return
    soort = await stored.soort_of(recording.tx, asked.namens.partij_id)
    where = below(where, "partij")
    if soort is None:
        fouten.add(FoutCode.NIET_GEVONDEN, where, "Deze partij is er niet.")
    elif soort == "contactpersoon":
        melding = "Een contactpersoon treedt niet op namens een contactpersoon."
        fouten.add(FoutCode.NIET_TOEGESTAAN, where, melding)


async def _make(asked: PartijGegevens, recording: Recording, pad: str) -> UUID:
    key, named, tx = uuid4(), asked.identificatie, recording.tx
    row = asked.partij.columns() | {
        "id": key,
        "soort_subject": named and named.soort_subject,
    }
    if asked.namens is not None:
        whose = asked.namens.partij_id
        row |= msgspec.structs.asdict(asked.namens.namens) | {
            "namens_partij_id": whose,
            "namens_soort_partij": await stored.soort_of(tx, whose),
        }
    await stored.add(tx, row)
    recording.made("partij", key)
    if named is not None:
        await add_identificatie(key, named, recording, pad)
    await _add(key, "adres", asked.adressen, recording)
    await _add(key, "digitaal_adres", asked.digitale_adressen, recording)
    return key


async def add_identificatie(
    key: UUID, named: ExterneIdentificatie, recording: Recording, pad: str
) -> None:
    """Add what names a partij elsewhere.

    Raises:
        Mistaken: that person is another partij (R6.1).
    """
    made = uuid4()
    row = msgspec.structs.asdict(named) | {"id": made, "partij_id": key}
    try:
        await stored.add_identificatie(recording.tx, row)
    except Violated as violated:
        if violated.constraint not in _UNIQUE:
            raise
        recording.fouten.add(FoutCode.BESTAAT_AL, pad, ANDERE_PARTIJ)
        recording.fouten.check()
    recording.made("externe_identificatie", made)


_UNIQUE = frozenset(
    {"uq_externe_identificaties_bsn", "uq_externe_identificaties_persoon_url"}
)
ANDERE_PARTIJ = "Deze natuurlijke persoon is al een partij: hooguit één per gemeente."


async def _complete(
    found: Row, asked: PartijGegevens, recording: Recording, pad: str
) -> None:
    """Fill what a partij holds nothing of, kind by kind."""
    named = await _add_names(found, asked, recording, pad)
    key = UUID(str(found["id"]))
    given = asked.partij.columns()
    names = [
        name for name in (*_SINGLE, "indicatie_geheimhouding") if found[name] is None
    ]
    if all(found[name] is None for name in _NAMEN):
        names += _NAMEN
    changes = {name: given[name] for name in names if given[name] is not None}
    adressen, digital = await _missing(key, asked, recording)
    filled = changes or adressen or digital
    if filled or named:
        await stored.change(recording.tx, key, changes)
    if not filled:
        return
    recording.changed("partij", key, {name: found[name] for name in changes})
    await _add(key, "adres", adressen, recording)
    await _add(key, "digitaal_adres", digital, recording)


async def _add_names(
    found: Row, asked: PartijGegevens, recording: Recording, pad: str
) -> bool:
    """Add what a partij is not named by yet, and say whether there was any."""
    named, key = asked.identificatie, UUID(str(found["id"]))
    if named is None or len(parts(named)) < 2:  # the one it was found by
        return False
    held, fouten = await stored.identificaties(recording.tx, key), recording.fouten
    new = missing(named, held)
    for each in new:
        check_once(each, held, pad, fouten)
        check_aangehaakt(each, found, pad, fouten)
    if fouten:
        return False
    for each in new:
        await add_identificatie(key, each, recording, pad)
    return bool(new)


async def _missing(
    key: UUID, asked: PartijGegevens, recording: Recording
) -> tuple[list[Adres], list[DigitaalAdres]]:
    """Give the addresses of a soort of which a partij has none."""
    if not (asked.adressen or asked.digitale_adressen):
        return [], []
    held = await stored.contactgegevens(recording.tx, key)
    soorten = {
        name: {each["soort"] for each in held[name]}
        for name in ("adres", "digitaal_adres")
    }
    return (
        [each for each in asked.adressen if each.soort not in soorten["adres"]],
        [
            each
            for each in asked.digitale_adressen
            if each.soort not in soorten["digitaal_adres"]
        ],
    )


async def _add(
    key: UUID,
    name: str,
    given: Iterable[Adres | DigitaalAdres],
    recording: Recording,
) -> None:
    rows = [
        msgspec.structs.asdict(each) | {"id": uuid4(), "partij_id": key}
        for each in given
    ]
    await stored.add_contactgegevens(recording.tx, name, rows)
    for row in rows:
        recording.made(name, row["id"])
