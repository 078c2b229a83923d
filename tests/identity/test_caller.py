import pytest

from gateway.errors import Denied
from gateway.identificatie import Identificatie, bsn, kvk_nummer, rsin, vestiging
from gateway.identity.caller import (
    ANONIEM,
    ONTWIKKELAAR,
    Caller,
    Callers,
    Claimed,
    NotAllowed,
    SoortAanvrager,
    Verwerking,
)
from gateway.identity.levels import Betrouwbaarheidsniveau
from gateway.identity.rechten import Grant, Recht
from gateway.identity.tokens.claims import InvalidToken, Mandaat, Said, Subject
from gateway.settings.identity import SubjectKind
from gateway.vertrouwelijkheid import Vertrouwelijkheidaanduiding
from tests.identity.minting import (
    BSN,
    ISSUER,
    NOW,
    Ticking,
    an_issuer,
    identity_settings,
)

KVK, RSIN, NUMBER, OTHER = "90001354", "999990019", "990000541921", "990000541999"
SETTINGS = identity_settings(
    clients=[
        {"client_id": "kcc", "activities": ["balie"]},
        {"client_id": "zaaksysteem", "activities": ["balie", "inzage"]},
    ],
    roles=[
        {"name": "kcc", "rechten": ["partijen.lezen", "klantcontacten.lezen"]},
        {
            "name": "bouw",
            "rechten": ["zaken.lezen"],
            "zaaktypen": ["BOUW"],
            "max_vertrouwelijkheid": "vertrouwelijk",
        },
    ],
    services=[
        {"id": "alles"},
        {"id": "bouw", "zaaktypen": ["BOUW", "SLOOP"], "klantbeeld": True},
        {"id": "sloop", "zaaktypen": ["SLOOP"], "klantbeeld": True},
        {"id": "kap", "zaaktypen": ["KAP"], "klantbeeld": True},
        {"id": "enkel-kap", "zaaktypen": ["KAP"]},
        {"id": "enkel-zaken", "klantbeeld": False},
    ],
    systeem={"rechten": ["zaken.lezen", "objecten.lezen"], "zaaktypen": ["BOUW"]},
)
CALLERS = Callers(SETTINGS, clock=Ticking())
BALIE = Verwerking("balie", "https://avg.voorbeeldstad.example/balie")
INZAGE = Verwerking("inzage", "https://avg.voorbeeldstad.example/inzage")


def said(
    subject: Subject,
    *,
    representative: Subject | None = None,
    mandaten: tuple[Mandaat, ...] = (),
    client: str = "portaal",
    words: tuple[str, ...] = (),
    issuer: str = ISSUER,
) -> Said:
    return Said(
        issuer=issuer,
        subject=subject,
        representative=representative,
        mandaten=mandaten,
        client=client,
        level=Betrouwbaarheidsniveau.SUBSTANTIEEL,
        roles=frozenset(words),
        scopes=frozenset(words),
    )


def klant(*klanten: Identificatie, kind: SubjectKind = "bsn") -> Subject:
    return Subject(kind, "pseudoniem", klanten or (bsn(BSN),))


def represented(*mandaten: Mandaat) -> Caller:
    company = klant(kvk_nummer(KVK), kind="kvk_nummer")
    token = said(company, representative=klant(), mandaten=mandaten)
    return CALLERS.caller(token, Claimed())


def mandaat(*services: str, until: float | None = None) -> Mandaat:
    return Mandaat(frozenset(services), until)


def test_a_klant_sees_their_own_for_one_reason() -> None:
    caller = CALLERS.caller(said(klant()), Claimed())
    own = frozenset({Recht.ZAKEN, Recht.DOCUMENTEN, Recht.OBJECTEN})
    most = Vertrouwelijkheidaanduiding.ZAAKVERTROUWELIJK
    assert caller == Caller(
        soort=SoortAanvrager.KLANT,
        issuer=ISSUER,
        client="portaal",
        subject="pseudoniem",
        niveau=Betrouwbaarheidsniveau.SUBSTANTIEEL,
        klanten=(bsn(BSN),),
        klant=bsn(BSN),
        grants=(Grant(own, None, most),),
        verwerking=INZAGE,
        verwerkingen=("inzage",),
    )
    assert caller.is_klant


