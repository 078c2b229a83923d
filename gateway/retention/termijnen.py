"""When something is due, and else what keeps it: the rules, without I/O.

Source: seed uitgangspunten, the last section: gegevens of zelfstandige klanten are part of
the dossier for which they were given, and go when its time has come. VNG gives no terms
for those of aangehaakte klanten (A3337): the municipality sets them.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, timedelta
from enum import StrEnum

import msgspec

from gateway.settings.retention import RetentionSettings
from gateway.store.retention.draden import Draad, Klantcontact, Zaakverwijzing
from gateway.store.retention.partijen import Partij


class Reden(StrEnum):
    """What keeps something."""

    GEEN_TERMIJN = "geen termijn ingesteld"
    NOG_NIET = "termijn niet verstreken"
    OPEN_TAAK = "interne taak nog te verwerken"
    BLIJVEND_BEWAREN = "zaak wordt blijvend bewaard"
    ARCHIEFDATUM_ONBEKEND = "archiefnominatie of archiefactiedatum van zaak onbekend"
    ZAAK_ONBEKEND = "zaak niet gevonden, of niet voor ons zichtbaar"
    REGISTER_ONBEKEND = "zaak in onbekend register"
    REGISTER_ZWIJGT = "zakenregister geeft geen antwoord"
    CONTACT_ONBEKEND = "laatste contact onbekend"
    KLANTCONTACT = "klantcontacten blijven"
    CONTACTPERSOON = "contactpersonen blijven"
    VERVOLG = "klantcontact van een ander volgt op een klantcontact van deze partij"
    GEWIJZIGD = "intussen gewijzigd"


ORDINARY = frozenset({Reden.GEEN_TERMIJN, Reden.NOG_NIET})
"""What is no news: counted, not listed."""


class Termijn(msgspec.Struct, frozen=True, order=True):
    """Until when something is kept.

    Attributes:
        op: the first day on which it may go.
        grond: what says so, without personal data.
    """

    op: date
    grond: str


Archief = Mapping[Zaakverwijzing, Termijn | Reden | None]
"""Of zaken: when their dossier is due, or why that is not known; None of what is none."""


def zaken_that_decide(
    draad: Draad, settings: RetentionSettings, today: date
) -> frozenset[Zaakverwijzing]:
    """Say which zaken must be looked up; none if a thread stays whatever they say."""
    zaken = _zaken(draad)
    own = _own_term(draad, settings, today, has_zaak=bool(zaken))
    return frozenset() if isinstance(own, Reden) else zaken


def judge(
    draad: Draad, archief: Archief, settings: RetentionSettings, today: date
) -> Termijn | Reden:
    """Say since when a thread is due, or what keeps it.

    A thread is one dossier: what keeps one of it, keeps all. It goes when the archive data
    of all its zaken say so, and the terms of its klantcontacten are over.

    Args:
        draad: as it is now.
        archief: of what `zaken_that_decide` gave.
        settings: the terms.
        today: in UTC.
    """
    zaken = _zaken(draad)
    own = _own_term(draad, settings, today, has_zaak=bool(zaken))
    if isinstance(own, Reden):
        return own
    has_zaak = any(archief[each] is not None for each in zaken)
    own = _own_term(draad, settings, today, has_zaak=has_zaak)
    for each in (own, dossier := judge_dossier(zaken, archief, today)):
        if isinstance(each, Reden):
            return each
    if any(each.open_taken for each in draad):
        return Reden.OPEN_TAAK
    return max(each for each in (own, dossier) if isinstance(each, Termijn))


def judge_dossier(
    zaken: Iterable[Zaakverwijzing], archief: Archief, today: date
) -> Termijn | Reden | None:
    """Say since when a dossier of several zaken is due, or what keeps it."""
    found = [archief[each] for each in zaken]
    unknown = [each for each in found if isinstance(each, Reden)]
    if unknown:
        return min(unknown, key=list(Reden).index)
    last = max((each for each in found if isinstance(each, Termijn)), default=None)
    return Reden.NOG_NIET if last is not None and last.op > today else last


def judge_partij(
    partij: Partij, settings: RetentionSettings, today: date
) -> Termijn | Reden:
    """Say since when a partij is due, or what keeps it."""
    term: Termijn | Reden = Reden.CONTACT_ONBEKEND
    if settings.partij_days is None:
        term = Reden.GEEN_TERMIJN
    elif partij.laatst is not None:
        op = partij.laatst + timedelta(days=settings.partij_days)
        grond = f"{settings.partij_days} dagen na laatste contact"
        term = Termijn(op, grond) if op <= today else Reden.NOG_NIET
    if isinstance(term, Reden):
        return term
    if partij.betrokken:
        return Reden.KLANTCONTACT
    return Reden.CONTACTPERSOON if partij.contactpersonen else term


def _zaken(draad: Draad) -> frozenset[Zaakverwijzing]:
    return frozenset(zaak for each in draad for zaak in each.zaken)


def _own_term(
    draad: Draad, settings: RetentionSettings, today: date, *, has_zaak: bool
) -> Termijn | Reden | None:
    """Say when the terms of its klantcontacten are over; None if only zaken count.

    What is kept where it has a zaak, is kept where it has none.
    """
    terms = list(_terms(draad, settings, has_zaak=has_zaak))
    if None in terms:
        return Reden.GEEN_TERMIJN
    last = max((each for each in terms if each is not None), default=None)
    return Reden.NOG_NIET if last is not None and last.op > today else last


def _terms(
    draad: Draad, settings: RetentionSettings, *, has_zaak: bool
) -> Iterator[Termijn | None]:
    for each in draad:
        if each.is_aangehaakt:
            yield _term(each, settings.klantcontact_days, "aangehaakt klantcontact")
        elif not has_zaak:
            yield _term(each, settings.zelfstandig_days, "zelfstandige gegevens")


def _term(contact: Klantcontact, days: int | None, what: str) -> Termijn | None:
    if days is None:
        return None
    op = contact.laatst.astimezone(UTC).date() + timedelta(days=days)
    return Termijn(op, f"{what}: {days} dagen na contact of laatste taak")
