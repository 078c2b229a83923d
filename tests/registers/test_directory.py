from uuid import UUID

import pytest

from gateway.errors import InvalidSettings
from gateway.identificator import Identificator
from gateway.registers.directory import Directory, Place
from tests.registers.builders import (
    CATALOGI,
    DOCUMENTEN,
    OBJECTEN,
    ZAKEN,
    a_register,
    uuid,
)

UUID_1 = uuid(1)
ZAAK = f"{ZAKEN}/zaken/{UUID_1}"

DIRECTORY = Directory(
    [
        a_register("zaken", aliases=("OpenZaak", "open-zaak")),
        a_register("catalogi"),
        a_register("documenten", aliases=("openzaak",)),
        a_register("objecten", aliases=("obj",)),
        a_register("zaken", name="vth", base_url=f"{ZAKEN}/vth", aliases=("vth",)),
        a_register("zaken", name="proef", base_url="http://127.0.0.1:8111/zaken"),
    ]
)


@pytest.mark.parametrize(
    ("case", "url", "owner"),
    [
        ("a record", ZAAK, "zaken"),
        ("the base itself", ZAKEN, "zaken"),
        ("another path on that host", f"{CATALOGI}/zaaktypen/{UUID_1}", "catalogi"),
        ("the longest base", f"{ZAKEN}/vth/zaken/{UUID_1}", "vth"),
        ("half a segment more", f"{ZAKEN}/vthx/zaken/{UUID_1}", "zaken"),
        ("upper case host", ZAAK.replace("zaken.voor", "ZAKEN.Voor"), "zaken"),
        ("upper case scheme", ZAAK.replace("https", "HTTPS"), "zaken"),
        ("the default port", ZAAK.replace(".example", ".example:443"), "zaken"),
        ("its own port", f"http://127.0.0.1:8111/zaken/zaken/{UUID_1}", "proef"),
    ],
)
def test_a_register_owns_what_is_below_its_base(
    case: str, url: str, owner: str
) -> None:
    found = DIRECTORY.owner(url)
    assert found is not None, case
    assert found.name == owner, case


@pytest.mark.parametrize(
    ("case", "url"),
    [
        ("empty", ""),
        ("no URL", "geen-url"),
        ("only a path", f"/zaken/api/v1/zaken/{UUID_1}"),
        ("no scheme", f"//zaken.voorbeeldstad.example/zaken/api/v1/zaken/{UUID_1}"),
        ("another scheme", ZAAK.replace("https", "http")),
        ("ftp", ZAAK.replace("https", "ftp")),
        ("a longer host", ZAAK.replace(".example", ".example.evil")),
        ("a shorter host", ZAAK.replace("zaken.voor", "voor")),
        ("a host that ends the same", ZAAK.replace("//zaken", "//evilzaken")),
        ("a trailing dot", ZAAK.replace(".example", ".example.")),
        ("another port", ZAAK.replace(".example", ".example:8443")),
        ("an empty port", ZAAK.replace(".example", ".example:")),
        ("a port of words", ZAAK.replace(".example", ".example:https")),
        ("an impossible port", ZAAK.replace(".example", ".example:65979")),
        ("the other scheme's port", ZAAK.replace(".example", ".example:80")),
        ("a user", ZAAK.replace("//", "//jan@")),
        ("a user and password", ZAAK.replace("//", "//jan:geheim@")),
        ("ours as user", ZAAK.replace("/zaken/api", "@evil.example/zaken/api", 1)),
        ("a longer version", ZAAK.replace("/v1", "/v10")),
        ("another version", ZAAK.replace("/v1", "/v2")),
        ("upper case path", ZAAK.replace("/zaken/api", "/Zaken/api")),
        ("path above the base", "https://zaken.voorbeeldstad.example/zaken/api"),
        ("a dot-dot segment", f"{ZAKEN}/../v1/zaken/{UUID_1}"),
        ("a dot-dot out of the base", f"{ZAKEN}/../../../x/{UUID_1}"),
        ("a dot segment", f"{ZAKEN}/./zaken/{UUID_1}"),
        ("an encoded slash", f"{ZAKEN}%2Fzaken/{UUID_1}"),
        ("encoded dots", f"{ZAKEN}/%2e%2e/v1/zaken/{UUID_1}"),
        ("an encoded letter", f"{ZAKEN}/%7Aaken/{UUID_1}"),
        ("an empty segment", f"{ZAKEN}//zaken/{UUID_1}"),
        ("a trailing slash", f"{ZAAK}/"),
        ("a backslash", f"{ZAKEN}\\zaken\\{UUID_1}"),
        ("a backslash host", ZAAK.replace("//zaken", "//evil.example\\@zaken")),
        ("a query", f"{ZAAK}?expand=status"),
        ("an empty query", f"{ZAAK}?"),
        ("a fragment", f"{ZAAK}#rollen"),
        ("a space", f"{ZAAK} "),
        ("a leading space", f" {ZAAK}"),
        ("a new line", f"{ZAAK}\n"),
        ("a new line inside", ZAAK.replace("/v1", "/v1\r\nHost: evil.example")),
        ("a tab", ZAAK.replace("/v1", "/\tv1")),
        ("a null", f"{ZAAK}\0"),
        ("a full-width full stop", ZAAK.replace(".example", "\uff0eexample")),
        ("a look-alike letter", ZAAK.replace("voorbeeld", "v\u043eorbeeld")),
        ("a path with an accent", f"{ZAKEN}/zak\u00e9n/{UUID_1}"),
    ],
)
def test_nobody_owns(case: str, url: str) -> None:
    assert DIRECTORY.owner(url) is None, case
    assert DIRECTORY.place(url, "zaken", "zaken") is None, case