def test_a_klant_may_name_no_other_reason() -> None:
    assert CALLERS.caller(said(klant()), Claimed("inzage")).verwerking == INZAGE
    with pytest.raises(NotAllowed) as caught:
        CALLERS.caller(said(klant()), Claimed("balie"))
    assert str(caught.value) == (
        "Klantbeeld-Purpose: must be one that this client may name: inzage"
    )


def test_a_vertegenwoordiger_is_authorised_as_whom_they_represent() -> None:
    caller = represented(mandaat("alles", until=NOW + 1))
    assert caller.soort is SoortAanvrager.VERTEGENWOORDIGER
    assert caller.is_klant
    assert (caller.klant, caller.klanten) == (kvk_nummer(KVK), (kvk_nummer(KVK),))
    assert caller.vertegenwoordiger == klant()
    assert caller.refusal is None
    assert [each.zaaktypen for each in caller.grants] == [None]


@pytest.mark.parametrize(
    ("case", "mandaten", "zaaktypen"),
    [
        ("one service", [mandaat("bouw")], {"BOUW", "SLOOP"}),
        ("two services", [mandaat("bouw", "kap")], {"BOUW", "SLOOP", "KAP"}),
        ("an unknown beside it", [mandaat("sloop", "x")], {"SLOOP"}),
        ("one for all beside it", [mandaat("sloop", "alles")], None),
        ("one of two opens it", [mandaat("sloop", "enkel-kap")], {"SLOOP"}),
        ("all zaken beside it", [mandaat("sloop", "enkel-zaken")], {"SLOOP"}),
        ("a chain", [mandaat("bouw"), mandaat("sloop", "kap")], {"SLOOP"}),
        ("a chain with all", [mandaat("alles"), mandaat("kap")], {"KAP"}),
        ("a chain to nothing", [mandaat("bouw"), mandaat("kap")], set()),
    ],
)
def test_all_mandates_together_say_which_zaaktypen(
    case: str, mandaten: list[Mandaat], zaaktypen: set[str] | None
) -> None:
    caller = represented(*mandaten)
    assert [each.zaaktypen for each in caller.grants] == [zaaktypen], case
    assert caller.refusal is None, case


@pytest.mark.parametrize(
    ("case", "mandaten", "message"),
    [
        ("just now", [mandaat("alles", until=NOW)], "the mandate has ended"),
        (
            "one of two",
            [mandaat("alles"), mandaat("alles", until=NOW - 1)],
            "the mandate has ended",
        ),
        ("of others", [mandaat("x")], "the mandate covers no service of this gateway"),
        ("of none", [mandaat()], "the mandate covers no service of this gateway"),
        ("zaken only", [mandaat("enkel-kap")], "the mandate covers no klantbeeld"),
        ("all zaken", [mandaat("enkel-zaken")], "the mandate covers no klantbeeld"),
        (
            "zaken only in one of two",
            [mandaat("alles"), mandaat("enkel-kap", "enkel-zaken", "x")],
            "the mandate covers no klantbeeld",
        ),
        (
            "one of two covers none",
            [mandaat("alles"), mandaat("x")],
            "the mandate covers no service of this gateway",
        ),
    ],
)
def test_without_a_mandate_that_holds_nothing_is_shown(
    case: str, mandaten: list[Mandaat], message: str
) -> None:
    caller = represented(*mandaten)
    refusal = caller.refusal
    assert isinstance(refusal, Denied), case
    assert str(refusal) == message, case
    assert refusal.extensions == {"code": "FORBIDDEN", "needs": "mandate"}, case
    assert [each.zaaktypen for each in caller.grants] == [frozenset()], case


@pytest.mark.parametrize("kind", ["medewerker", "systeem"])
def test_a_medewerker_or_systeem_neither_represents_nor_is_represented(
    kind: SubjectKind,
) -> None:
    own = Subject(kind, "j.jansen")
    for subject, acting in ((own, klant()), (klant(), own)):
        token = said(subject, representative=acting, mandaten=(mandaat("alles"),))
        with pytest.raises(InvalidToken) as caught:
            CALLERS.caller(token, Claimed())
        assert str(caught.value) == "the token has a medewerker or systeem represent"


def staff(*roles: str, purpose: str | None = "balie", client: str = "kcc") -> Caller:
    token = said(Subject("medewerker", "j.jansen"), client=client, words=roles)
    return CALLERS.caller(token, Claimed(purpose))


