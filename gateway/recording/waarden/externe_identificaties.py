"""Externe identificaties: what names a partij in another register.

Sources: seed uitgangspunten (`aangehaakt`, and its three cardinalities); Open Klant
2.18 of which soort belongs to which register, and of the form of their numbers.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

import msgspec

from gateway.identificatie import elfproef
from gateway.recording.fouten import FoutCode, Fouten
from gateway.recording.waarden.codes import check_land
from gateway.recording.waarden.paden import below
from gateway.recording.waarden.teksten import (
    Tekst,
    check_fields,
    check_one_of,
    normalised,
)
from gateway.recording.waarden.verwijzingen import check_url

NATUURLIJK, NIET_NATUURLIJK = "natuurlijk_persoon", "niet_natuurlijk_persoon"


class Soort(msgspec.Struct, frozen=True):
    """A kind of number that is known here.

    Attributes:
        register: the one that has it.
        soort_subject: whom it names.
        cijfers: how many digits it is.
        elfproef: whether these pass the 11-proef.
        regel: that, in words.
    """

    register: str
    soort_subject: str
    cijfers: int
    elfproef: bool
    regel: str


SOORTEN: Mapping[str, Soort] = MappingProxyType(
    {
        "bsn": Soort(
            "brp",
            NATUURLIJK,
            9,
            True,
            "Een BSN is negen cijfers die aan de 11-proef voldoen.",
        ),
        "rsin": Soort(
            "hr",
            NIET_NATUURLIJK,
            9,
            True,
            "Een RSIN is negen cijfers die aan de 11-proef voldoen.",
        ),
        "kvk_nummer": Soort(
            "hr", NIET_NATUURLIJK, 8, False, "Een KVK-nummer is acht cijfers."
        ),
        "vestigingsnummer": Soort(
            "hr", NIET_NATUURLIJK, 12, False, "Een vestigingsnummer is twaalf cijfers."
        ),
    }
)

_TEKSTEN: Mapping[str, Tekst] = MappingProxyType(
    {
        "register": Tekst(40),
        "soort": Tekst(40),
        "waarde": Tekst(200),
        "subject_naam": Tekst(200),
        "subject_plaats": Tekst(200),
    }
)
# The BRP and its number by other names, letters and digits only.
_BRP = frozenset({"gba", "gbav", "sofi", "sofinummer"})
_BRP_BEGINS = ("brp", "bsn")
_BRP_HOLDS = ("burgerservicen", "basisregistratiepersonen", "basisadministratie")
_WAARDE = ("register", "soort", "waarde")
_COPIED = ("subject_naam", "subject_geboortedatum", "subject_plaats")


class ExterneIdentificatie(msgspec.Struct, frozen=True, kw_only=True):
    """A value of a register, an address in it, or a few data copied from it.

    Columns of `externe_identificaties` but for whose it is.

    Attributes:
        soort_subject: whom it names; of the known kinds of number it need not be given.
        kvk_nummer: of a vestigingsnummer, the KVK-nummer it belongs under.
    """

    register: str | None = None
    soort: str | None = None
    waarde: str | None = None
    land: str | None = None
    kvk_nummer: str | None = None
    soort_subject: str | None = None
    subject_url: str | None = None
    subject_naam: str | None = None
    subject_geboortedatum: date | None = None
    subject_plaats: str | None = None

    def __repr__(self) -> str:
        """Say what it is, never whose: this may end up in a traceback."""
        return f"ExterneIdentificatie({self.soort} …)"


def check_externe_identificatie(
    value: ExterneIdentificatie, pad: str, fouten: Fouten
) -> ExterneIdentificatie:
    """Check one; whom a known kind of number names is filled in.

    Registers are written in small letters: nobody has two for how one is spelled.
    """
    spelled = msgspec.structs.replace(value, register=register_as_written(value))
    checked = check_fields(spelled, _TEKSTEN, pad, fouten)
    known = SOORTEN.get(checked.soort or "")
    written = msgspec.structs.replace(
        checked,
        land=check_land(value.land, below(pad, "land"), fouten),
        subject_url=check_url(value.subject_url, below(pad, "subject_url"), fouten),
        kvk_nummer=value.kvk_nummer and value.kvk_nummer.strip(),
        soort_subject=value.soort_subject or (known and known.soort_subject),
    )
    _check_names_somebody(written, pad, fouten)
    _check_waarde(written, pad, fouten)
    _check_subject(written, pad, fouten)
    return written


def register_as_written(value: ExterneIdentificatie) -> str | None:
    """Give the register in small letters, without space around it."""
    return value.register and normalised(value.register).lower()


def _check_names_somebody(
    value: ExterneIdentificatie, pad: str, fouten: Fouten
) -> None:
    if not _given(value, ("waarde", "subject_url", "subject_naam")):
        melding = "Een identificatie is een waarde, een webadres of een naam."
        fouten.add(FoutCode.VERPLICHT, pad, melding)
    if len(_given(value, _WAARDE)) in {1, 2}:
        for name in set(_WAARDE).difference(_given(value, _WAARDE)):
            melding = "Register, soort en waarde horen bij elkaar."
            fouten.add(FoutCode.VERPLICHT, below(pad, name), melding)
    if value.subject_url is not None:
        for name in _given(value, _COPIED):
            melding = "Waar verwezen wordt, worden geen gegevens overgenomen."
            fouten.add(FoutCode.NIET_TOEGESTAAN, below(pad, name), melding)
    elif value.subject_naam is None and _given(value, _COPIED):
        melding = "Bij overgenomen gegevens hoort de naam."
        fouten.add(FoutCode.VERPLICHT, below(pad, "subject_naam"), melding)


def _check_waarde(value: ExterneIdentificatie, pad: str, fouten: Fouten) -> None:
    known = SOORTEN.get(value.soort or "")
    if known is not None:
        _check_known(value, known, pad, fouten)
    # So that no BSN escapes its rules as another soort.
    elif value.register == "brp":
        melding = "De BRP kent een persoon alleen bij het BSN."
        fouten.add(FoutCode.NIET_TOEGESTAAN, below(pad, "soort"), melding)
    elif value.soort and not re.fullmatch("[a-z][a-z0-9_]*", value.soort):
        melding = "Een soort bestaat uit kleine letters, cijfers en lage streepjes."
        fouten.add(FoutCode.ONGELDIG, below(pad, "soort"), melding)
    else:
        _check_no_bsn(value, pad, fouten)
    _check_kvk_nummer(value, below(pad, "kvk_nummer"), fouten)


def _check_no_bsn(value: ExterneIdentificatie, pad: str, fouten: Fouten) -> None:
    for name, each in (("register", value.register), ("soort", value.soort)):
        if each is not None and _says_brp(each):
            melding = "Een burgerservicenummer wordt alleen gegeven als `bsn`."
            fouten.add(FoutCode.NIET_TOEGESTAAN, below(pad, name), melding)


def _says_brp(text: str) -> bool:
    plain = unicodedata.normalize("NFKC", text).casefold()
    shown = "".join(each for each in plain if unicodedata.category(each) != "Cf")
    words = re.split("[^a-z0-9]+", shown)
    whole = "".join(words)
    return any(part in whole for part in _BRP_HOLDS) or any(
        each in _BRP or each.startswith(_BRP_BEGINS) for each in (*words, whole)
    )


def _check_known(
    value: ExterneIdentificatie, known: Soort, pad: str, fouten: Fouten
) -> None:
    if value.register is not None and value.register != known.register:
        melding = f"Dit nummer is van het register {known.register}."
        fouten.add(FoutCode.NIET_TOEGESTAAN, below(pad, "register"), melding)
    if value.soort_subject != known.soort_subject:
        melding = f"Dit nummer is van een {known.soort_subject}."
        fouten.add(FoutCode.NIET_TOEGESTAAN, below(pad, "soort_subject"), melding)
    if value.waarde is not None and not _is_number(value.waarde, known):
        fouten.add(FoutCode.ONGELDIG, below(pad, "waarde"), known.regel)


def _is_number(waarde: str, known: Soort) -> bool:
    return re.fullmatch(f"[0-9]{{{known.cijfers}}}", waarde) is not None and (
        not known.elfproef or elfproef(waarde)
    )


def _check_kvk_nummer(value: ExterneIdentificatie, pad: str, fouten: Fouten) -> None:
    if value.soort != "vestigingsnummer":
        if value.kvk_nummer is not None:
            melding = "Een KVK-nummer hoort hier alleen bij een vestigingsnummer."
            fouten.add(FoutCode.NIET_TOEGESTAAN, pad, melding)
    elif value.kvk_nummer is None:
        melding = "Bij een vestigingsnummer hoort het KVK-nummer."
        fouten.add(FoutCode.VERPLICHT, pad, melding)
    elif not re.fullmatch("[0-9]{8}", value.kvk_nummer):
        fouten.add(FoutCode.ONGELDIG, pad, SOORTEN["kvk_nummer"].regel)


def _check_subject(value: ExterneIdentificatie, pad: str, fouten: Fouten) -> None:
    where = below(pad, "soort_subject")
    if value.soort_subject is not None:
        check_one_of(value.soort_subject, (NATUURLIJK, NIET_NATUURLIJK), where, fouten)
    elif _given(value, ("subject_url", "subject_naam")):
        melding = "Zeg of dit een natuurlijk of een niet-natuurlijk persoon is."
        fouten.add(FoutCode.VERPLICHT, where, melding)
    if value.subject_geboortedatum is not None and value.soort_subject != NATUURLIJK:
        melding = "Alleen een natuurlijk persoon heeft een geboortedatum."
        where = below(pad, "subject_geboortedatum")
        fouten.add(FoutCode.NIET_TOEGESTAAN, where, melding)


def _given(value: ExterneIdentificatie, names: Sequence[str]) -> list[str]:
    return [name for name in names if getattr(value, name) is not None]
