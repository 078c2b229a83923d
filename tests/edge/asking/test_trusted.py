"""Manifests as tools write them, and requests as their clients send them."""

import json
from hashlib import md5, sha1, sha256
from pathlib import Path

import msgspec
import pytest

from gateway.edge.asking.trusted import TrustedDocuments
from gateway.errors import BadInput, Forbidden, GatewayError, InvalidSettings

IK = "query Ik {\n  ik {\n    niveau\n  }\n}"
NAAM = "query Naam { ik { naam } }"
OTHER = "{ __typename }"

MD5 = md5(IK.encode(), usedforsecurity=False).hexdigest()
SHA1 = sha1(IK.encode(), usedforsecurity=False).hexdigest()

SYNTAX = "Syntax Error: Expected Name, found <EOF>."


class Asked(msgspec.Struct, kw_only=True):
    query: str | None = None
    document_id: str | None = None
    doc_id: str | None = None
    id: str | None = None
    extensions: dict[str, object] | None = None


def persisted(name: object) -> Asked:
    return Asked(extensions={"persistedQuery": {"version": 1, "sha256Hash": name}})


def hashed(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def apollo(*operations: object) -> dict[str, object]:
    return {
        "format": "apollo-persisted-query-manifest",
        "version": 1,
        "operations": operations,
    }


def operation(name: str, body: str) -> dict[str, str]:
    return {"id": name, "name": "Ik", "type": "query", "body": body}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "manifest.json"


def load(path: Path, manifest: object, *, required: bool = False) -> TrustedDocuments:
    path.write_text(json.dumps(manifest))
    return TrustedDocuments.load(path, required=required)


@pytest.mark.parametrize(
    "manifest",
    [
        apollo(operation(hashed(IK), IK), operation(hashed(NAAM), NAAM)),
        {hashed(IK): IK, hashed(NAAM): NAAM},
        {f"sha256:{hashed(IK)}": IK, f"sha256:{hashed(NAAM)}": NAAM},
        {MD5: IK, "x-app:naam": NAAM},
        {SHA1: IK, "naam": NAAM},
    ],
    ids=["apollo", "codegen", "prefixed", "relay", "sha1"],
)
def test_every_document_is_known_by_its_hash(path: Path, manifest: object) -> None:
    documents = load(path, manifest, required=True)
    for text in (IK, NAAM):
        assert documents.document(persisted(hashed(text))) == text
        assert documents.document(Asked(document_id=f"sha256:{hashed(text)}")) == text


def test_a_document_is_known_by_the_name_in_the_manifest(path: Path) -> None:
    documents = load(path, {MD5: IK, "naam": NAAM})
    assert documents.document(Asked(doc_id=MD5)) == IK
    assert documents.document(Asked(id=MD5)) == IK
    assert documents.document(Asked(document_id="naam", doc_id=MD5)) == NAAM


def test_where_others_are_not_refused_any_text_is_asked(path: Path) -> None:
    documents = load(path, {"ik": IK})
    assert documents.document(Asked(query=OTHER)) == OTHER
    asked = persisted(hashed(OTHER))
    asked.query = OTHER
    assert documents.document(asked) == OTHER
    assert TrustedDocuments.load(None).document(asked) == OTHER


def test_where_others_are_refused_a_trusted_text_is_as_good_as_its_name(
    path: Path,
) -> None:
    documents = load(path, {"ik": IK}, required=True)
    assert documents.document(Asked(query=IK)) == IK
    assert documents.document(Asked(query=IK, document_id="ik")) == IK
    with pytest.raises(Forbidden) as refused:
        documents.document(Asked(query=IK + " "))
    assert str(refused.value) == "query: only trusted documents are answered here"


@pytest.mark.parametrize(
    ("asked", "message", "argument"),
    [
        (Asked(), "query: must be there", "query"),
        (
            Asked(document_id="nee"),
            "documentId: is not the name of a trusted document",
            "documentId",
        ),
        (
            Asked(doc_id="nee"),
            "doc_id: is not the name of a trusted document",
            "doc_id",
        ),
        (Asked(id="nee"), "id: is not the name of a trusted document", "id"),
        (
            persisted("nee"),
            "PersistedQueryNotFound",
            "extensions.persistedQuery.sha256Hash",
        ),
        (persisted(3), "query: must be there", "query"),
        (
            Asked(document_id="ik", query=OTHER),
            "documentId: is the name of another document than query holds",
            "documentId",
        ),
    ],
)
def test_what_cannot_be_found_is_told(
    path: Path, asked: Asked, message: str, argument: str
) -> None:
    with pytest.raises(BadInput) as refused:
        load(path, {"ik": IK}).document(asked)
    assert str(refused.value) == message
    assert refused.value.extensions == {"code": "BAD_INPUT", "argument": argument}


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (persisted(hashed(IK)), "PersistedQueryNotSupported"),
        (Asked(document_id="ik"), "documentId: there are no trusted documents here"),
    ],
)
def test_without_a_manifest_no_name_is_known(asked: Asked, message: str) -> None:
    with pytest.raises(GatewayError) as refused:
        TrustedDocuments.load(None).document(asked)
    assert str(refused.value) == message


@pytest.mark.parametrize(
    ("manifest", "problems"),
    [
        ([], ["must be a JSON object"]),
        ({}, ["holds no document"]),
        (apollo(), ["holds no document"]),
        (
            apollo() | {"version": 2},
            ["must have the format apollo-persisted-query-manifest, version 1"],
        ),
        (apollo() | {"operations": {}}, ["operations must be a list"]),
        (
            apollo("ik", {"id": "ik"}, operation("", IK), operation("ik", "{")),
            [
                "operations[0]: must have an id and a text",
                "operations[1]: must have an id and a text",
                "operations[2]: must have an id and a text",
                f"operations[3]: is not a document: {SYNTAX}",
            ],
        ),
        (
            apollo(operation("a", IK), operation("a", IK), operation("a", NAAM)),
            ["operations[2]: has the id of another document"],
        ),
        (
            {f"sha256:{'0' * 64}": IK, "b": 3},
            [
                f"document sha256:{'0' * 64}: is not the SHA-256 of its text",
                "document b: must have an id and a text",
            ],
        ),
    ],
)
def test_all_that_is_wrong_with_a_manifest_is_told(
    path: Path, manifest: object, problems: list[str]
) -> None:
    with pytest.raises(InvalidSettings) as refused:
        load(path, manifest)
    assert list(refused.value.problems) == [
        f"limits.trusted_documents: {each}" for each in problems
    ]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (None, "cannot be read: No such file or directory"),
        (b"{", "is not JSON"),
        (b"\xff", "is not JSON"),
        (b"[" * 100_000, "is not JSON"),
    ],
)
def test_a_manifest_that_cannot_be_read_is_told(
    path: Path, content: bytes | None, problem: str
) -> None:
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InvalidSettings) as refused:
        TrustedDocuments.load(path)
    assert refused.value.problems == (f"limits.trusted_documents: {path} {problem}",)
