"""Onderwerpen and inhoudsdelen: each of exactly one form.

Of what they refer to within the store, the caller sees that it is there.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from uuid import UUID

import msgspec

from gateway.recording.fouten import FoutCode, Fouten
from gateway.recording.waarden.opmerkingen import check_no_interne_opmerking
from gateway.recording.waarden.paden import below
from gateway.recording.waarden.teksten import (
    Tekst,
    check_fields,
    check_one_of,
)
from gateway.recording.waarden.verwijzingen import Verwijzing, check_verwijzing

MOST = 100
"""Parts of one klantcontact at once; far more than there are in one."""

VORMEN_ONDERWERP: Mapping[str, str] = MappingProxyType(
    {
        "tekst": "tekst",
        "zaak": "verwijzing",
        "klanttaak": "verwijzing",
        "object": "verwijzing",
        "interne_taak": "interne_taak_id",
        "klantcontact": "onderwerp_klantcontact_id",
    }
)
"""What an onderwerp of a form has, and nothing else."""

VORMEN_INHOUD: Mapping[str, str] = MappingProxyType(
    {"tekst": "tekst", "informatieobject": "verwijzing", "object": "verwijzing"}
)
"""What an inhoudsdeel of a form has, and nothing else."""

NAMEN: Mapping[str, str] = MappingProxyType(
    {**{vorm: vorm for vorm in VORMEN_ONDERWERP}, "informatieobject": "document"}
)
"""What the graph calls the field of each form."""

_ONDERWERP = {"tekst": Tekst(1000, regels=True)}
_INHOUD = {"tekst": Tekst(10_000, regels=True), "onderdeel": Tekst(40)}


class Onderwerp(msgspec.Struct, frozen=True, kw_only=True):
    """What a klantcontact was about, or part of it."""

    vorm: str
    tekst: str | None = None
    verwijzing: Verwijzing | None = None
    interne_taak_id: UUID | None = None
    onderwerp_klantcontact_id: UUID | None = None

    def columns(self) -> dict[str, object]:
        """Give it as columns of `onderwerpen`."""
        return _columns(self, self.verwijzing)


class Inhoudsdeel(msgspec.Struct, frozen=True, kw_only=True):
    """What was exchanged, or part of it.

    Attributes:
        onderdeel: shared by parts that are representations of one content (R8.5).
    """

    vorm: str
    onderdeel: str | None = None
    tekst: str | None = None
    verwijzing: Verwijzing | None = None

    def columns(self) -> dict[str, object]:
        """Give it as columns of `inhoudsdelen`."""
        return _columns(self, self.verwijzing)


def check_onderwerpen(
    values: Sequence[Onderwerp], pad: str, fouten: Fouten
) -> tuple[Onderwerp, ...]:
    """Check what a klantcontact was about; in that order."""
    _check_number(values, pad, fouten)
    return tuple(
        check_onderwerp(value, below(pad, index), fouten)
        for index, value in enumerate(values)
    )


def check_inhoud(
    values: Sequence[Inhoudsdeel], pad: str, fouten: Fouten
) -> tuple[Inhoudsdeel, ...]:
    """Check what was exchanged; in that order."""
    _check_number(values, pad, fouten)
    return tuple(
        check_inhoudsdeel(value, below(pad, index), fouten)
        for index, value in enumerate(values)
    )


def check_onderwerp(value: Onderwerp, pad: str, fouten: Fouten) -> Onderwerp:
    """Check one; a mistake in its reference is at its form (`onderwerp.zaak.url`)."""
    _check_vorm(value, VORMEN_ONDERWERP, pad, fouten)
    return msgspec.structs.replace(
        check_fields(value, _ONDERWERP, pad, fouten),
        verwijzing=_checked(value.verwijzing, _at(value.vorm, pad), fouten),
    )


def check_inhoudsdeel(value: Inhoudsdeel, pad: str, fouten: Fouten) -> Inhoudsdeel:
    """Check one; a mistake in its reference is at its form (`inhoud.object.url`)."""
    _check_vorm(value, VORMEN_INHOUD, pad, fouten)
    return msgspec.structs.replace(
        check_fields(value, _INHOUD, pad, fouten),
        verwijzing=_checked(value.verwijzing, _at(value.vorm, pad), fouten),
    )


def _at(vorm: str, pad: str) -> str:
    return below(pad, NAMEN.get(vorm, vorm))


def _check_number(values: Sequence[object], pad: str, fouten: Fouten) -> None:
    if len(values) > MOST:
        fouten.add(FoutCode.ONGELDIG, pad, f"Dit zijn er hooguit {MOST}.")


def _check_vorm(
    value: Onderwerp | Inhoudsdeel, vormen: Mapping[str, str], pad: str, fouten: Fouten
) -> None:
    check_one_of(value.vorm, vormen, below(pad, "vorm"), fouten)
    check_no_interne_opmerking(value.tekst, below(pad, "tekst"), fouten)
    belongs = vormen.get(value.vorm)
    for name in sorted(set(vormen.values())):
        given = getattr(value, name) is not None
        if given and name != belongs:
            melding = "Dit hoort niet bij deze vorm."
            fouten.add(FoutCode.NIET_TOEGESTAAN, below(pad, name), melding)
        if not given and name == belongs:
            melding = "Dit is verplicht bij deze vorm."
            fouten.add(FoutCode.VERPLICHT, below(pad, name), melding)


def _checked(value: Verwijzing | None, pad: str, fouten: Fouten) -> Verwijzing | None:
    return value and check_verwijzing(value, pad, fouten)


def _columns(
    value: Onderwerp | Inhoudsdeel, verwijzing: Verwijzing | None
) -> dict[str, object]:
    found = msgspec.structs.asdict(value)
    del found["verwijzing"]
    return found | (verwijzing or Verwijzing()).columns()
