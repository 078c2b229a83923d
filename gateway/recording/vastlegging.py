"""When a contact becomes a klantcontact, and what of its klant is recorded then.

Source: V6898, the proposal's four cases, in their order; and the exception that
Basisterminologie (`Betrokkene bij het klantcontact`) makes of the first: a contact in
which a known partij took part serves a purpose, whoever was authenticated.
"""

from collections.abc import Iterator, Mapping
from enum import Enum, StrEnum
from types import MappingProxyType

import msgspec

from gateway.identity.levels import Betrouwbaarheidsniveau
from gateway.identity.policy.seed import REGISTREREN, Klantsoort, allowed
from gateway.recording.fouten import FoutCode, Fouten
from gateway.recording.waarden.paden import below


class Vastlegging(Enum):
    """What is recorded of a contact."""

    NIET_VASTLEGGEN = "geen klantcontact"
    BETROKKENE_MET_CONTACTGEGEVENS = (
        "klantcontact met contactgegevens bij betrokkene, en een interne taak"
    )
    GEKENDE_PARTIJ = "klantcontact met een partij die al gekend is en blijft als zij is"
    LEGE_PARTIJ = "klantcontact met een partij met alleen nummer en identificatie"
    PARTIJ_MET_CONTACTGEGEVENS = "klantcontact met een partij met contactgegevens"


class Rij1(StrEnum):
    """What happens in the first case, in which a klantcontact serves no purpose."""

    REFUSED = "refused"
    WARNING = "warning"


class Situatie(msgspec.Struct, frozen=True, kw_only=True):
    """What decides.

    Attributes:
        geauthenticeerd: now, at the configured level (see `may_register`).
        gekend: whether a betrokkene is a partij already, known by other means than by
            authenticating now: whom the municipality itself wrote or called.
        opvolging: whether something remains to be done once the contact is over.
            Doorverbinden is within the contact, so it is none.
        toestemming: for reuse of the data, given now.
        eerdere_toestemming: given before, and not withdrawn.
    """

    geauthenticeerd: bool
    gekend: bool
    opvolging: bool
    toestemming: bool
    eerdere_toestemming: bool


class Rij(msgspec.Struct, frozen=True):
    """One case; None is `wel of geen`."""

    geauthenticeerd: bool
    gekend: bool | None
    opvolging: bool | None
    toestemming: bool | None
    uitkomst: Vastlegging

    def matches(self, situatie: Situatie) -> bool:
        """Whether this is the case."""
        return all(
            asked is None or asked == found
            for asked, found in (
                (self.geauthenticeerd, situatie.geauthenticeerd),
                (self.gekend, situatie.gekend),
                (self.opvolging, situatie.opvolging),
                (
                    self.toestemming,
                    situatie.toestemming or situatie.eerdere_toestemming,
                ),
            )
        )


WEL, GEEN, WEL_OF_GEEN = True, False, None

# authenticatie, gekende partij, opvolging, toestemming nu of eerder
RIJEN = (
    Rij(GEEN, GEEN, GEEN, WEL_OF_GEEN, Vastlegging.NIET_VASTLEGGEN),
    Rij(GEEN, GEEN, WEL, WEL_OF_GEEN, Vastlegging.BETROKKENE_MET_CONTACTGEGEVENS),
    Rij(GEEN, WEL, WEL_OF_GEEN, WEL_OF_GEEN, Vastlegging.GEKENDE_PARTIJ),
    Rij(WEL, WEL_OF_GEEN, WEL_OF_GEEN, GEEN, Vastlegging.LEGE_PARTIJ),
    Rij(WEL, WEL_OF_GEEN, WEL_OF_GEEN, WEL, Vastlegging.PARTIJ_MET_CONTACTGEGEVENS),
)


def decide(situatie: Situatie) -> Vastlegging:
    """Say what is recorded: each situation is exactly one of the cases."""
    return next(rij.uitkomst for rij in RIJEN if rij.matches(situatie))


class Gevraagd(msgspec.Struct, frozen=True, kw_only=True):
    """What the caller wants recorded, as far as the cases are about it.

    Attributes:
        met_contactgegevens: how many betrokkenen have a digital address or an adres
            of their own, for this klantcontact only.
        interne_taken: how many there are.
        identificaties: the pad of each that names a partij in a register.
        partijgegevens: the pad of each part of a partij but nummer and identificatie
            (name, adres, digital address …), and of consent for their reuse.
    """

    met_contactgegevens: int
    interne_taken: int
    identificaties: tuple[str, ...] = ()
    partijgegevens: tuple[str, ...] = ()


