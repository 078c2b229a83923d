import msgspec
import pytest

from gateway.identificatie import bsn, kvk_nummer, rsin, vestiging
from gateway.identity.levels import Betrouwbaarheidsniveau
from gateway.identity.tokens.claims import (
    InvalidToken,
    Mandaat,
    Subject,
    at,
    read,
    words,
)
from gateway.settings.identity import IssuerSettings
from tests.identity.minting import (
    BSN,
    ISSUER,
    NL_GOV,
    NOW,
    SUBSTANTIEEL,
    Said,
    claims,
    issuer_settings,
)

NL = issuer_settings()
BROKER = issuer_settings(
    kinds={"burger": "bsn", "bedrijf": "kvk_nummer", "vestiging": "vestigingsnummer"},
    claims={
        "kind": "loginType",
        "bsn": "persoon.bsn",
        "rsin": "bedrijf.rsin",
        "kvk_nummer": "bedrijf.kvk",
        "vestigingsnummer": "bedrijf.vestiging",
        "representative": "gemachtigde",
        "mandate_services": "machtiging.diensten",
        "mandate_until": "machtiging.tot",
    },
)
STAFF = issuer_settings(
    kinds={"employee": "medewerker", "app": "systeem"},
    claims={"kind": "soort", "roles": "realm_access.roles", "client": "app"},
)
KVK, RSIN, NUMBER = "90001354", "999990019", "990000541921"


def of(kind: str, sub: object, **more: object) -> Said:
    """One party, as NL GOV puts it."""
    return {"sub": sub, "sub_id_type": f"{NL_GOV}:{kind}", **more}


def refused(said: Said, issuer: IssuerSettings = NL) -> str:
    with pytest.raises(InvalidToken) as caught:
        read(said, issuer)
    return str(caught.value)


def test_a_klant_is_who_the_token_says() -> None:
    said = read(claims(scope="openid profile", roles=["a", 1]), NL)
    assert (said.issuer, said.subject) == (ISSUER, Subject("bsn", BSN, (bsn(BSN),)))
    assert (said.representative, said.mandaten) == (None, ())
    assert (said.client, said.level) == ("portaal", Betrouwbaarheidsniveau.SUBSTANTIEEL)
    assert said.scopes == {"openid", "profile"}
    assert said.roles == {"a"}


def test_the_same_digits_are_another_as_bsn_than_as_rsin() -> None:
    klanten = [
        read(claims(**of(kind, BSN)), NL).subject.klanten for kind in ("BSN", "RSIN")
    ]
    assert klanten == [(bsn(BSN),), (rsin(BSN),)]
    assert bsn(BSN) != rsin(BSN)


def test_a_company_is_known_by_its_kvk_nummer() -> None:
    said = read(claims(**of("KvKnr", KVK)), NL)
    assert said.subject.klanten == (kvk_nummer(KVK),)


def test_who_is_for_a_vestiging_only_is_not_for_the_company() -> None:
    said = read(claims(**of("KvKnr", KVK, vestigingsnummer=NUMBER)), NL)
    assert said.subject.klanten == (vestiging(NUMBER, KVK),)


@pytest.mark.parametrize(
    "said",
    [
        claims(**of("Pseudonym", BSN)),
        claims(sub_id_type=None),
        claims(sub_id_type="bsn"),
        claims(sub_id_type=["bsn"]),
    ],
)
def test_nine_digits_of_no_kind_are_nobody(said: Said) -> None:
    assert refused(said) == "the token does not say of what kind its subject is"


@pytest.mark.parametrize(
    ("kind", "sub", "what"),
    [
        ("BSN", "99999365", "bsn"),
        ("BSN", 999993653, "bsn"),
        ("BSN", "999993653\n", "bsn"),
        ("BSN", "٩٩٩٩٩٣٦٥٣", "bsn"),
        ("BSN", KVK, "bsn"),
        ("RSIN", None, "rsin"),
        ("KvKnr", BSN, "kvk_nummer"),
    ],
)
def test_a_number_has_the_form_of_its_kind(kind: str, sub: object, what: str) -> None:
    message = refused(claims(**of(kind, sub)))
    assert message == f"the token holds no {what} where it should"


@pytest.mark.parametrize("number", ["12", 990000541921, [], 0, {}])
def test_a_vestiging_that_is_none_does_not_widen_to_the_company(number: object) -> None:
    message = refused(claims(**of("KvKnr", KVK, vestigingsnummer=number)))
    assert message == "the token holds no vestigingsnummer where it should"


def broker(kind: str, **more: object) -> Said:
    return claims(sub="pseudoniem", sub_id_type=None, loginType=kind, **more)


