import subprocess
import sys
from uuid import UUID

import pytest

from gateway import identificatie
from gateway.identificatie import Identificatie
from gateway.identity.pseudonyms import Pseudonym, Pseudonyms
from gateway.identity.tokens.claims import Subject

KEY = b"k" * 32
PSEUDONYMS = Pseudonyms(KEY)
NUMBER = "123456782"
UUID_OF_AN = UUID(int=1)


@pytest.mark.parametrize(
    ("made", "pseudonym"),
    [
        (
            PSEUDONYMS.identificatie(identificatie.bsn(NUMBER)),
            Pseudonym("baae039ce517903bc368e7beb1b58b42", "BSN"),
        ),
        (
            PSEUDONYMS.identificatie(identificatie.vestiging("0" * 12, "12345678")),
            Pseudonym("1ce8b8cd2805db3861a7d0031b7c3fee", "vestigingsnummer"),
        ),
        (
            PSEUDONYMS.partij(UUID_OF_AN),
            Pseudonym("e341aed679d82827daf47c5ccbacc37b", "urn:klantbeeld:partij"),
        ),
    ],
)
def test_a_key_gives_one_pseudonym_for_ever(
    made: Pseudonym, pseudonym: Pseudonym
) -> None:
    assert made == pseudonym


def test_another_process_gives_the_same() -> None:
    program = (
        "from gateway import identificatie as i;"
        "from gateway.identity.pseudonyms import Pseudonyms;"
        f"print(Pseudonyms({KEY!r}).identificatie(i.bsn({NUMBER!r})).value)"
    )
    done = subprocess.run(  # noqa: S603 - a program of our own
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    bsn = PSEUDONYMS.identificatie(identificatie.bsn(NUMBER))
    assert done.stdout.strip() == bsn.value


def test_another_key_gives_another() -> None:
    other = Pseudonyms(b"K" * 32)
    assert other.partij(UUID_OF_AN) != PSEUDONYMS.partij(UUID_OF_AN)


def test_the_same_digits_of_different_kinds_never_meet() -> None:
    key = str(UUID_OF_AN)
    made = [
        PSEUDONYMS.identificatie(identificatie.bsn(NUMBER)),
        PSEUDONYMS.identificatie(identificatie.rsin(NUMBER)),
        PSEUDONYMS.identificatie(Identificatie("brp", "bsn", NUMBER, land="BE")),
        PSEUDONYMS.identificatie(identificatie.vestiging(NUMBER, "12345678")),
        PSEUDONYMS.identificatie(identificatie.vestiging(NUMBER, "87654321")),
        PSEUDONYMS.identificatie(Identificatie("", "partij", key)),
        PSEUDONYMS.partij(UUID_OF_AN),
        PSEUDONYMS.betrokkene(UUID_OF_AN),
        PSEUDONYMS.subject(Subject("bsn", NUMBER)),
        PSEUDONYMS.subject(Subject("rsin", NUMBER)),
        PSEUDONYMS.subject(Subject("medewerker", key)),
    ]
    assert len({each.value for each in made}) == 11


def test_what_is_not_there_is_not_what_is_empty() -> None:
    absent, empty = (Identificatie("x", "y", "1", land=land) for land in (None, ""))
    assert PSEUDONYMS.identificatie(absent) != PSEUDONYMS.identificatie(empty)


def test_a_subject_is_who_the_token_knows_them_as() -> None:
    bsn, kvk = identificatie.bsn(NUMBER), identificatie.kvk_nummer("12345678")
    subject = Subject("bsn", "a-sub-of-the-broker", (bsn, kvk))
    assert PSEUDONYMS.subject(subject) == PSEUDONYMS.identificatie(bsn)
    nameless = PSEUDONYMS.subject(Subject("bsn", "a-sub-of-the-broker"))
    assert nameless.soort == "subject"
