"""Who is looked up by one caller is counted, by every way in that can be guessed."""

from collections.abc import AsyncIterator, Mapping
from types import MappingProxyType

import pytest

from gateway.settings.identity import IdentitySettings, VaststellingSettings
from tests.identity.callers import medewerker
from tests.klantbeeld.rights import WIDE, House, a_house, as_id
from tests.municipality import Network

pytestmark = pytest.mark.anyio

SANNE = as_id("Partij", "0ea6880b-b832-5af2-86d4-58c5ebd523a8")
NOBODY = as_id("Partij", "00000000-0000-4000-8000-000000000000")
PARTIJEN = (
    "query ($asked: PartijFilter!) { found: partijen(filter: $asked) { totalCount } }"
)
# Each asks for one person and then for another.
WAYS: Mapping[str, tuple[str, object, object]] = MappingProxyType(
    {
        "klantbeeld": (
            (
                "query ($asked: IdentificatieInput!) {"
                " found: klantbeeld(identificatie: $asked) { __typename } }"
            ),
            {"bsn": "999993653"},
            {"bsn": "999990019"},
        ),
        "partijen by identificatie": (
            PARTIJEN,
            {"identificatie": {"bsn": "999993653"}},
            {"identificatie": {"bsn": "999990019"}},
        ),
        "partijen by nummer": (PARTIJEN, {"nummer": "1001"}, {"nummer": "1002"}),
        "partijen by address": (
            PARTIJEN,
            {"digitaalAdres": "een@voorbeeld.example"},
            {"digitaalAdres": "ander@voorbeeld.example"},
        ),
        "klantcontacten": (
            (
                "query ($asked: KlantcontactFilter!) {"
                " found: klantcontacten(filter: $asked) { totalCount } }"
            ),
            {"identificatie": {"bsn": "999993653"}},
            {"identificatie": {"bsn": "999990019"}},
        ),
        "partij": (
            "query ($asked: ID!) { found: partij(id: $asked) { __typename } }",
            SANNE,
            NOBODY,
        ),
        "node": (
            "query ($asked: ID!) { found: node(id: $asked) { __typename } }",
            SANNE,
            NOBODY,
        ),
    }
)


@pytest.fixture
async def house(loaded: str, network: Network) -> AsyncIterator[House]:
    limits = WIDE.model_copy(update={"distinct_persons_per_hour": 1})
    unstated = VaststellingSettings(required=False)
    identity = IdentitySettings(identiteitsvaststelling=unstated)
    async with a_house(loaded, network, limits=limits, identity=identity) as made:
        yield made


@pytest.mark.parametrize("way", WAYS)
async def test_a_second_person_is_one_too_many(house: House, way: str) -> None:
    query, one, other = WAYS[way]
    answers = [
        await house.ask(medewerker(), query, asked=asked) for asked in (one, one, other)
    ]
    assert [each.codes for each in answers] == [{}, {}, {"found": "LIMIT_EXCEEDED"}]
    (error,) = answers[2].errors
    assert error["message"] == (
        "query: distinct persons in an hour: at most 1, found 2"
    )


async def test_an_address_is_not_looked_for_of_somebody(house: House) -> None:
    asked = {"identificatie": {"bsn": "999993653"}, "digitaalAdres": "a@b.example"}
    answer = await house.ask(medewerker(), PARTIJEN, asked=asked)
    (error,) = answer.errors
    assert error["message"] == (
        "filter.digitaalAdres: cannot be combined with identificatie or nummer"
    )
