import pytest

from gateway.identity.levels import URIS, Betrouwbaarheidsniveau, is_enough

SAML = "urn:oasis:names:tc:SAML:2.0:ac:classes"
LOW_TO_HIGH = ["laag", "midden", "substantieel", "hoog"]


@pytest.mark.parametrize(
    ("means", "uri", "level"),
    [
        ("DigiD Basis", f"{SAML}:PasswordProtectedTransport", "laag"),
        ("DigiD Midden", f"{SAML}:MobileTwoFactorContract", "midden"),
        ("DigiD Substantieel", f"{SAML}:Smartcard", "substantieel"),
        ("DigiD Hoog", f"{SAML}:SmartcardPKI", "hoog"),
        ("eHerkenning 2", "urn:etoegang:core:assurance-class:loa2", "laag"),
        ("eHerkenning 2+", "urn:etoegang:core:assurance-class:loa2plus", "midden"),
        ("eHerkenning 3", "urn:etoegang:core:assurance-class:loa3", "substantieel"),
        ("eHerkenning 4", "urn:etoegang:core:assurance-class:loa4", "hoog"),
        ("eIDAS low", "http://eidas.europa.eu/LoA/low", "laag"),
        ("eIDAS substantial", "http://eidas.europa.eu/LoA/substantial", "substantieel"),
        ("eIDAS high", "http://eidas.europa.eu/LoA/high", "hoog"),
    ],
)
def test_every_means_is_on_one_scale(means: str, uri: str, level: str) -> None:
    assert URIS[uri] == level, means
    assert len(URIS) == 11


def test_eherkenning_1_is_on_no_scale() -> None:
    assert "urn:etoegang:core:assurance-class:loa1" not in URIS


@pytest.mark.parametrize("found", LOW_TO_HIGH)
def test_a_level_reaches_itself_and_all_below(found: str) -> None:
    rank = LOW_TO_HIGH.index(found)
    reached = [
        is_enough(Betrouwbaarheidsniveau(found), needed)
        for needed in Betrouwbaarheidsniveau
    ]
    assert reached == [True] * (rank + 1) + [False] * (3 - rank)


def test_no_level_reaches_none() -> None:
    assert [is_enough(None, each) for each in Betrouwbaarheidsniveau] == [False] * 4