def test_a_brokers_claims_have_their_own_places() -> None:
    person = read(broker("burger", persoon={"bsn": BSN}), BROKER).subject
    company = read(broker("bedrijf", bedrijf={"kvk": KVK}), BROKER).subject
    assert person == Subject("bsn", "pseudoniem", (bsn(BSN),))
    assert company == Subject("kvk_nummer", "pseudoniem", (kvk_nummer(KVK),))


def test_who_can_be_known_as_several_is_first_what_the_token_is_about() -> None:
    both: Said = {"persoon": {"bsn": BSN}, "bedrijf": {"kvk": KVK, "rsin": RSIN}}
    person = read(broker("burger", **both), BROKER).subject.klanten
    company = read(broker("bedrijf", **both), BROKER).subject.klanten
    assert person == (bsn(BSN), rsin(RSIN), kvk_nummer(KVK))
    assert company == (kvk_nummer(KVK), bsn(BSN), rsin(RSIN))


@pytest.mark.parametrize("kind", ["bedrijf", "vestiging"])
def test_a_vestiging_is_no_whole_by_another_number(kind: str) -> None:
    number = {"kvk": KVK, "rsin": RSIN, "vestiging": NUMBER}
    klanten = read(broker(kind, bedrijf=number), BROKER).subject.klanten
    assert klanten == (vestiging(NUMBER, KVK),)


def test_an_rsin_with_a_vestiging_is_no_whole_either() -> None:
    said = claims(**of("RSIN", RSIN, vestigingsnummer=NUMBER))
    message = refused(said)  # no KVK-nummer: nobody knows which vestiging
    assert message == "the token holds no kvk_nummer where it should"


def test_an_empty_vestiging_is_none() -> None:
    number = {"kvk": KVK, "vestiging": ""}
    klanten = read(broker("bedrijf", bedrijf=number), BROKER).subject.klanten
    assert klanten == (kvk_nummer(KVK),)


def mandate(*services: str, until: object = NOW) -> Said:
    return {"mandate": {"services": list(services), "valid_until": until}}


def test_who_represents_is_not_whom_it_is_about() -> None:
    said = read(claims(represents=of("KvKnr", KVK, **mandate("dienst"))), NL)
    assert said.subject == Subject("kvk_nummer", KVK, (kvk_nummer(KVK),))
    assert said.representative == Subject("bsn", BSN, (bsn(BSN),))
    assert said.mandaten == (Mandaat(frozenset({"dienst"}), NOW),)


def test_the_deepest_is_the_final_party_and_every_step_has_its_mandate() -> None:
    final = of("RSIN", RSIN, **mandate("twee", until=None))
    between = of("KvKnr", KVK, represents=final, **mandate("een"))
    said = read(claims(represents=between), NL)
    assert said.subject.klanten == (rsin(RSIN),)
    assert said.representative == Subject("bsn", BSN, (bsn(BSN),))
    assert said.mandaten == (
        Mandaat(frozenset({"een"}), NOW),
        Mandaat(frozenset({"twee"}), None),
    )


def chain(length: int) -> Said:
    party = of("BSN", BSN)
    for _ in range(length):
        party = of("BSN", BSN, represents=party)
    return claims(**party)


def test_a_chain_of_representing_ends_somewhere() -> None:
    assert len(read(chain(5), NL).mandaten) == 5
    assert refused(chain(6)) == "the token represents through too many others"


@pytest.mark.parametrize("represents", [BSN, [of("BSN", BSN)], True, ""])
def test_representing_that_cannot_be_read_is_never_ignored(represents: object) -> None:
    message = refused(claims(represents=represents))
    assert message == "the token does not say whom it represents"


def test_whom_a_token_represents_has_a_kind_too() -> None:
    message = refused(claims(represents={"sub": BSN}))
    assert message == "the token does not say of what kind its subject is"


def test_a_broker_says_who_acts_beside_whom_it_is_about() -> None:
    acting = {"loginType": "burger", "persoon": {"bsn": "999990020"}, "sub": "p2"}
    said = read(
        broker(
            "bedrijf",
            bedrijf={"kvk": KVK},
            gemachtigde=acting,
            machtiging={"diensten": "a b", "tot": "2027-01-15T09:00:00+01:00"},
        ),
        BROKER,
    )
    assert said.subject.klanten == (kvk_nummer(KVK),)
    assert said.representative == Subject("bsn", "p2", (bsn("999990020"),))
    assert said.mandaten == (Mandaat(frozenset({"a", "b"}), NOW),)


