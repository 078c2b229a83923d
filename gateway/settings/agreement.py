"""What the settings of who may ask say together, beside what each says by itself.

They are looked at as they are given, so that this is told beside the problems of single
fields: what a field may not hold is that field's problem, and is passed over here.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from gateway.identity.levels import Betrouwbaarheidsniveau, is_enough
from gateway.settings.addresses import is_trustworthy

MUNICIPALITY = frozenset({"medewerker", "systeem"})
"""Kinds of subjects that are the municipality's own: known by a name, not a number."""

USUAL_LEVEL = Betrouwbaarheidsniveau.MIDDEN
"""What is sure enough of klanten, where the settings say nothing."""


def disagreements(given: object) -> list[str]:
    """Say all that does not hold together.

    Args:
        given: identity settings, as read from somewhere or already made.
    """
    return [
        *_twice(given),
        *_unknown(given),
        *_too_low(given),
        *_untrustworthy(given),
        *_missing(given),
        *_of_which_issuer(given),
    ]


def nobody_asked(given: object) -> str | None:
    """Say that it is not said whom to believe; not where that is meant."""
    if _parts(given, "issuers") or _is_development(given):
        return None
    return (
        "none, so nobody could be asked who they are; for development on this machine,"
        " set KLANTBEELD_IDENTITY__DEVELOPMENT=true"
    )


def _is_development(given: object) -> bool:
    return str(_at(given, "development")).lower() in {"true", "1", "yes", "on"}


def _at(part: object, name: str) -> object:
    return part.get(name) if isinstance(part, Mapping) else getattr(part, name, None)


def _parts(part: object, name: str) -> Sequence[object]:
    value = _at(part, name)
    return value if isinstance(value, list | tuple) else ()


def _text(part: object, name: str) -> str:
    value = _at(part, name)
    return value if isinstance(value, str) else ""


def _texts(part: object, name: str) -> Iterator[str]:
    return (each for each in _parts(part, name) if isinstance(each, str))


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))


def _kinds(issuer: object) -> set[str]:
    """Say of whom an issuer's tokens can be; by default of klanten."""
    kinds = _at(issuer, "kinds")
    if kinds is None:
        return {"bsn"}
    values = kinds.values() if isinstance(kinds, Mapping) else ()
    return {each for each in values if isinstance(each, str)}


def _own_issuers(given: object) -> set[str]:
    """Name those whose tokens can be of medewerkers or systemen."""
    return {
        _text(each, "issuer")
        for each in _parts(given, "issuers")
        if _kinds(each) & MUNICIPALITY
    }


def _twice(given: object) -> Iterator[str]:
    own = _own_issuers(given)
    only = next(iter(own)) if len(own) == 1 else ""
    for what, listed, name in (
        ("issuer", "issuers", "issuer"),
        ("activity", "activities", "name"),
        ("client", "clients", "client_id"),
        ("role", "roles", "name"),
        ("service", "services", "id"),
    ):
        counted = Counter(
            (_text(each, name), _text(each, "issuer") or only)
            for each in _parts(given, listed)
        )
        again = {text for (text, _), number in counted.items() if text and number > 1}
        if again:
            yield f"{what} given twice: {_listed(again)}"


def _unknown(given: object) -> Iterator[str]:
    known = {_text(each, "name") for each in _parts(given, "activities")}
    named = {_text(_at(given, "klant"), "activity")}
    for each in _parts(given, "clients"):
        named.update(_texts(each, "activities"))
    if unknown := named - known - {""}:
        yield f"no such activity: {_listed(unknown)}"
    issuers = {
        _text(each, "issuer")
        for listed in ("clients", "roles")
        for each in _parts(given, listed)
    }
    if unknown := issuers - _own_issuers(given) - {""}:
        yield f"no such issuer of medewerkers or systemen: {_listed(unknown)}"


def _too_low(given: object) -> Iterator[str]:
    usual = _level(_at(_at(given, "klant"), "level")) or USUAL_LEVEL
    levels = _at(given, "minimum_levels")
    for name, value in levels.items() if isinstance(levels, Mapping) else ():
        level = _level(value)
        if level is not None and not is_enough(level, usual):
            yield f"minimum_levels.{name} is lower than klant.level, which always holds"


def _level(value: object) -> Betrouwbaarheidsniveau | None:
    return next((each for each in Betrouwbaarheidsniveau if each == value), None)


def _untrustworthy(given: object) -> Iterator[str]:
    for each in _parts(given, "issuers"):
        issuer, keys = _text(each, "issuer"), _at(each, "jwks_url")
        address = issuer if keys is None else keys
        if issuer and isinstance(address, str) and not is_trustworthy(address):
            yield (
                f"issuer {issuer}: keys are read over https, or http on"
                " loopback: in jwks_url, or in issuer where that is left out"
            )


def _missing(given: object) -> Iterator[str]:
    issuers = _parts(given, "issuers")
    if not issuers:
        return
    if _at(given, "pseudonym_key") is None:
        yield "issuers need pseudonym_key: who was shown what is written down"
    if _is_development(given):
        yield "development asks nobody who they are: leave it out where issuers are asked"
    kinds = {kind for each in issuers for kind in _kinds(each)}
    if kinds - MUNICIPALITY and _at(_at(given, "klant"), "activity") is None:
        yield "issuers of klanten need klant.activity: why they are shown their data"
    if kinds & MUNICIPALITY and _at(given, "clients") in (None, [], ()):
        yield "issuers of medewerkers and systemen need clients with activities"


def _of_which_issuer(given: object) -> Iterator[str]:
    """A name means nothing by itself where several issuers can say it."""
    if len(_own_issuers(given)) < 2:
        return
    nameless = [
        f"{what} {_text(each, name)}"
        for what, listed, name in (
            ("client", "clients", "client_id"),
            ("role", "roles", "name"),
        )
        for each in _parts(given, listed)
        if not _text(each, "issuer")
    ]
    if nameless:
        yield (
            "where several issuers speak of medewerkers or systemen, a client or role"
            f" must say whose: {', '.join(nameless)}"
        )
