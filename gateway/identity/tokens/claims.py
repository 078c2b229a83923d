"""What a believed token says: of whom it is, and for whom that one acts.

The issuer's settings say how its claims are called. Nothing is guessed: what nine
digits mean is said by the claim that names the kind, and by nothing else.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import cast

import msgspec

from gateway import identificatie
from gateway.identificatie import Identificatie
from gateway.identity.levels import URIS, Betrouwbaarheidsniveau
from gateway.settings.identity import IssuerSettings, SubjectKind

Claims = Mapping[str, object]

_FORMS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "bsn": re.compile("[0-9]{9}"),
        "rsin": re.compile("[0-9]{9}"),
        "kvk_nummer": re.compile("[0-9]{8}"),
        "vestigingsnummer": re.compile("[0-9]{12}"),
    }
)
_MOST_LEVELS_OF_REPRESENTING = 5


LONGEST_NAME = 255
"""OpenID Connect Core 1.0, section 2, of `sub`; so much is kept in the audit trail."""


class InvalidToken(Exception):
    """The token is not believed; the message says why, without what is in it."""


class Mandaat(msgspec.Struct, frozen=True):
    """On what ground somebody acts for another.

    Attributes:
        services: that it covers.
        until: seconds since 1970; None when the token sets no end.
    """

    services: frozenset[str]
    until: float | None


class Subject(msgspec.Struct, frozen=True):
    """Of whom the token is.

    Attributes:
        kind: what the token itself says it is.
        name: `sub`: an employee's or client's own name, else personal.
        klanten: as whom a klant can be known, the one of `kind` first.
    """

    kind: SubjectKind
    name: str
    klanten: tuple[Identificatie, ...] = ()

    def __repr__(self) -> str:
        """Say what kind it is, never who: this may end up in a traceback."""
        return f"Subject({self.kind} …)"


class Said(msgspec.Struct, frozen=True):
    """All that a token says, and who says it.

    Attributes:
        issuer: whose token it is.
        subject: whom it is about: the represented one, if there is one.
        representative: who acts, if that is another.
        mandaten: on what ground, one for each step between them.
        client: the application that asks.
        level: of authentication.
    """

    issuer: str
    subject: Subject
    representative: Subject | None
    mandaten: tuple[Mandaat, ...]
    client: str
    level: Betrouwbaarheidsniveau | None
    roles: frozenset[str]
    scopes: frozenset[str]


def read(claims: Claims, issuer: IssuerSettings) -> Said:
    """Read what a token says.

    Args:
        claims: of a token whose signature, issuer, audience and times are good.
        issuer: whose token it is.

    Raises:
        InvalidToken: it does not say of what kind its subject is, or says something
            that cannot be.
    """
    names = issuer.claims
    own = _subject(claims, issuer)
    subject, representative, mandaten = own, None, []
    acting = names.representative and at(claims, names.representative)
    if acting is not None:
        representative = _subject(_object(acting, "who acts for whom"), issuer)
        mandaten = [_mandaat(claims, issuer)]
    for step in _represented(claims, names.represents):
        representative = representative or own
        subject = _subject(step, issuer)
        mandaten.append(_mandaat(step, issuer))
    return Said(
        issuer=issuer.issuer,
        subject=subject,
        representative=representative,
        mandaten=tuple(mandaten),
        client=_text(at(claims, names.client)) or _text(at(claims, "client_id")),
        level=_level(at(claims, names.level), issuer),
        roles=frozenset(words(at(claims, names.roles))),
        scopes=frozenset(words(at(claims, names.scopes))),
    )


def at(claims: Claims, path: str) -> object:
    """Give the claim at a path; a name with dots in it goes before a path."""
    if path in claims:
        return claims[path]
    found: object = claims
    for name in path.split("."):
        if not isinstance(found, Mapping):
            return None
        found = found.get(name)
    return found


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def words(value: object) -> list[str]:
    """Read a list of words, or words in one text (RFC 6749, scope)."""
    if isinstance(value, str):
        return value.split()
    if isinstance(value, Sequence):
        return [word for word in value if isinstance(word, str)]
    return []


def _represented(claims: Claims, path: str) -> Iterator[Claims]:
    """Give each step of representing, the final party last.

    Source: OIDC NL GOV 1.0.1, 5.1: nested `represents`, which must be processed.
    """
    here = at(claims, path)
    for _ in range(_MOST_LEVELS_OF_REPRESENTING):
        if here is None:
            return
        step = _object(here, "whom it represents")
        yield step
        here = at(step, path)
    if here is not None:
        raise InvalidToken("the token represents through too many others")


def _object(value: object, what: str) -> Claims:
    if not isinstance(value, Mapping):
        raise InvalidToken(f"the token does not say {what}")
    return cast("Claims", value)


def _subject(claims: Claims, issuer: IssuerSettings) -> Subject:
    said = at(claims, issuer.claims.kind)
    kind = issuer.kinds.get(said) if isinstance(said, str) else None
    if kind is None:
        raise InvalidToken("the token does not say of what kind its subject is")
    name = _text(at(claims, issuer.claims.name))
    if kind in {"medewerker", "systeem"}:
        if not 1 <= len(name) <= LONGEST_NAME:
            raise InvalidToken("the token does not name its subject in 255 characters")
        return Subject(kind, name)
    return Subject(kind, name, tuple(_klanten(claims, kind, issuer)))


def _klanten(
    claims: Claims, kind: SubjectKind, issuer: IssuerSettings
) -> Iterator[Identificatie]:
    """Give as whom the subject can be known, that of the kind first.

    Another than that of the kind must have a claim of its own, not `sub`.
    """
    own = _klant(claims, kind, issuer)
    yield own
    for other in ("bsn", "rsin", "kvk_nummer"):
        path: str = getattr(issuer.claims, other)
        if other != kind and path != "sub" and at(claims, path):
            klant = _klant(claims, other, issuer)
            if klant != own:
                yield klant


def _klant(claims: Claims, kind: str, issuer: IssuerSettings) -> Identificatie:
    names = issuer.claims
    if kind == "bsn":
        return identificatie.bsn(_value(claims, names.bsn, kind))
    # eHerkenning: who is authorised for a vestiging only, is not for the whole of it,
    # whatever other number of it stands beside.
    limited = at(claims, names.vestigingsnummer) not in (None, "")
    if kind == "vestigingsnummer" or limited:
        number = _value(claims, names.vestigingsnummer, "vestigingsnummer")
        kvk = _value(claims, names.kvk_nummer, "kvk_nummer")
        return identificatie.vestiging(number, kvk)
    if kind == "rsin":
        return identificatie.rsin(_value(claims, names.rsin, kind))
    return identificatie.kvk_nummer(_value(claims, names.kvk_nummer, kind))


def _value(claims: Claims, path: str, kind: str) -> str:
    value = at(claims, path)
    if not isinstance(value, str) or not _FORMS[kind].fullmatch(value):
        raise InvalidToken(f"the token holds no {kind} where it should")
    return value


def _mandaat(step: Claims, issuer: IssuerSettings) -> Mandaat:
    services = frozenset(words(at(step, issuer.claims.mandate_services)))
    return Mandaat(services, _moment(at(step, issuer.claims.mandate_until)))


def _moment(value: object) -> float | None:
    if value is None:
        return None
    try:
        # Without an offset it would depend on where this runs.
        if isinstance(value, str) and (moment := datetime.fromisoformat(value)).tzinfo:
            return moment.timestamp()
        if isinstance(value, int | float) and not isinstance(value, bool):
            return float(value)
    except (ValueError, OverflowError):
        pass
    raise InvalidToken("the token does not say until when the mandate holds")


def _level(value: object, issuer: IssuerSettings) -> Betrouwbaarheidsniveau | None:
    if not isinstance(value, str):
        return None
    return issuer.levels.get(value) or URIS.get(value)