def test_a_medewerker_has_what_each_role_allows() -> None:
    caller = staff("bouw", "kcc", "onbekend")
    assert (caller.soort, caller.subject) == (SoortAanvrager.MEDEWERKER, "j.jansen")
    assert caller.grants == (
        Grant(
            frozenset({Recht.ZAKEN}),
            frozenset({"BOUW"}),
            Vertrouwelijkheidaanduiding.VERTROUWELIJK,
        ),
        Grant(
            frozenset({Recht.PARTIJEN, Recht.KLANTCONTACTEN}),
            None,
            Vertrouwelijkheidaanduiding.ZAAKVERTROUWELIJK,
        ),
    )
    assert (caller.may(Recht.PARTIJEN), caller.may(Recht.NOTITIES)) == (True, False)
    assert not caller.is_klant
    assert (caller.klant, caller.klanten) == (None, ())


def test_roles_are_no_scopes() -> None:
    assert staff("zaken.lezen").grants == ()


def test_a_purpose_is_one_of_the_clients() -> None:
    assert staff().verwerking == BALIE
    assert staff(purpose="inzage", client="zaaksysteem").verwerking == INZAGE
    assert staff(purpose=None).verwerking is None
    assert staff(purpose=None).verwerkingen == ("balie",)


@pytest.mark.parametrize(
    ("purpose", "client", "known"),
    [
        ("inzage", "kcc", "balie"),
        ("", "kcc", "balie"),
        ("onbekend", "zaaksysteem", "balie, inzage"),
        ("balie", "onbekend", "none"),
        ("balie", "", "none"),
    ],
)
def test_a_purpose_of_another_client_is_refused(
    purpose: str, client: str, known: str
) -> None:
    with pytest.raises(NotAllowed) as caught:
        staff(purpose=purpose, client=client)
    assert str(caught.value) == (
        f"Klantbeeld-Purpose: must be one that this client may name: {known}"
    )


def test_a_systeem_has_what_its_scopes_and_the_settings_both_allow() -> None:
    words = ("zaken.lezen", "partijen.lezen", "openid", "kcc")
    token = said(Subject("systeem", "koppeling"), client="zaaksysteem", words=words)
    caller = CALLERS.caller(token, Claimed("balie"))
    assert caller.soort is SoortAanvrager.SYSTEEM
    assert caller.grants == (
        Grant(
            frozenset({Recht.ZAKEN}),
            frozenset({"BOUW"}),
            Vertrouwelijkheidaanduiding.ZAAKVERTROUWELIJK,
        ),
    )


def test_a_systeem_without_scopes_may_nothing() -> None:
    token = said(Subject("systeem", "koppeling"), words=("openid", "partijen.lezen"))
    assert CALLERS.caller(token, Claimed()).grants == ()


@pytest.mark.parametrize("kind", ["medewerker", "systeem"])
def test_only_klanten_have_a_capacity(kind: SubjectKind) -> None:
    with pytest.raises(NotAllowed) as caught:
        CALLERS.caller(said(Subject(kind, "x")), Claimed(capacity="persoon"))
    assert str(caught.value) == "Klantbeeld-Capacity: is for klanten only"


SEVERAL = klant(bsn(BSN), rsin(RSIN), kvk_nummer(KVK))
LIMITED = klant(vestiging(NUMBER, KVK), bsn(BSN), kind="vestigingsnummer")


@pytest.mark.parametrize(
    ("subject", "capacity", "chosen"),
    [
        (SEVERAL, None, bsn(BSN)),
        (SEVERAL, "persoon", bsn(BSN)),
        (SEVERAL, "organisatie", rsin(RSIN)),
        (SEVERAL, f"organisatie {KVK}", kvk_nummer(KVK)),
        (SEVERAL, f"vestiging {NUMBER}", vestiging(NUMBER, KVK)),
        (LIMITED, None, vestiging(NUMBER, KVK)),
        (LIMITED, "vestiging", vestiging(NUMBER, KVK)),
        (LIMITED, f"vestiging {NUMBER}", vestiging(NUMBER, KVK)),
        (LIMITED, "persoon", bsn(BSN)),
    ],
)
def test_a_klant_chooses_one_of_their_capacities(
    subject: Subject, capacity: str | None, chosen: Identificatie
) -> None:
    caller = CALLERS.caller(said(subject), Claimed(capacity=capacity))
    assert caller.klant == chosen
    assert caller.klanten == subject.klanten


