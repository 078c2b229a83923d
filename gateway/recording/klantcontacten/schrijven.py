"""A klantcontact and its parts become rows."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID, uuid4

import msgspec

from gateway.recording.klantcontacten.gegevens import BetrokkeneGegevens
from gateway.recording.recorder import Recording
from gateway.recording.waarden.delen import Inhoudsdeel, Onderwerp
from gateway.recording.waarden.namen import Contactnaam
from gateway.store.writing import klantcontacten as stored

Row = dict[str, object]


async def write_betrokkenen(
    key: UUID,
    moment: datetime,
    betrokkenen: Sequence[BetrokkeneGegevens],
    partijen: Mapping[int, UUID],
    recording: Recording,
) -> None:
    """Add those who took part, and where to reach them about this contact.

    Args:
        key: of the klantcontact.
        moment: its own.
        betrokkenen: as they are to be written.
        partijen: as whom they are gekend, by their index.
        recording: takes them.
    """
    keys = [uuid4() for _ in betrokkenen]
    rows = [
        {
            "id": own,
            "klantcontact_id": key,
            "plaatsgevonden_op": moment,
            "partij_id": partijen.get(index),
            "rol": each.rol,
            "initiator": each.initiator,
            "organisatienaam": each.organisatienaam,
            **msgspec.structs.asdict(each.contactnaam or Contactnaam()),
        }
        for index, (own, each) in enumerate(zip(keys, betrokkenen, strict=True))
    ]
    await stored.add_betrokkenen(recording.tx, rows)
    both = [*zip(keys, betrokkenen, strict=True)]
    await stored.add_contactgegevens(
        recording.tx,
        [_owned(own, each) for own, one in both for each in one.adressen],
        [_owned(own, each) for own, one in both for each in one.digitale_adressen],
    )


async def write_delen(
    key: UUID,
    onderwerpen: Sequence[Onderwerp],
    inhoud: Sequence[Inhoudsdeel],
    recording: Recording,
    *,
    behind: tuple[int, int] = (0, 0),
) -> tuple[list[UUID], list[UUID]]:
    """Add what it was about, and what it contained; gives the keys of both.

    Args:
        key: of the klantcontact.
        onderwerpen: in their order.
        inhoud: in their order.
        recording: takes them.
        behind: how many of both there are already.
    """
    tx, (about, contained) = recording.tx, behind
    keys = [uuid4() for _ in onderwerpen], [uuid4() for _ in inhoud]
    rows = _numbered(key, about, keys[0], (each.columns() for each in onderwerpen))
    await stored.add_onderwerpen(tx, rows)
    rows = _numbered(key, contained, keys[1], (each.columns() for each in inhoud))
    await stored.add_inhoud(tx, rows)
    return keys


def _numbered(
    klantcontact: UUID, behind: int, keys: Sequence[UUID], rows: Iterable[Row]
) -> list[Row]:
    return [
        {"id": key, "klantcontact_id": klantcontact, "volgorde": number, **row}
        for number, (key, row) in enumerate(
            zip(keys, rows, strict=True), start=behind + 1
        )
    ]


def _owned(betrokkene: UUID, value: msgspec.Struct) -> Row:
    return {"betrokkene_id": betrokkene, **msgspec.structs.asdict(value)}
