import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import msgspec
import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.demo.addresses import Addresses
from gateway.demo.municipality import Counts, Rows, load, read
from gateway.demo.standins.records import Json, Payload
from gateway.store import tables
from tests.demo.standins import ADDRESSES

FIXTURES = Path(__file__).parents[2] / "fixtures"
STORIES = FIXTURES / "klantbeeld" / "klantcontacten"
COUNTS = Counts(
    actoren=13,
    partijen=30,
    klantcontacten=150,
    betrokkenen=169,
    onderwerpen=219,
    inhoudsdelen=200,
    interne_taken=43,
)
WRITTEN_USE_CASES = frozenset(
    f"C{number}"
    for number in (
        *("0992", "0534", "9167", "2984", "9761", "1199", "2138"),
        *("9853", "4390", "0359", "9018", "6114", "2716", "9708"),
    )
)
BENCH_BSN = "999993653"
VORMEN = {
    "onderwerpen": {
        "tekst",
        "zaak",
        "klanttaak",
        "object",
        "interne_taak",
        "klantcontact",
    },
    "inhoudsdelen": {"tekst", "informatieobject", "object"},
}


@pytest.fixture(scope="module")
def rows() -> Rows:
    return read(FIXTURES)


@pytest.fixture(scope="module")
def known() -> frozenset[str]:
    """The URL of every record of a register."""
    return frozenset(str(payload["url"]) for payload in payloads())


def payloads(place: str = "*/*") -> Iterator[Payload]:
    for path in sorted(FIXTURES.glob(f"{place}/*.json")):
        if path.parts[-3] != "klantbeeld":
            yield json.loads(path.read_text("utf-8"))


def stories() -> dict[str, Payload]:
    return {path.stem: json.loads(path.read_text("utf-8")) for path in files()}


def files() -> list[Path]:
    return sorted(STORIES.glob("*.json"))


