"""Values near what may be written: right ones, in which a few fields are anything."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar, get_type_hints

import msgspec
from hypothesis import strategies as st

S = TypeVar("S", bound=msgspec.Struct)

NOW = datetime.now(UTC)

# At each length a column has, and just beyond.
LENGTHS = [
    length + more
    for length in (0, 10, 20, 40, 50, 80, 200, 254, 255, 1000, 10_000)
    for more in (0, 1)
]
# What some column takes, or nearly.
_WORDS = """
brp hr kbo bsn rsin kvk_nummer vestigingsnummer BSN _x 9x
natuurlijk_persoon niet_natuurlijk_persoon hond
999993653 999993654 000000000 123456782 12345678 000012345678 0503200000000001
nl NL be BE ßs nld DUT x1z 1234ab 0234AB
an@example.nl An@EXAMPLE.NL an@example an@@example.nl @ a@b..nl İ@İ.nl
0152602411 +31612345678 +31(0)612345678 0800123456 09001234567 00311 1400 \u0660612345678
social_media email telefoonnummer overig x
https://registers.example/1 HTTPS://registers.example http:// ftp://x
NL91ABNA0417164300 nl91abna0417164300 NL91ABNA0417164301 BE68539007547034 abnanl2a BR18
bezoekadres correspondentieadres straatadres postbus antwoordnummer buitenland
tekst zaak klanttaak object interne_taak klantcontact informatieobject
medewerker organisatorische_eenheid geautomatiseerde_actor
persoon organisatie contactpersoon werknemer intern:
"""
VOCABULARY = _WORDS.split()
SPACED = [
    "",
    " ",
    "\n",
    " x ",
    "1234 AB",
    "1234\u00a0AB",
    "https://x\u2028y",
    "a\nb",
    "a\r\nb",
    "a\tb",
    "\u00a0",
    "\u200b",
]
BROKEN = ["\x00", "a\x00b", "\x1b[0m", "\x85", "\ud800", "a\udfffb", "\ufffe", "\u180e"]

TEXTS = st.one_of(
    st.sampled_from(VOCABULARY),
    st.sampled_from(SPACED + BROKEN),
    st.sampled_from(LENGTHS).map(lambda length: "é" * length),
    st.text(st.characters(), max_size=30),
    st.text(st.sampled_from("aB9 \n\t\x00\u200b\ud800@.+(0)-/ßİ\u0660"), max_size=12),
)
NUMBERS = st.one_of(
    st.sampled_from([-1, 0, 1, 99_999, 100_000, 2**31 - 1, 2**31, 2**63, 10**40]),
    st.integers(),
)
SECONDS = st.sampled_from([-(10**9), -3600, -61, -1, 0, 1, 30, 60, 61, 3600, 10**9])
MOMENTS = st.one_of(
    SECONDS.map(lambda seconds: NOW + timedelta(seconds=seconds)),
    st.sampled_from(
        [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)]
    ),
)
FIELDS: dict[object, st.SearchStrategy[object]] = {
    str: TEXTS,
    int: NUMBERS,
    bool: st.booleans(),
    date: st.dates(),
    datetime: MOMENTS,
}


CAPITALS, DIGITS = st.sampled_from("ABNLX"), st.sampled_from("0123456789")
PIECES = st.text(st.characters(), min_size=1, max_size=8)
ADDRESSES = st.one_of(
    PIECES.map(lambda piece: f"https://{piece}.example/{piece}"),
    st.sampled_from([982, 983]).map(lambda length: "https://x.example/" + "é" * length),
)


@st.composite
def ibans(draw: st.DrawFn) -> str:
    """Draw one that adds up, of any country and length."""
    land = draw(st.sampled_from(["NL", "BE", "NO", "MT", "QQ"]))
    bank = draw(st.text(CAPITALS, min_size=4, max_size=4))
    rest = bank + draw(st.text(DIGITS, min_size=6, max_size=28))
    left = int("".join(str(int(each, 36)) for each in f"{rest}{land}00")) % 97
    return f"{land}{98 - left:02}{rest}"


# Of these columns, anything at all is nearly always wrong.
NAMED: dict[str, st.SearchStrategy[str]] = {
    "iban": ibans(),
    "bic": st.from_regex("[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?", fullmatch=True),
    "url": ADDRESSES,
    "subject_url": ADDRESSES,
    "waarde": st.from_regex("[0-9]{8,9}|[0-9]{12}", fullmatch=True),
    "adres": st.one_of(
        st.tuples(PIECES, PIECES).map(lambda both: f"{both[0]}@{both[1]}.nl"),
        st.text(DIGITS, min_size=7, max_size=15).map(lambda digits: f"+{digits}"),
        st.text(DIGITS, min_size=9, max_size=9).map(lambda digits: f"0{digits}"),
    ),
    "postcode": st.from_regex("[0-9]{4} ?[A-Za-z]{2}", fullmatch=True),
    "soort": st.from_regex("[a-z_][a-z0-9_]{0,45}", fullmatch=True),
}


def as_often(
    one: st.SearchStrategy[object], other: st.SearchStrategy[object]
) -> st.SearchStrategy[object]:
    """Draw from one as often as from the other, however many each is made of."""
    return st.sampled_from([one, other]).flatmap(lambda chosen: chosen)


def field(name: str, hint: object) -> st.SearchStrategy[object] | None:
    """Anything that a field of this type may hold; None if it is not changed."""
    for kind, values in FIELDS.items():
        some = as_often(values, NAMED[name]) if name in NAMED else values
        if hint == kind:
            return some
        # A union of a type that is only known when this runs.
        if hint == kind | None:  # type: ignore[operator]
            return st.none() | some
    return None


@st.composite
def near(draw: st.DrawFn, right: Sequence[S]) -> S:
    """Draw one of these, in which up to two fields are anything."""
    value = draw(st.sampled_from(list(right)))
    fields = {
        name: values
        for name, hint in get_type_hints(type(value)).items()
        if (values := field(name, hint)) is not None
    }
    names = draw(st.lists(st.sampled_from(sorted(fields)), max_size=2, unique=True))
    changes = {name: draw(fields[name]) for name in names}
    return msgspec.structs.replace(value, **changes)
