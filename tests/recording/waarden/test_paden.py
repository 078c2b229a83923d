import pytest

from gateway.recording.waarden.paden import below


@pytest.mark.parametrize(
    ("pad", "name", "found"),
    [
        ("", "naam", "naam"),
        ("invoer", "code_soort_object_id", "invoer.codeSoortObjectId"),
        ("invoer.adressen", 0, "invoer.adressen.0"),
        ("invoer", "adresregel1", "invoer.adresregel1"),
    ],
)
def test_a_pad_is_spelled_as_the_graph_spells_it(
    pad: str, name: str | int, found: str
) -> None:
    assert below(pad, name) == found