def test_who_acts_is_never_ignored_when_it_cannot_be_read() -> None:
    said = broker("burger", persoon={"bsn": BSN}, gemachtigde="999990020")
    assert refused(said, BROKER) == "the token does not say who acts for whom"


@pytest.mark.parametrize(
    ("until", "moment"),
    [
        (1_800_000_000, NOW),
        (1_800_000_000.5, NOW + 0.5),
        ("2027-01-15T08:00:00Z", NOW),
        ("2027-01-15T09:00:00+01:00", NOW),
    ],
)
def test_a_mandate_ends_at_a_moment(until: object, moment: float) -> None:
    said = read(claims(represents=of("BSN", BSN, **mandate("x", until=until))), NL)
    assert said.mandaten[0].until == moment


@pytest.mark.parametrize(
    "until",
    ["morgen", "2027-01-15", "2027-01-15T08:00:00", "", True, [], 10**400],
)
def test_a_mandate_whose_end_cannot_be_read_is_none(until: object) -> None:
    message = refused(claims(represents=of("BSN", BSN, **mandate("x", until=until))))
    assert message == "the token does not say until when the mandate holds"


@pytest.mark.parametrize(
    ("kind", "subject"), [("employee", "medewerker"), ("app", "systeem")]
)
def test_a_medewerker_and_a_systeem_are_no_klant(kind: str, subject: str) -> None:
    more: Said = {"soort": kind, "bsn": BSN, "realm_access": {"roles": ["kcc"]}}
    said = read(claims(sub="j.jansen", azp=None, app="kiss", **more), STAFF)
    expected = Subject("medewerker" if kind == "employee" else "systeem", "j.jansen")
    assert (said.subject.kind, said.subject) == (subject, expected)
    assert (said.client, said.roles) == ("kiss", frozenset({"kcc"}))


@pytest.mark.parametrize("sub", [None, "", 7, "x" * 256])
def test_a_medewerker_has_a_name(sub: object) -> None:
    said = claims(sub=sub, soort="employee")
    rule = "the token does not name its subject in 255 characters"
    assert refused(said, STAFF) == rule


def test_what_names_a_medewerker_is_the_issuers_choice() -> None:
    names = STAFF.claims.model_copy(update={"name": "preferred_username"})
    issuer = STAFF.model_copy(update={"claims": names})
    said = claims(sub="0c5e", preferred_username="j.degroot", soort="employee")
    assert read(said, issuer).subject.name == "j.degroot"


@pytest.mark.parametrize(
    ("said", "client"),
    [
        ({"azp": "portaal", "client_id": "x"}, "portaal"),
        ({"azp": None, "client_id": "x"}, "x"),
        ({"azp": {"portaal": 1}, "client_id": ["x"]}, ""),
        ({"azp": None}, ""),
    ],
)
def test_a_client_is_a_name(said: Said, client: str) -> None:
    assert read(claims(**said), NL).client == client


@pytest.mark.parametrize(
    ("acr", "level"),
    [
        (SUBSTANTIEEL, Betrouwbaarheidsniveau.SUBSTANTIEEL),
        ("hoogste", Betrouwbaarheidsniveau.HOOG),
        ("http://eidas.europa.eu/LoA/low", Betrouwbaarheidsniveau.MIDDEN),
        ("substantieel", None),
        (2, None),
        (None, None),
    ],
)
def test_a_level_is_one_of_the_standard_or_the_issuers_own(
    acr: object, level: Betrouwbaarheidsniveau | None
) -> None:
    issuer = issuer_settings(
        levels={"hoogste": "hoog", "http://eidas.europa.eu/LoA/low": "midden"}
    )
    assert read(claims(acr=acr), issuer).level == level


def test_a_name_with_dots_goes_before_a_path() -> None:
    said: Said = {"a.b": 1, "a": {"b": 2, "c": {"d": 3}}, "e": "f"}
    assert [at(said, path) for path in ("a.b", "a.c.d", "a.x", "e.f", "g")] == [
        1,
        3,
        None,
        None,
        None,
    ]


def test_words_are_a_list_or_one_text() -> None:
    values: list[object] = ["a  b", ["a", 1, "b c"], None, {"a": 1}, 3]
    assert [words(each) for each in values] == [["a", "b"], ["a", "b c"], [], [], []]


def test_what_names_a_person_is_not_in_a_traceback() -> None:
    said = read(claims(represents=of("KvKnr", KVK)), NL)
    assert BSN not in repr(said.subject.klanten)
    assert repr(bsn(BSN)) == "Identificatie(bsn …)"
    assert msgspec.structs.replace(bsn(BSN), soort="rsin") != rsin(BSN)