GEEN_DOEL = (
    "Dit contact wordt niet vastgelegd: er is geen gekende partij bij betrokken en er"
    " is geen opvolging nodig, dus het dient geen doel. Alleen dat er een contact was,"
    " wordt geteld."
)
TOCH_VASTGELEGD = (
    "Dit contact dient geen doel als klantcontact: er is geen gekende partij bij"
    " betrokken en er is geen opvolging nodig. Het is toch vastgelegd."
)
NIET_VASTGESTELD = (
    "Een partij wordt pas vastgelegd, aangevuld of gekoppeld als met voldoende"
    " zekerheid is vastgesteld om wie het gaat."
)
GEEN_TOESTEMMING = (
    "Zonder toestemming voor hergebruik, nu of eerder, krijgt een partij alleen een"
    " nummer en een identificatie; geef contactgegevens bij de betrokkene."
)
CONTACTGEGEVENS_NODIG = (
    "Voor opvolging zonder gekende partij is bij een betrokkene een digitaal adres of"
    " een adres nodig."
)
INTERNE_TAAK_NODIG = "Voor opvolging zonder gekende partij is een interne taak nodig."
NOOIT_AANGEHAAKT = (
    "Een zelfstandige klant wordt nooit een aangehaakte klant; registreer een nieuwe"
    " partij, met gegevens die opnieuw zijn gevraagd."
)

REFUSED_IDENTIFICATIES: Mapping[Vastlegging, tuple[FoutCode, str]] = MappingProxyType(
    dict.fromkeys(
        (
            Vastlegging.NIET_VASTLEGGEN,
            Vastlegging.BETROKKENE_MET_CONTACTGEGEVENS,
            Vastlegging.GEKENDE_PARTIJ,
        ),
        (FoutCode.IDENTITEIT_NIET_VASTGESTELD, NIET_VASTGESTELD),
    )
)
"""Where a partij gets no identificatie, and why not."""

REFUSED_PARTIJGEGEVENS: Mapping[Vastlegging, tuple[FoutCode, str]] = MappingProxyType(
    {
        **REFUSED_IDENTIFICATIES,
        Vastlegging.LEGE_PARTIJ: (FoutCode.GEEN_TOESTEMMING, GEEN_TOESTEMMING),
    }
)
"""Where a partij gets no other data either, and why not."""


def check_vastlegging(
    gevraagd: Gevraagd,
    uitkomst: Vastlegging,
    pad: str,
    fouten: Fouten,
    *,
    rij1: Rij1 = Rij1.REFUSED,
) -> str | None:
    """Refuse what the case does not allow, and what it asks for and is not there.

    Args:
        gevraagd: what the caller wants recorded.
        uitkomst: what `decide` said.
        pad: of the klantcontact's input.
        fouten: where mistakes go.
        rij1: the municipality's choice.

    Returns:
        A warning with which it is recorded all the same.
    """
    for code, where, melding in _refused(gevraagd, uitkomst):
        fouten.add(code, where, melding)
    if uitkomst is Vastlegging.BETROKKENE_MET_CONTACTGEGEVENS:
        _check_follow_up(gevraagd, pad, fouten)
    if uitkomst is not Vastlegging.NIET_VASTLEGGEN:
        return None
    if rij1 is Rij1.WARNING:
        return TOCH_VASTGELEGD
    fouten.add(FoutCode.DIENT_GEEN_DOEL, pad, GEEN_DOEL)
    return None


def may_register(
    klantsoort: Klantsoort,
    niveau: Betrouwbaarheidsniveau | None,
    needed: Betrouwbaarheidsniveau,
) -> bool:
    """Say what seed 000's table of registering says.

    Args:
        klantsoort: what the klant would be recorded as.
        niveau: how surely it was established who gives the data; None if it was not.
        needed: what the municipality calls sure enough.
    """
    return allowed(
        REGISTREREN,
        klantsoort,
        authenticated=niveau is not None,
        niveau=niveau,
        needed=needed,
        within_interaction=True,
    )


def _refused(
    gevraagd: Gevraagd, uitkomst: Vastlegging
) -> Iterator[tuple[FoutCode, str, str]]:
    for table, pads in (
        (REFUSED_IDENTIFICATIES, gevraagd.identificaties),
        (REFUSED_PARTIJGEGEVENS, gevraagd.partijgegevens),
    ):
        if uitkomst in table:
            code, melding = table[uitkomst]
            yield from ((code, where, melding) for where in pads)


def _check_follow_up(gevraagd: Gevraagd, pad: str, fouten: Fouten) -> None:
    if not gevraagd.met_contactgegevens:
        where = below(pad, "betrokkenen")
        fouten.add(FoutCode.VERPLICHT, where, CONTACTGEGEVENS_NODIG)
    if not gevraagd.interne_taken:
        where = below(pad, "interne_taken")
        fouten.add(FoutCode.VERPLICHT, where, INTERNE_TAAK_NODIG)