def test_the_registers_of_a_kind_stand_in_the_order_of_the_settings() -> None:
    names = [register.name for register in DIRECTORY.of_kind("zaken")]
    assert names == ["zaken", "vth", "proef"]


def test_an_ipv6_address_is_compared_as_written() -> None:
    directory = Directory([a_register(base_url="http://[::1]:8111/zaken")])
    url = f"http://[::1]:8111/zaken/zaken/{UUID_1}"
    assert directory.place(url, "zaken", "zaken") == Place("zaken", UUID(UUID_1), url)
    assert directory.owner(url.replace("::1", "::2")) is None


@pytest.mark.parametrize("name", [UUID_1, UUID_1.upper()])
def test_a_place_is_a_register_and_a_uuid(name: str) -> None:
    place = DIRECTORY.place(f"{ZAKEN}/zaken/{name}", "zaken", "zaken")
    assert place == Place("zaken", UUID(UUID_1), f"{ZAKEN}/zaken/{UUID_1}")


@pytest.mark.parametrize(
    ("case", "url"),
    [
        ("another resource", f"{ZAKEN}/statussen/{UUID_1}"),
        ("a register of another kind", f"{CATALOGI}/zaken/{UUID_1}"),
        ("no uuid", f"{ZAKEN}/zaken/nope"),
        ("a uuid without hyphens", f"{ZAKEN}/zaken/{UUID_1.replace('-', '')}"),
        ("a uuid in braces", f"{ZAKEN}/zaken/{{{UUID_1}}}"),
        ("the list", f"{ZAKEN}/zaken"),
        ("the base", ZAKEN),
        ("something below the record", f"{ZAAK}/besluiten"),
        ("a longer path", f"{ZAKEN}/x/zaken/{UUID_1}"),
        ("_zoek", f"{ZAKEN}/zaken/_zoek"),
    ],
)
def test_what_is_no_record_of_the_resource_has_no_place(case: str, url: str) -> None:
    assert DIRECTORY.place(url, "zaken", "zaken") is None, case


@pytest.mark.parametrize(
    ("case", "parts", "url"),
    [
        ("KISS", ("openzaak", "zgw-Zaak", "uuid", UUID_1), ZAAK),
        ("Open Klant", ("open-zaak", "zaak", "uuid", UUID_1), ZAAK),
        ("any case", ("OPEN-ZAAK", "ZAAK", "UUID", UUID_1.upper()), ZAAK),
        ("unknown objecttype", ("openzaak", "12", "uuid", UUID_1), ZAAK),
        (
            "second of a kind",
            ("vth", "zaak", "uuid", UUID_1),
            f"{ZAKEN}/vth/zaken/{UUID_1}",
        ),
        ("a URL", ("openzaak", "zaak", "url", ZAAK), ZAAK),
        (
            "a URL in another form",
            ("openzaak", "zaak", "URL", ZAAK.replace(".example", ".EXAMPLE:443")),
            ZAAK,
        ),
    ],
)
def test_a_reference_of_four_parts_has_a_url(
    case: str, parts: tuple[str, str, str, str], url: str
) -> None:
    found = DIRECTORY.url_of(Identificator(*parts), "zaken", "zaken")
    assert found == url, case


