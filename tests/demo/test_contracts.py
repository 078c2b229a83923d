"""The fixtures, and all that the stand-ins make of them, are what the contracts say."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import orjson
import pytest

from gateway.demo.addresses import Addresses
from gateway.demo.standins import documenten, objecten, zaken
from gateway.demo.standins.records import Json
from gateway.demo.standins.zaak_filters import NAMES
from gateway.settings import RegisterKind
from tests.demo.contracts import (
    CONTRACTS,
    WITHOUT,
    answers,
    choices,
    contract,
    faults,
    within,
)
from tests.demo.standins import ADDRESSES, CRS, OBJECTS, ZGW, Client, clock
from tests.registers.builders import uuid

if TYPE_CHECKING:
    from gateway.demo.standins.server import Standin

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.skipif(not CONTRACTS.is_dir(), reason=WITHOUT),
]

FIXTURES = Path(__file__).parents[2] / "fixtures"
REGISTERS: tuple[RegisterKind, ...] = ("zaken", "catalogi", "documenten", "objecten")
ZOEK = "/enkelvoudiginformatieobjecten/_zoek"
UNKNOWN = f"/zaken/{uuid(99)}"


def resources() -> list[tuple[RegisterKind, str]]:
    return [
        (register, folder.name)
        for register in REGISTERS
        for folder in sorted((FIXTURES / register).glob("*/"))
    ]


def files() -> list[Path]:
    return sorted(
        file
        for register, resource in resources()
        for file in (FIXTURES / register / resource).glob("*.json")
    )


@pytest.fixture(scope="session")
def municipality() -> Callable[[RegisterKind], Client]:
    """The stand-ins with the whole of the demo."""
    with_jwt: Mapping[str, str] = {**ZGW, **CRS}
    one_server = zaken.create_zaken(FIXTURES, ADDRESSES, clock=clock)
    standins: Mapping[RegisterKind, tuple[Standin, Mapping[str, str]]] = {
        "zaken": (one_server, with_jwt),
        "catalogi": (one_server, with_jwt),
        "documenten": (
            documenten.create_documenten(FIXTURES, ADDRESSES, clock=clock),
            with_jwt,
        ),
        "objecten": (
            objecten.create_objecten(FIXTURES, ADDRESSES),
            {**OBJECTS, **CRS},
        ),
    }

    def client(register: RegisterKind) -> Client:
        standin, headers = standins[register]
        return Client(standin, ADDRESSES.base(register), headers)

    return client


def test_there_are_fixtures() -> None:
    assert {register for register, _ in resources()} == set(REGISTERS)


@pytest.mark.parametrize(
    "file", files(), ids=lambda file: str(file.relative_to(FIXTURES))
)
def test_a_fixture_is_what_its_contract_says(file: Path) -> None:
    register, resource, name = file.relative_to(FIXTURES).parts
    payload = orjson.loads(file.read_bytes())
    base = Addresses().base(next(each for each in REGISTERS if each == register))
    assert faults(register, f"/{resource}/{{uuid}}", payload) == []
    assert f"{payload['url']}.json" == f"{base}/{resource}/{name}"


@pytest.mark.parametrize(("register", "resource"), resources())
async def test_every_record_is_served_as_its_contract_says(
    municipality: Callable[[RegisterKind], Client],
    register: RegisterKind,
    resource: str,
) -> None:
    client = municipality(register)
    for file in (FIXTURES / register / resource).glob("*.json"):
        answer = await client("GET", f"/{resource}/{file.stem}")
        assert answer.status == 200
        assert faults(register, f"/{resource}/{{uuid}}", answer.body) == []
        assert answer.body["url"] == f"{client.base}/{resource}/{file.stem}"


@pytest.mark.parametrize(("register", "resource"), resources())
async def test_every_list_is_what_its_contract_says(
    municipality: Callable[[RegisterKind], Client],
    register: RegisterKind,
    resource: str,
) -> None:
    answer = await municipality(register)("GET", f"/{resource}")
    assert answer.status == 200
    # An array stands under "" in what the client gives.
    body = answer.body.get("", answer.body)
    assert faults(register, f"/{resource}", body) == []


@pytest.mark.parametrize(
    ("register", "path", "expandable"),
    [
        ("zaken", "/zaken/_zoek", zaken.EXPANDABLE),
        ("documenten", ZOEK, documenten.EXPANDABLE),
    ],
)
async def test_a_zoek_with_all_expansions_is_what_its_contract_says(
    municipality: Callable[[RegisterKind], Client],
    register: RegisterKind,
    path: str,
    expandable: frozenset[str],
) -> None:
    folder = FIXTURES / register / path.split("/")[1]
    asked: list[Json] = [file.stem for file in folder.glob("*.json")]
    answer = await municipality(register)(
        "POST", f"{path}?pageSize=500", {"uuid__in": asked, "expand": [*expandable]}
    )
    assert answer.body["count"] == len(asked) > 0
    assert faults(register, path, answer.body, method="post") == []


@pytest.mark.parametrize(
    ("register", "path", "method", "expandable"),
    [
        ("zaken", "/zaken/_zoek", "post", zaken.EXPANDABLE),
        ("zaken", "/zaken", "get", zaken.EXPANDABLE),
        ("documenten", ZOEK, "post", documenten.EXPANDABLE),
    ],
)
def test_what_can_be_expanded_is_what_the_contract_lists(
    register: str, path: str, method: str, expandable: frozenset[str]
) -> None:
    assert set(choices(register, path, method, "expand")) == expandable


def test_every_filter_of_a_zoek_is_in_the_contract() -> None:
    operation = within(contract("zaken"), "paths", "/zaken/_zoek", "post")
    schema = within(operation, "requestBody", "content", "application/json", "schema")
    assert within(schema, "properties").keys() >= NAMES


@pytest.mark.parametrize(
    ("register", "version"),
    [
        ("zaken", zaken.ZAKEN_VERSION),
        ("catalogi", zaken.CATALOGI_VERSION),
        ("documenten", documenten.VERSION),
        ("objecten", objecten.VERSION),
    ],
)
def test_the_version_is_that_of_the_contract(register: str, version: str) -> None:
    assert within(contract(register), "info")["version"] == version


PROBLEMS: list[tuple[RegisterKind, str, str, Json, dict[str, str], int]] = [
    ("zaken", "GET", UNKNOWN, None, {**ZGW, **CRS}, 404),
    ("zaken", "GET", "/zaken/nope", None, {**ZGW, **CRS}, 500),
    ("zaken", "GET", UNKNOWN, None, CRS, 403),
    ("zaken", "GET", UNKNOWN, None, ZGW, 412),
    ("zaken", "GET", UNKNOWN, None, {**ZGW, "Accept-Crs": "x"}, 406),
    ("zaken", "GET", "/zaken?foo=1", None, {**ZGW, **CRS}, 400),
    ("zaken", "POST", "/zaken/_zoek", {}, {**ZGW, **CRS}, 400),
    ("zaken", "POST", "/zaken/_zoek", {"uuid__in": [1]}, {**ZGW, **CRS}, 400),
    ("zaken", "POST", "/zaken/_zoek", None, {**ZGW, **CRS}, 415),
    ("catalogi", "GET", f"/zaaktypen/{uuid(99)}", None, ZGW, 404),
    ("documenten", "POST", ZOEK, {}, ZGW, 400),
    ("documenten", "POST", ZOEK, {"uuid__in": []}, {}, 403),
]


@pytest.mark.parametrize(
    ("register", "method", "path", "body", "headers", "status"),
    PROBLEMS,
    ids=[f"{case[1]} {case[2]} {case[5]}" for case in PROBLEMS],
)
async def test_a_problem_is_what_its_contract_says(  # noqa: PLR0913, PLR0917
    municipality: Callable[[RegisterKind], Client],
    register: RegisterKind,
    method: str,
    path: str,
    body: Json,
    headers: dict[str, str],
    status: int,
) -> None:
    answer = await municipality(register)(method, path, body, headers)
    name = path.partition("?")[0].split("/")
    single = len(name) > 2 and name[2] != "_zoek"
    template = f"/{name[1]}/{{uuid}}" if single else "/".join(name)
    assert answer.status == status
    assert (
        faults(register, template, answer.body, method=method.lower(), status=status)
        == []
    )


@pytest.mark.parametrize("status", ["401", "403", "404"])
def test_objecten_describes_no_problems(status: str) -> None:
    assert status not in answers("objecten", "/objects/{uuid}")
