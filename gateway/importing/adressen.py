"""Where somebody can be reached: adressen and digitale adressen of a partij or betrokkene."""

import re
from collections.abc import Iterator, Sequence
from uuid import UUID

import msgspec

from gateway.importing.lines import Lines, Notes
from gateway.importing.planning import Keys, Planned, Values
from gateway.importing.records import Adres, DigitaalAdres
from gateway.importing.values import email, is_filled, pattern, telefoonnummer, text

_COLUMNS = (
    *("vorm", "nummeraanduiding_id", "straatnaam", "huisnummer"),
    *("huisnummertoevoeging", "postbusnummer", "antwoordnummer", "postcode", "plaats"),
    *("adresregel1", "adresregel2", "adresregel3", "land"),
)
_BOX = re.compile(r"(postbus|antwoordnummer)\s+([0-9]{1,9})", re.IGNORECASE)
_POSTCODE = re.compile(r"([1-9][0-9]{3})\s*([A-Za-z]{2})")


class Owner(msgspec.Struct, frozen=True):
    """Whose addresses they are.

    Attributes:
        soort: `partij` or `betrokkene`.
        uuid: there.
        id: our key.
    """

    soort: str
    uuid: UUID
    id: UUID

    @property
    def column(self) -> Values:
        """What says so in a row."""
        return {f"{self.soort}_id": self.id}


def adressen(
    lines: Lines, keys: Keys, owner: Owner, given: dict[str, Adres | None]
) -> Iterator[Planned]:
    """Plan the addresses, by the name of the field that has each."""
    notes = lines.of(owner.soort, owner.uuid)
    for soort, adres in given.items():
        values = columns(notes, soort, adres)
        if values is not None:
            yield Planned(
                soort=soort,
                table="adressen",
                bron_id=owner.uuid,
                id=keys.of(soort, owner.uuid),
                values=values,
                beside={**owner.column, "soort": soort},
                natural=(f"{owner.soort}_id", "soort"),
                is_contact=True,
            )


def columns(notes: Notes, soort: str, given: Adres | None) -> Values | None:
    """Give an address's columns; None where there is none, or none that we can keep."""
    if given is None or not is_filled(given):
        return None
    land = pattern(
        notes, f"{soort}.land", given.land, "[A-Z]{2}", "is no ISO 3166 code"
    )
    if land not in {None, "NL"}:
        found = _abroad(notes, soort, given)
        return found and {**dict.fromkeys(_COLUMNS), **found, "land": land}
    box = _BOX.fullmatch(_first_line(given))
    if box is not None and soort == "correspondentieadres":
        found = _box(notes, soort, given, box)
    else:
        found = _street(notes, soort, given)
    return found and {**dict.fromkeys(_COLUMNS), **found}


def _first_line(given: Adres) -> str:
    street = f"{given.straatnaam or ''} {given.huisnummer or ''}"
    return (given.adresregel1 or street).strip()


def _box(notes: Notes, soort: str, given: Adres, box: re.Match[str]) -> Values:
    vorm = box[1].lower()
    for field, value in (
        ("nummeraanduidingId", given.nummeraanduiding_id),
        ("huisnummertoevoeging", given.huisnummertoevoeging),
        ("straatnaam", given.adresregel1 and given.straatnaam),
        ("huisnummer", given.adresregel1 and given.huisnummer),
    ):
        if value:
            notes.left_out(f"{soort}.{field}", f"a {vorm} has none")
    regels = _regels(notes, soort, given) | {"adresregel1": None}
    return {
        "vorm": vorm,
        f"{vorm}nummer" if vorm == "postbus" else vorm: int(box[2]),
        "postcode": _postcode(notes, soort, given),
        "plaats": text(notes, f"{soort}.stad", given.stad, 255),
        **regels,
    }


def _street(notes: Notes, soort: str, given: Adres) -> Values | None:
    bag = pattern(
        notes,
        f"{soort}.nummeraanduidingId",
        given.nummeraanduiding_id,
        "[0-9]{16}",
        "is no BAG number",
    )
    straatnaam = text(notes, f"{soort}.straatnaam", given.straatnaam, 255)
    regels = _regels(notes, soort, given)
    if not (bag or straatnaam or regels["adresregel1"]):
        notes.left_out(soort, "names no street, BAG number or adresregel1")
        return None
    return {
        "vorm": "straatadres",
        "nummeraanduiding_id": bag,
        "straatnaam": straatnaam,
        **_huisnummer(notes, soort, given),
        "postcode": _postcode(notes, soort, given),
        "plaats": text(notes, f"{soort}.stad", given.stad, 255),
        **regels,
    }