@pytest.mark.parametrize(
    ("case", "parts"),
    [
        ("unknown register", ("corsa", "zaak", "uuid", UUID_1)),
        ("a register of another kind", ("obj", "zaak", "uuid", UUID_1)),
        ("unknown kind of id", ("openzaak", "zaak", "identificatie", "ZAAK-1")),
        ("no uuid", ("openzaak", "zaak", "uuid", "1")),
        ("a path for a uuid", ("openzaak", "zaak", "uuid", f"../zaken/{UUID_1}")),
        ("an objecttype of another resource", ("openzaak", "document", "uuid", UUID_1)),
        ("a URL nobody owns", ("openzaak", "zaak", "url", "https://evil.example/x")),
        (
            "a URL of another register than it names",
            ("openzaak", "zaak", "url", f"{ZAKEN}/vth/zaken/{UUID_1}"),
        ),
    ],
)
def test_a_reference_that_means_nothing_here_has_no_url(
    case: str, parts: tuple[str, str, str, str]
) -> None:
    assert DIRECTORY.url_of(Identificator(*parts), "zaken", "zaken") is None, case


@pytest.mark.parametrize("objecttype", ["informatieobject", "Document"])
def test_a_document_is_found_by_its_own_register(objecttype: str) -> None:
    identificator = Identificator("openzaak", objecttype, "uuid", UUID_1)
    resource = "enkelvoudiginformatieobjecten"
    url = f"{DOCUMENTEN}/{resource}/{UUID_1}"
    assert DIRECTORY.url_of(identificator, "documenten", resource) == url


@pytest.mark.parametrize("objecttype", ["klanttaak", "object", "boom"])
def test_an_object_is_found_by_its_own_register(objecttype: str) -> None:
    identificator = Identificator("OBJ", objecttype, "uuid", UUID_1)
    url = f"{OBJECTEN}/objects/{UUID_1}"
    assert DIRECTORY.url_of(identificator, "objecten", "objects") == url


def test_settings_that_leave_an_owner_in_doubt_are_refused_all_at_once() -> None:
    registers = [
        a_register("zaken", aliases=("openzaak",)),
        a_register(
            "zaken",
            name="tweede",
            base_url=ZAKEN.replace(".example", ".EXAMPLE:443"),
            aliases=("OpenZaak",),
        ),
        a_register("catalogi", base_url="https://catalogi.example/%2e%2e"),
    ]
    with pytest.raises(InvalidSettings) as refused:
        Directory(registers)
    assert refused.value.problems == (
        "registers: base_url of tweede is that of zaken",
        "registers: alias OpenZaak means both zaken and tweede",
        "registers: base_url of catalogi has parts that are never followed",
    )


def test_an_alias_may_mean_registers_of_several_kinds_and_stand_twice() -> None:
    Directory(
        [
            a_register("zaken", aliases=("openzaak", "OpenZaak")),
            a_register("documenten", aliases=("openzaak",)),
        ]
    )


def test_a_register_may_have_other_addresses_and_is_asked_at_its_own() -> None:
    inside = "http://openzaak.svc:8000/zaken/api/v1"
    directory = Directory([a_register(base_url=inside, other_urls=(ZAKEN,))])
    place = Place("zaken", UUID(UUID_1), f"{inside}/zaken/{UUID_1}")
    for url in (f"{ZAKEN}/zaken/{UUID_1}", f"{inside}/zaken/{UUID_1}"):
        assert directory.place(url, "zaken", "zaken") == place
        assert directory.any_place(url) == place
    assert [each.name for each in directory.of_kind("zaken")] == ["zaken"]


@pytest.mark.parametrize(
    ("other", "problem"),
    [
        (ZAKEN, "registers: an other_urls of tweede is that of zaken"),
        (
            "https://x.example/a%2Fb",
            "registers: an other_urls of tweede has parts that are never followed",
        ),
    ],
)
def test_an_other_address_is_of_one_register_and_followed(
    other: str, problem: str
) -> None:
    tweede = a_register(
        name="tweede", base_url="https://x.example", other_urls=(other,)
    )
    with pytest.raises(InvalidSettings) as invalid:
        Directory([a_register(), tweede])
    assert invalid.value.problems == (problem,)