@pytest.mark.parametrize(
    ("subject", "capacity"),
    [
        (klant(), "organisatie"),
        (klant(), f"vestiging {NUMBER}"),
        (SEVERAL, "organisatie 90001355"),
        (SEVERAL, "vestiging"),
        (SEVERAL, "vestiging 12"),
        (SEVERAL, "vestiging ٩٩٠٠٠٠٥٤١٩٢١"),
        (SEVERAL, "Persoon"),
        (SEVERAL, ""),
        (LIMITED, "organisatie"),
        (LIMITED, f"vestiging {OTHER}"),
    ],
)
def test_a_capacity_of_somebody_else_is_refused(
    subject: Subject, capacity: str
) -> None:
    with pytest.raises(NotAllowed) as caught:
        CALLERS.caller(said(subject), Claimed(capacity=capacity))
    assert str(caught.value) == (
        "Klantbeeld-Capacity: must be one of those that Query.ik names as hoedanigheden"
    )


def acting(*klanten: Identificatie, capacity: str | None = None) -> Caller:
    """One who represents whoever is known as these."""
    token = said(klant(*klanten), representative=klant(), mandaten=(mandaat("alles"),))
    return CALLERS.caller(token, Claimed(capacity=capacity))


def test_a_mandate_is_of_one_capacity_only() -> None:
    both = (bsn(BSN), rsin(RSIN), kvk_nummer(KVK))
    assert acting(*both).klanten == (bsn(BSN),)
    assert acting(*both, capacity="persoon").klant == bsn(BSN)
    for other in ("organisatie", f"organisatie {KVK}", f"vestiging {NUMBER}"):
        with pytest.raises(NotAllowed):
            acting(*both, capacity=other)


def test_who_acts_for_a_whole_company_acts_for_its_vestigingen() -> None:
    caller = acting(kvk_nummer(KVK), bsn(BSN), capacity=f"vestiging {NUMBER}")
    assert caller.klant == vestiging(NUMBER, KVK)
    with pytest.raises(NotAllowed):
        acting(kvk_nummer(KVK), bsn(BSN), capacity="persoon")


PARTNER = "https://partner.example"
KINDS = {"kinds": {"m": "medewerker", "s": "systeem"}}
SHARED = Callers(
    identity_settings(
        an_issuer(**KINDS),
        an_issuer(issuer=PARTNER, **KINDS),
        clients=[
            {"client_id": "kcc", "issuer": ISSUER, "activities": ["balie"]},
            {"client_id": "kcc", "issuer": PARTNER, "activities": ["inzage"]},
            {"client_id": "scherm", "issuer": ISSUER, "activities": ["balie"]},
        ],
        roles=[
            {"name": "kcc", "issuer": ISSUER, "rechten": ["partijen.lezen"]},
            {"name": "kcc", "issuer": PARTNER, "rechten": ["zaken.lezen"]},
            {"name": "baas", "issuer": ISSUER, "rechten": list(Recht)},
        ],
    )
)


def shared(issuer: str, client: str = "kcc") -> Caller:
    """One by a name, with roles, that both issuers give."""
    token = said(
        Subject("medewerker", "j.jansen"),
        client=client,
        words=("kcc", "baas"),
        issuer=issuer,
    )
    return SHARED.caller(token, Claimed())


def test_a_role_is_one_of_its_own_issuer() -> None:
    own, partner = shared(ISSUER), shared(PARTNER)
    assert [own.issuer, partner.issuer] == [ISSUER, PARTNER]
    assert [each.rechten for each in own.grants] == [
        frozenset(Recht),
        {Recht.PARTIJEN},
    ]
    assert [each.rechten for each in partner.grants] == [{Recht.ZAKEN}]


def test_a_client_is_one_of_its_own_issuer() -> None:
    assert shared(ISSUER).verwerkingen == ("balie",)
    assert shared(PARTNER).verwerkingen == ("inzage",)
    assert shared(ISSUER, "scherm").verwerkingen == ("balie",)
    assert shared(PARTNER, "scherm").verwerkingen == ()


def test_who_says_nothing_may_nothing() -> None:
    assert Caller(soort=SoortAanvrager.ANONIEM) == ANONIEM
    assert [ANONIEM.may(recht) for recht in Recht] == [False] * len(Recht)
    assert not ANONIEM.is_klant


def test_a_developer_on_loopback_may_all() -> None:
    assert [ONTWIKKELAAR.may(recht) for recht in Recht] == [True] * len(Recht)
    assert ONTWIKKELAAR.verwerking is not None