def _huisnummer(notes: Notes, soort: str, given: Adres) -> Values:
    huisnummer = given.huisnummer
    if huisnummer is not None and not 1 <= huisnummer <= 99_999:
        notes.left_out(f"{soort}.huisnummer", "is not from 1 to 99999")
        huisnummer = None
    field = f"{soort}.huisnummertoevoeging"
    toevoeging = text(notes, field, given.huisnummertoevoeging, 20)
    if toevoeging is not None and huisnummer is None:
        notes.left_out(field, "stands beside no huisnummer")
        toevoeging = None
    return {"huisnummer": huisnummer, "huisnummertoevoeging": toevoeging}


def _abroad(notes: Notes, soort: str, given: Adres) -> Values | None:
    """Write all of it as adresregels: an address abroad has no others."""
    street = f"{given.straatnaam or ''} {given.huisnummer or ''}"
    rest = f"{street.strip()} {given.huisnummertoevoeging or ''}".strip()
    more = [each for each in (rest, given.postcode) if each]
    regels = [
        each
        for each in (given.adresregel1, given.adresregel2, given.adresregel3, *more)
        if each
    ]
    if given.nummeraanduiding_id:
        notes.left_out(f"{soort}.nummeraanduidingId", "an address abroad has none")
    if not 1 <= len(regels) <= 3 or max(map(len, regels)) > 80:
        notes.left_out(soort, "does not fit in three adresregels of 80 characters")
        return None
    if more:
        notes.noted(soort, "became adresregels: an address abroad has no others")
    names = ("adresregel1", "adresregel2", "adresregel3")
    plaats = text(notes, f"{soort}.stad", given.stad, 255)
    return {
        "vorm": "buitenland",
        "plaats": plaats,
        **dict(zip(names, regels, strict=False)),
    }


def _regels(notes: Notes, soort: str, given: Adres) -> dict[str, str | None]:
    return {
        f"adresregel{number}": text(notes, f"{soort}.adresregel{number}", regel, 80)
        for number, regel in enumerate(
            (given.adresregel1, given.adresregel2, given.adresregel3), start=1
        )
    }


def _postcode(notes: Notes, soort: str, given: Adres) -> str | None:
    if not given.postcode:
        return None
    found = _POSTCODE.fullmatch(given.postcode.strip())
    if found is None:
        notes.left_out(f"{soort}.postcode", "is no Dutch postcode")
        return None
    return f"{found[1]} {found[2].upper()}"


def digitale_adressen(
    lines: Lines, keys: Keys, owner: Owner, given: Sequence[DigitaalAdres]
) -> list[Planned]:
    """Plan the digital addresses, those last that are the one to use."""
    # So that of two that change places, neither stands beside the other.
    ordered = sorted(given, key=lambda each: each.is_standaard_adres)
    planned = (_digitaal_adres(lines, keys, owner, each) for each in ordered)
    return [each for each in planned if each is not None]


def _digitaal_adres(
    lines: Lines, keys: Keys, owner: Owner, given: DigitaalAdres
) -> Planned | None:
    notes = lines.of("digitaal_adres", given.uuid)
    adres = _adres(notes, given)
    if given.referentie:
        notes.left_out("referentie", "has no place here")
    if adres is None:
        return None
    standaard = given.is_standaard_adres
    if standaard and owner.soort != "partij":
        notes.noted("isStandaardAdres", "only a partij has one to use")
        standaard = False
    return Planned(
        soort="digitaal_adres",
        table="digitale_adressen",
        bron_id=given.uuid,
        id=keys.of("digitaal_adres", given.uuid),
        values={
            "soort": given.soort_digitaal_adres,
            "adres": adres,
            "omschrijving": text(notes, "omschrijving", given.omschrijving, 40),
            "verificatie_datum": given.verificatie_datum,
            "standaard": standaard,
        },
        beside=owner.column,
        natural=(f"{owner.soort}_id", "soort", "adres"),
        is_contact=True,
    )


def _adres(notes: Notes, given: DigitaalAdres) -> str | None:
    if not given.adres:
        notes.left_out("adres", "is empty")
    value = text(notes, "adres", given.adres, 254)
    if value is None:
        return None
    match given.soort_digitaal_adres:
        case "telefoonnummer":
            kept, rule = telefoonnummer(value), "is no telephone number of somebody"
        case "email":
            kept, rule = email(value), "is no e-mail address"
        case "overig":
            return value
        case _:
            notes.left_out("soortDigitaalAdres", "is unknown")
            return None
    if kept is None:
        notes.left_out("adres", rule)
    return kept
