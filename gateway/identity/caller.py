"""Who asks: a klant, their vertegenwoordiger, a medewerker, a systeem, or nobody."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import TypeVar

import msgspec

from gateway import identificatie
from gateway.errors import Denied, Forbidden
from gateway.identificatie import Identificatie
from gateway.identity.levels import Betrouwbaarheidsniveau
from gateway.identity.rechten import Grant, Recht
from gateway.identity.tokens.claims import InvalidToken, Mandaat, Said, Subject
from gateway.settings.agreement import MUNICIPALITY
from gateway.settings.identity import GrantSettings, IdentitySettings
from gateway.vertrouwelijkheid import Vertrouwelijkheidaanduiding

V = TypeVar("V")


class SoortAanvrager(StrEnum):
    """The kinds of callers."""

    KLANT = "klant"
    VERTEGENWOORDIGER = "vertegenwoordiger"
    MEDEWERKER = "medewerker"
    SYSTEEM = "systeem"
    ANONIEM = "anoniem"


class Verwerking(msgspec.Struct, frozen=True):
    """A processing activity.

    Attributes:
        uri: of its entry in the register of processing activities.
    """

    name: str
    uri: str


class NotAllowed(Exception):
    """A header asks for what this caller cannot have; the message names it."""


class Claimed(msgspec.Struct, frozen=True):
    """What a client says beside its token.

    Attributes:
        purpose: the name of a processing activity (`Klantbeeld-Purpose`).
        capacity: as whom a klant acts (`Klantbeeld-Capacity`): `persoon`,
            `organisatie`, or `vestiging` with its number behind it.
    """

    purpose: str | None = None
    capacity: str | None = None

    def __repr__(self) -> str:
        """Repeat nothing of it: a client may have sent anything."""
        return "Claimed(…)"


_KLANTEN = frozenset({SoortAanvrager.KLANT, SoortAanvrager.VERTEGENWOORDIGER})


class Caller(msgspec.Struct, frozen=True, kw_only=True):
    """One who asks, and all that decisions are taken on.

    Attributes:
        issuer: who says so; without it no client, role or employee's name is one.
        client: the application.
        subject: who it is, as the token says; personal, except a medewerker's or
            systeem's.
        niveau: of authentication; None where the token says nothing known.
        klanten: as whom a klant can be known.
        klant: as whom now; of a vertegenwoordiger, whom they act for.
        vertegenwoordiger: who acts for the klant.
        grants: what a medewerker's roles, a systeem's scopes, or a klant's own right
            allow.
        verwerking: why; None when that was not said.
        verwerkingen: what the client may say there.
        refusal: why nothing may be shown at all, such as a mandate that ended.
    """

    soort: SoortAanvrager
    issuer: str = ""
    client: str = ""
    subject: str = ""
    niveau: Betrouwbaarheidsniveau | None = None
    klanten: tuple[Identificatie, ...] = ()
    klant: Identificatie | None = None
    vertegenwoordiger: Subject | None = None
    grants: tuple[Grant, ...] = ()
    verwerking: Verwerking | None = None
    verwerkingen: tuple[str, ...] = ()
    refusal: Denied | None = None

    def __repr__(self) -> str:
        """Say what kind it is, never who: this may end up in a traceback."""
        return f"Caller({self.soort} …)"

    @property
    def is_klant(self) -> bool:
        """Whether they see their own, or that of whom they act for, and no more."""
        return self.soort in _KLANTEN

    def may(self, recht: Recht) -> bool:
        """Whether any role or scope allows it."""
        return any(recht in grant.rechten for grant in self.grants)


ANONIEM = Caller(soort=SoortAanvrager.ANONIEM)

_ALL = Grant(frozenset(Recht))

ONTWIKKELAAR = Caller(
    soort=SoortAanvrager.SYSTEEM,
    issuer="ontwikkeling",
    client="ontwikkeling",
    subject="ontwikkeling",
    grants=(_ALL,),
    verwerking=Verwerking("ontwikkeling", "urn:klantbeeld:ontwikkeling"),
)
"""Whoever asks a gateway that asks nobody who they are: on loopback only."""


class Callers:
    """Makes callers of what tokens say, by the settings."""

    def __init__(
        self, settings: IdentitySettings, clock: Callable[[], float] = time.time
    ) -> None:
        """Take the rules.

        Args:
            settings: who may ask for what.
            clock: seconds since 1970.
        """
        self._settings = settings
        self._clock = clock
        self._activities = {
            each.name: Verwerking(each.name, each.uri) for each in settings.activities
        }
        self._clients = {
            (each.client_id, each.issuer): each.activities for each in settings.clients
        }
        self._roles = {
            (each.name, each.issuer): _grant(each) for each in settings.roles
        }
        self._services = {each.id: each for each in settings.services}

    def caller(self, said: Said, claimed: Claimed) -> Caller:
        """Make one.

        Raises:
            InvalidToken: a medewerker or systeem represents, or is represented.
            NotAllowed: a header asks for a purpose or capacity that is not theirs.
        """
        acting = said.representative
        if acting is not None and {acting.kind, said.subject.kind} & MUNICIPALITY:
            raise InvalidToken("the token has a medewerker or systeem represent")
        if said.subject.kind in MUNICIPALITY:
            return self._of_the_municipality(said, claimed)
        return self._klant(said, claimed)

    def _of_the_municipality(self, said: Said, claimed: Claimed) -> Caller:
        if claimed.capacity is not None:
            raise NotAllowed("Klantbeeld-Capacity: is for klanten only")
        is_medewerker = said.subject.kind == "medewerker"
        allowed = next(_whose(self._clients, said.client, said.issuer), ())
        return Caller(
            soort=SoortAanvrager.MEDEWERKER
            if is_medewerker
            else SoortAanvrager.SYSTEEM,
            issuer=said.issuer,
            client=said.client,
            subject=said.subject.name,
            niveau=said.level,
            grants=tuple(
                self._grants_of(said) if is_medewerker else self._scoped(said.scopes)
            ),
            verwerking=self._verwerking(claimed.purpose, allowed),
            verwerkingen=allowed,
        )

    def _grants_of(self, said: Said) -> Iterable[Grant]:
        for name in sorted(said.roles):
            yield from _whose(self._roles, name, said.issuer)

    def _scoped(self, scopes: frozenset[str]) -> Iterable[Grant]:
        most = _grant(self._settings.systeem)
        rechten = frozenset(recht for recht in most.rechten if recht in scopes)
        if rechten:
            yield msgspec.structs.replace(most, rechten=rechten)

    def _verwerking(
        self, purpose: str | None, allowed: tuple[str, ...]
    ) -> Verwerking | None:
        if purpose is None:
            return None
        if purpose not in allowed:
            known = ", ".join(allowed) or "none"
            raise NotAllowed(
                f"Klantbeeld-Purpose: must be one that this client may name: {known}"
            )
        return self._activities[purpose]

    def _klant(self, said: Said, claimed: Claimed) -> Caller:
        own = self._settings.klant
        klanten = said.subject.klanten
        if said.representative is not None:
            # The mandate is of this capacity, not of whatever else they are.
            klanten = klanten[:1]
        zaaktypen, refusal = self._mandated(said.mandaten)
        allowed = () if own.activity is None else (own.activity,)
        return Caller(
            soort=SoortAanvrager.KLANT
            if said.representative is None
            else SoortAanvrager.VERTEGENWOORDIGER,
            issuer=said.issuer,
            client=said.client,
            subject=said.subject.name,
            niveau=said.level,
            klanten=klanten,
            klant=chosen(klanten, claimed.capacity),
            vertegenwoordiger=said.representative,
            grants=(
                Grant(
                    frozenset({Recht.ZAKEN, Recht.DOCUMENTEN, Recht.OBJECTEN}),
                    zaaktypen,
                    own.max_vertrouwelijkheid,
                ),
            ),
            verwerking=self._verwerking(claimed.purpose or own.activity, allowed),
            verwerkingen=allowed,
            refusal=refusal,
        )

    def _mandated(
        self, mandaten: tuple[Mandaat, ...]
    ) -> tuple[frozenset[str] | None, Denied | None]:
        """Say which zaaktypen all mandates cover (None for all), or why nothing.

        Zaken are shown within a klantbeeld: a service that does not open it shows
        nothing, and widens nothing.
        """
        covered: frozenset[str] | None = None
        for mandaat in mandaten:
            if mandaat.until is not None and mandaat.until <= self._clock():
                return frozenset(), Forbidden("the mandate has ended", needs="mandate")
            known = [
                self._services[service]
                for service in sorted(mandaat.services)
                if service in self._services
            ]
            if not known:
                message = "the mandate covers no service of this gateway"
                return frozenset(), Forbidden(message, needs="mandate")
            known = [each for each in known if each.opens_klantbeeld]
            if not known:
                message = "the mandate covers no klantbeeld"
                return frozenset(), Forbidden(message, needs="mandate")
            if all(each.zaaktypen is not None for each in known):
                here = frozenset(
                    code for each in known for code in each.zaaktypen or ()
                )
                covered = here if covered is None else covered & here
        return covered, None


def _whose(
    named: Mapping[tuple[str, str | None], V], name: str, issuer: str
) -> Iterator[V]:
    """Give what a name means in the tokens of an issuer.

    Where settings say of no issuer whose it is, only one can name any.
    """
    return (named[key] for key in ((name, issuer), (name, None)) if key in named)


def chosen(klanten: tuple[Identificatie, ...], capacity: str | None) -> Identificatie:
    """Say as whom a klant acts: by the header, else by the token's own kind.

    Raises:
        NotAllowed: it is not one of theirs.
    """
    if capacity is None:
        return klanten[0]
    word, _, number = capacity.partition(" ")
    for klant in klanten:
        if CAPACITIES[klant.soort] == word and number in {"", klant.waarde}:
            return klant
        # A whole company may speak as one of its vestigingen.
        if klant.soort == "kvk_nummer" and word == "vestiging" and is_number(number):
            return identificatie.vestiging(number, klant.waarde)
    raise NotAllowed(
        "Klantbeeld-Capacity: must be one of those that Query.ik names as hoedanigheden"
    )


CAPACITIES: Mapping[str, str] = {
    "bsn": "persoon",
    "rsin": "organisatie",
    "kvk_nummer": "organisatie",
    "vestigingsnummer": "vestiging",
}
"""What a klant is called who is known by one of these."""


def is_number(text: str) -> bool:
    """Whether a text can be a vestigingsnummer."""
    return len(text) == 12 and text.isascii() and text.isdigit()


def _grant(settings: GrantSettings) -> Grant:
    zaaktypen = settings.zaaktypen
    return Grant(
        frozenset(settings.rechten),
        None if zaaktypen is None else frozenset(zaaktypen),
        Vertrouwelijkheidaanduiding(settings.max_vertrouwelijkheid),
    )