def texts(value: Json) -> Iterator[str]:
    """Every text in a payload, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts(item)


def under(value: Json, name: str) -> Iterator[str]:
    """What stands under a name, however deep; nothing for what is not filled in."""
    if isinstance(value, list):
        for item in value:
            yield from under(item, name)
    elif isinstance(value, dict):
        if value.get(name):
            yield str(value[name])
        for item in value.values():
            yield from under(item, name)


def by_klantcontact(rows: Rows, table: str) -> dict[Json, list[Payload]]:
    found: dict[Json, list[Payload]] = {row["id"]: [] for row in rows["klantcontacten"]}
    for row in rows[table]:
        found[row["klantcontact_id"]].append(row)
    return found


def moment(row: Payload) -> datetime:
    return datetime.fromisoformat(str(row["plaatsgevonden_op"]))


def newest_fifty(rows: Rows) -> list[Json]:
    """Whose page the benchmarks use."""
    (partij,) = (
        row["partij_id"]
        for row in rows["externe_identificaties"]
        if row.get("waarde") == BENCH_BSN
    )
    mine = [row for row in rows["betrokkenen"] if row.get("partij_id") == partij]
    assert len(mine) == 60
    return [row["klantcontact_id"] for row in sorted(mine, key=moment)[-50:]]


def parts_of_the_page(rows: Rows, table: str) -> list[Payload]:
    page = set(newest_fifty(rows))
    return [row for row in rows[table] if row["klantcontact_id"] in page]


def passes_elfproef(number: str) -> bool:
    weights = [9, 8, 7, 6, 5, 4, 3, 2, -1]
    total = sum(
        weight * int(digit) for weight, digit in zip(weights, number, strict=True)
    )
    return total % 11 == 0


def passes_mod_97(iban: str) -> bool:
    turned = iban[4:] + iban[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1


@pytest.mark.parametrize(
    ("place", "number"),
    [
        ("zaken/zaken", 40),
        ("zaken/statussen", 117),
        ("zaken/resultaten", 28),
        ("zaken/rollen", 73),
        ("catalogi/zaaktypen", 6),
        ("catalogi/statustypen", 20),
        ("catalogi/resultaattypen", 12),
        ("catalogi/informatieobjecttypen", 4),
        ("documenten/enkelvoudiginformatieobjecten", 60),
        ("objecten/objecttypes", 4),
        ("objecten/objects", 30),
    ],
)
def test_a_register_has_as_many_records(place: str, number: int) -> None:
    assert len(list(payloads(place))) == number


def test_ten_of_the_objects_are_klanttaken_in_both_forms_in_use() -> None:
    data = [
        cast("dict[str, Payload]", payload["record"])["data"]
        for payload in payloads("objecten/objects")
    ]
    assert sum("verwerker_taak_id" in each and "titel" in each for each in data) == 8
    assert sum("verwerker_taak_id" in each and "title" in each for each in data) == 2


def test_every_zaaktype_has_zaken() -> None:
    used = {payload["zaaktype"] for payload in payloads("zaken/zaken")}
    assert used == {payload["url"] for payload in payloads("catalogi/zaaktypen")}


@pytest.mark.parametrize(
    ("whom", "soort_partij", "identificaties"),
    [
        ("1001", "persoon", {"bsn"}),
        ("1009", "persoon", {"steuer_identifikationsnummer"}),
        ("1010", "persoon", {"kvk_nummer", "vestigingsnummer"}),
        ("1008", "persoon", set()),
        ("1019", "organisatie", {"vestigingsnummer"}),
        ("1024", "organisatie", {"ondernemingsnummer"}),
        ("1025", "organisatie", {"missienummer"}),
        ("1026", "contactpersoon", set()),
    ],
)
def test_all_kinds_of_partijen_are_there(
    whom: str, soort_partij: str, identificaties: set[str]
) -> None:
    (path,) = (FIXTURES / "klantbeeld" / "partijen").glob(f"{whom}-*.json")
    partij = json.loads(path.read_text())
    assert partij["soort_partij"] == soort_partij
    soorten = {each.get("soort") for each in partij["externe_identificaties"]}
    assert soorten - {None} == identificaties


def test_every_written_use_case_is_played_out() -> None:
    codes = {str(story["code"]) for story in stories().values()}
    assert codes >= {*WRITTEN_USE_CASES, *(f"toepassing-{nr}" for nr in range(1, 6))}
    variants = [name for name in stories() if name.startswith("C9167")]
    assert variants == ["C9167-bekend", "C9167-nieuw", "C9167-onbekend"]


def test_a_story_is_told_in_two_sentences() -> None:
    told = {
        name: len(re.findall(r"[.!?](?=\s|$)", str(story["verhaal"])))
        for name, story in stories().items()
    }
    assert {name: sentences for name, sentences in told.items() if sentences != 2} == {}


def test_an_anonymous_call_without_follow_up_leaves_no_klantcontact() -> None:
    assert stories()["toepassing-1-anoniem-telefoongesprek"]["klantcontacten"] == []


@pytest.mark.parametrize("table", ["betrokkenen", "klantcontact_actoren"])
def test_every_klantcontact_has_someone_at_both_ends(rows: Rows, table: str) -> None:
    assert all(by_klantcontact(rows, table).values())


def test_every_klantcontact_has_an_onderwerp(rows: Rows) -> None:
    assert all(by_klantcontact(rows, "onderwerpen").values())


def test_a_klantcontact_without_inhoud_is_a_call_that_failed(rows: Rows) -> None:
    parts = by_klantcontact(rows, "inhoudsdelen")
    assert [
        row["nummer"]
        for row in rows["klantcontacten"]
        if bool(parts[row["id"]]) != row["indicatie_contact_gelukt"]
    ] == []


def test_a_betrokkene_without_partij_is_followed_up_or_not_alone(rows: Rows) -> None:
    betrokkenen = by_klantcontact(rows, "betrokkenen")
    taken = by_klantcontact(rows, "interne_taken")
    onderwerpen = by_klantcontact(rows, "onderwerpen")
    alone = [
        key
        for key, involved in betrokkenen.items()
        if not any("partij_id" in each for each in involved)
        and not taken[key]
        and not any(each["vorm"] == "interne_taak" for each in onderwerpen[key])
    ]
    assert alone == []


def test_moments_have_a_zone_and_lie_in_the_past(rows: Rows) -> None:
    moments = [moment(row) for row in rows["klantcontacten"]]
    assert min(moments) >= datetime(2024, 1, 1, tzinfo=UTC)
    assert max(moments) < datetime(2026, 11, 1, tzinfo=UTC)
    assert len(set(moments)) >= 145


def test_a_follow_up_comes_after_what_it_follows(rows: Rows) -> None:
    moments = {row["id"]: moment(row) for row in rows["klantcontacten"]}
    cause = {row["id"]: row["klantcontact_id"] for row in rows["interne_taken"]}
    followed = [
        (moments[row["klantcontact_id"]], moments[earlier])
        for row in rows["onderwerpen"]
        if (
            earlier := row.get("onderwerp_klantcontact_id")
            or cause.get(row.get("interne_taak_id"))
        )
    ]
    assert len(followed) > 40
    assert all(later > earlier for later, earlier in followed)


def test_every_reference_resolves_but_those_broken_on_purpose(
    rows: Rows, known: frozenset[str]
) -> None:
    parts = (*rows["onderwerpen"], *rows["inhoudsdelen"])
    urls = {str(part["url"]) for part in parts if "url" in part}
    (deleted, unknown) = sorted(urls - known, reverse=True)
    assert deleted.startswith(f"{Addresses().base('zaken')}/zaken/")
    assert unknown.startswith("https://documenten.buurgemeente.example/")
    keys = {url.rpartition("/")[2] for url in known}
    assert [
        part["object_id"]
        for part in parts
        if "object_id" in part and str(part["object_id"]).rpartition("/")[2] not in keys
    ] == ["BD-2011-00417"]


def test_records_of_registers_refer_to_records_that_are_there(
    known: frozenset[str],
) -> None:
    kept = tuple({f"{url.rpartition('/')[0]}/" for url in known})
    # Of these there is nothing more to know than their address.
    beside = re.compile(r"/(versions/\d+|download\?versie=\d+)$")
    referred = {
        beside.sub("", text)
        for payload in payloads()
        for text in texts(payload)
        if text.startswith(kept)
    }
    assert referred - known == set()


def test_a_hoofdzaak_and_its_three_deelzaken_know_each_other() -> None:
    zaken = {str(zaak["url"]): zaak for zaak in payloads("zaken/zaken")}
    (hoofdzaak,) = (zaak for zaak in zaken.values() if zaak["deelzaken"])
    deelzaken = cast("list[str]", hoofdzaak["deelzaken"])
    assert len(deelzaken) == 3
    assert {zaken[url]["hoofdzaak"] for url in deelzaken} == {hoofdzaak["url"]}


def test_a_zaak_has_its_current_status_and_its_resultaat() -> None:
    current = {
        status["zaak"]: status["url"]
        for status in payloads("zaken/statussen")
        if status["indicatieLaatstGezetteStatus"]
    }
    resultaten = {each["zaak"]: each["url"] for each in payloads("zaken/resultaten")}
    for zaak in payloads("zaken/zaken"):
        assert zaak["status"] == current[zaak["url"]]
        assert zaak["resultaat"] == resultaten.get(zaak["url"])
        assert (zaak["einddatum"] is None) == (zaak["resultaat"] is None)


def test_numbers_of_persons_and_organisations_pass_the_elfproef(rows: Rows) -> None:
    numbers = {
        str(row["waarde"])
        for row in rows["externe_identificaties"]
        if row.get("soort") in {"bsn", "rsin"}
    }
    for name in ("inpBsn", "innNnpId", "bronorganisatie"):
        numbers.update(*(under(payload, name) for payload in payloads()))
    for payload in payloads("objecten/objects"):
        data = cast("dict[str, Payload]", payload["record"])["data"]
        identificatie = cast("Payload", data.get("identificatie", {}))
        if identificatie.get("type") == "bsn":
            numbers.add(str(identificatie["value"]))
    assert len(numbers) > 15
    assert {number for number in numbers if not passes_elfproef(number)} == set()


def test_every_iban_passes_its_check(rows: Rows) -> None:
    ibans = [str(row["iban"]) for row in rows["rekeningnummers"]]
    assert ibans
    assert [iban for iban in ibans if not passes_mod_97(iban)] == []


def test_nobody_can_be_mailed(rows: Rows) -> None:
    domains = {
        str(row["adres"]).rpartition("@")[2]
        for row in rows["digitale_adressen"]
        if row["soort"] == "email"
    }
    reserved = re.compile(r"(.+\.)?example(\.(nl|com))?")
    assert {domain for domain in domains if not reserved.fullmatch(domain)} == set()


@pytest.mark.parametrize(
    ("resource", "number"),
    [("zaken", 20), ("enkelvoudiginformatieobjecten", 50), ("objects", 25)],
)
def test_the_benchmarks_page_refers_to_as_many_records(
    rows: Rows, known: frozenset[str], resource: str, number: int
) -> None:
    parts = (
        *parts_of_the_page(rows, "onderwerpen"),
        *parts_of_the_page(rows, "inhoudsdelen"),
    )
    urls = {str(part["url"]) for part in parts if part.get("url") in known}
    found = {url for url in urls if f"/{resource}/" in url}
    assert len(found) == number


def test_the_benchmarks_page_has_zaken_of_five_zaaktypen(rows: Rows) -> None:
    zaaktypen = {zaak["url"]: zaak["zaaktype"] for zaak in payloads("zaken/zaken")}
    onderwerpen = parts_of_the_page(rows, "onderwerpen")
    urls = {part.get("url") for part in onderwerpen if part["vorm"] == "zaak"}
    assert len({zaaktypen[url] for url in urls if url in zaaktypen}) == 5


@pytest.mark.parametrize("table", VORMEN)
def test_the_benchmarks_page_has_every_form(rows: Rows, table: str) -> None:
    parts = parts_of_the_page(rows, table)
    assert {part["vorm"] for part in parts} == VORMEN[table]


@pytest.mark.parametrize("table", ["betrokkenen", "klantcontact_actoren"])
def test_the_benchmarks_page_has_one_or_two_at_both_ends(
    rows: Rows, table: str
) -> None:
    involved = by_klantcontact(rows, table)
    assert {len(involved[key]) for key in newest_fifty(rows)} == {1, 2}


@pytest.mark.anyio
async def test_the_municipality_is_loaded_whole(owner: AsyncEngine) -> None:
    async with owner.begin() as connection:
        counts = await load(connection, FIXTURES, Addresses().rewrite)
        stored = [
            await connection.scalar(
                select(func.count()).select_from(tables.metadata.tables[name])
            )
            for name in Counts.__struct_fields__
        ]
    assert counts == COUNTS
    assert stored == [*msgspec.structs.astuple(COUNTS)]


@pytest.mark.anyio
async def test_references_are_stored_with_their_real_addresses(
    owner: AsyncEngine,
) -> None:
    async with owner.begin() as connection:
        await load(connection, FIXTURES, ADDRESSES.rewrite)
        urls = [
            *await connection.scalars(select(tables.onderwerpen.c.url)),
            *await connection.scalars(select(tables.inhoudsdelen.c.url)),
            *await connection.scalars(select(tables.inhoudsdelen.c.object_id)),
        ]
    hosts = {url.split("/")[2] for url in urls if url and url.startswith("http")}
    loopback = {f"127.0.0.1:{port}" for port in (8101, 8102, 8103)}
    assert hosts == {*loopback, "documenten.buurgemeente.example"}


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("table", "values", "nummer"),
    [
        ("partijen", {"soort_partij": "persoon"}, 1031),
        (
            "klantcontacten",
            {"plaatsgevonden_op": datetime(2026, 1, 1, tzinfo=UTC)},
            5151,
        ),
    ],
)
async def test_new_numbers_follow_on_the_loaded_ones(
    owner: AsyncEngine, table: str, values: dict[str, object], nummer: int
) -> None:
    into = tables.metadata.tables[table]
    async with owner.begin() as connection:
        await load(connection, FIXTURES, Addresses().rewrite)
        given = await connection.scalar(
            insert(into).values(values).returning(into.c.nummer)
        )
    assert given == nummer


@pytest.mark.anyio
async def test_a_partij_prefers_one_of_its_own_addresses(
    owner: AsyncEngine, rows: Rows
) -> None:
    prefer = select(func.count(tables.partijen.c.voorkeurs_digitaal_adres_id))
    async with owner.begin() as connection:
        await load(connection, FIXTURES, Addresses().rewrite)
        stored = await connection.scalar(prefer)
    wanted = [row for row in rows["partijen"] if "voorkeurs_digitaal_adres_id" in row]
    assert stored == len(wanted) > 20
