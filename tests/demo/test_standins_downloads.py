"""The content of documents and their versions, as Open Zaak behind nginx has them."""

import socket
import threading
import time
from pathlib import Path

import pytest
import uvicorn

from gateway.demo.standins.documenten import create_documenten
from tests.demo.standins import ADDRESSES, ZGW, Client, clock, write_fixtures
from tests.registers.builders import uuid

pytestmark = pytest.mark.anyio

EIO = f"/enkelvoudiginformatieobjecten/{uuid(1)}"
OCTETS = "application/octet-stream"
# The last version is the second.
CONTENT = "DOCUMENT-2026-0000000001, versie 2\n"


async def test_content_is_octets_whatever_the_document_says(documenten: Client) -> None:
    answer = await documenten("GET", f"{EIO}/download")
    assert (answer.status, answer.text) == (200, CONTENT)
    assert answer.headers["Content-Type"] == OCTETS
    assert answer.headers["Content-Length"] == str(len(CONTENT))
    assert answer.headers["Content-Disposition"].endswith('.bin"')
    assert "tekening.pdf" not in answer.headers["Content-Disposition"]
    assert "API-version" not in answer.headers


async def test_a_head_of_content_has_its_headers_only(documenten: Client) -> None:
    get = await documenten("GET", f"{EIO}/download")
    head = await documenten("HEAD", f"{EIO}/download")
    assert (head.status, head.text) == (200, "")
    assert dict(head.headers) == dict(get.headers)


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        (EIO, {}, 403),
        (f"/enkelvoudiginformatieobjecten/{uuid(99)}", ZGW, 404),
        (EIO, {**ZGW, "Accept": "application/json"}, 406),
        (EIO, {**ZGW, "Accept": "text/plain"}, 406),
        ("/enkelvoudiginformatieobjecten/nope", ZGW, 500),
    ],
)
async def test_an_error_on_content_is_its_media_type_in_words(
    documenten: Client, path: str, headers: dict[str, str], status: int
) -> None:
    answer = await documenten("GET", f"{path}/download", headers=headers)
    assert (answer.status, answer.text) == (status, OCTETS)


@pytest.mark.parametrize(
    ("asked", "status", "part", "said"),
    [
        ("bytes=0-3", 206, "DOCU", "bytes 0-3/35"),
        ("bytes=33-", 206, "2\n", "bytes 33-34/35"),
        ("bytes=33-99", 206, "2\n", "bytes 33-34/35"),
        ("bytes=35-", 416, "", "bytes */35"),
    ],
)
async def test_a_range_is_given(
    documenten: Client, asked: str, status: int, part: str, said: str
) -> None:
    headers = {**ZGW, "Range": asked}
    answer = await documenten("GET", f"{EIO}/download", headers=headers)
    assert (answer.status, answer.text) == (status, part)
    assert answer.headers["Content-Range"] == said


async def test_content_that_is_known_is_not_sent_again(documenten: Client) -> None:
    etag = (await documenten("GET", f"{EIO}/download")).headers["ETag"]
    headers = {**ZGW, "If-None-Match": etag}
    again = await documenten("GET", f"{EIO}/download", headers=headers)
    assert (again.status, again.text) == (304, "")


@pytest.mark.parametrize(
    ("query", "status", "versie"),
    [
        ("", 200, "2"),
        ("?versie=2", 200, "2"),
        ("?versie=1", 200, "1"),
        ("?versie=3", 404, ""),
        ("?versie=0", 404, ""),
        ("?versie=x", 404, ""),
        ("?registratieOp=2026-03-02T09:31:00Z", 200, "2"),
        ("?registratieOp=2026-03-02T10:30:00+01:00", 404, ""),
    ],
)
async def test_a_version_can_be_chosen(
    documenten: Client, query: str, status: int, versie: str
) -> None:
    record = await documenten("GET", f"{EIO}{query}")
    content = await documenten("GET", f"{EIO}/download{query}")
    assert (record.status, content.status) == (status, status)
    assert str(record.body.get("versie", "")) == versie
    assert content.text.partition("versie ")[2].strip() == versie


@pytest.mark.parametrize("moment", ["gisteren", "2026-03-02T09:31:00"])
async def test_a_moment_that_is_none_is_refused(
    documenten: Client, moment: str
) -> None:
    assert (await documenten("GET", f"{EIO}?registratieOp={moment}")).status == 400


async def test_all_versions_have_one_etag(documenten: Client) -> None:
    first = await documenten("GET", f"{EIO}?versie=1")
    last = await documenten("GET", EIO)
    assert first.headers["ETag"] == last.headers["ETag"]
    assert first.body["inhoud"] == f"{documenten.base}{EIO}/download?versie=1"
    assert last.body["inhoud"] == f"{documenten.base}{EIO}/download"


async def test_a_lock_does_not_change_the_etag(
    documenten: Client, tmp_path: Path
) -> None:
    file = write_fixtures(tmp_path) / f"documenten{EIO}.json"
    file.write_text(file.read_text().replace('"locked": false', '"locked": true'))
    standin = create_documenten(tmp_path, ADDRESSES, clock=clock)
    free = await documenten("GET", EIO)
    locked = await Client(standin, documenten.base, ZGW)("GET", EIO)
    assert [free.body["locked"], locked.body["locked"]] == [False, True]
    assert locked.headers["ETag"] == free.headers["ETag"]


async def test_without_content_it_says_nothing_and_claims_its_media_type(
    documenten: Client,
) -> None:
    without = f"/enkelvoudiginformatieobjecten/{uuid(3)}"
    assert (await documenten("GET", f"{without}?versie=1")).body["inhoud"] is None
    answer = await documenten("GET", f"{without}/download")
    assert (answer.status, answer.text) == (204, "")
    assert answer.headers["Content-Length"] == "24"


def test_that_claim_goes_over_a_socket_without_a_body(documenten: Client) -> None:
    # h11, which uvicorn takes unless httptools is installed: that one refuses the claim.
    config = uvicorn.Config(documenten.standin, http="h11", lifespan="off")
    server = uvicorn.Server(config)
    path = f"/documenten/api/v1/enkelvoudiginformatieobjecten/{uuid(3)}/download"
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.005)  # uvicorn has no event for "started"
        with socket.create_connection(listening.getsockname()) as client:
            client.sendall(
                f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                f"Authorization: {ZGW['Authorization']}\r\n\r\n".encode()
            )
            answer = b"".join(iter(lambda: client.recv(65_536), b""))
        server.should_exit = True
        thread.join()
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 204")
    assert b"content-length: 24" in head
    assert body == b""
