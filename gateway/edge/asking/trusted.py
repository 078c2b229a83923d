"""Trusted documents: those that a client's tools have written down when it was built.

What tools write, and how clients then ask, by a name instead of a text:

- Apollo's `generate-persisted-query-manifest` (also Apollo's tools for Kotlin and iOS)
  writes `{"format": "apollo-persisted-query-manifest", "version": 1, "operations":
  [{"id", "name", "type", "body"}]}`; its client sends the id as
  `extensions.persistedQuery.sha256Hash`.
- GraphQL Code Generator's client preset (`persisted-documents.json`, SHA-1 or SHA-256)
  and Relay (`persistConfig.file`, MD5, SHA-1 or SHA-256) write `{hash: body}`; Relay
  sends the hash as `doc_id`, older examples of it as `id`.
- GraphQL over HTTP, appendix A (persisted documents): `documentId`, which may be
  `sha256:` and the hash of the text.
"""

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from graphql import GraphQLError, parse

from gateway.errors import BadInput, Forbidden, InvalidSettings

_SETTING = "limits.trusted_documents"
_APOLLO = "apollo-persisted-query-manifest"
_SHA256 = "sha256:"
_PERSISTED = "extensions.persistedQuery.sha256Hash"


class Asked(Protocol):
    """What a request says of its document."""

    @property
    def query(self) -> str | None:
        """Its text."""

    @property
    def document_id(self) -> str | None:
        """Its name, by GraphQL over HTTP."""

    @property
    def doc_id(self) -> str | None:
        """Its name, by Relay."""

    @property
    def id(self) -> str | None:
        """Its name, by Relay formerly."""

    @property
    def extensions(self) -> Mapping[str, object] | None:
        """Where Apollo's name of it stands."""


class UnknownDocument(BadInput):
    """It is asked for by a name that nothing has.

    The message is what Apollo's client looks at, to send the text instead. Source:
    Apollo Client, createPersistedQueryLink.
    """

    def __init__(self, argument: str, rule: str, message: str) -> None:
        """Say which name, and what holds for it."""
        super().__init__(argument, rule)
        if argument == _PERSISTED:
            self.args = (message,)


class TrustedDocuments:
    """Says which document a request asks for."""

    def __init__(self, texts: Mapping[str, str], *, required: bool = False) -> None:
        """Take them.

        Args:
            texts: by the names in the manifest; each is known by its hash as well.
            required: whether other documents are refused.
        """
        by_hash = {sha256(text.encode()).hexdigest(): text for text in texts.values()}
        self._texts = {**by_hash, **texts}
        self._trusted = frozenset(texts.values())
        self._required = required

    @classmethod
    def load(cls, path: Path | None, *, required: bool = False) -> "TrustedDocuments":
        """Read a manifest; without one there are none.

        Raises:
            InvalidSettings: with all that is wrong with it.
        """
        if path is None:
            return cls({}, required=required)
        try:
            manifest = json.loads(path.read_text("utf-8"))
        except OSError as error:
            problem = f"{_SETTING}: {path} cannot be read: {error.strerror}"
            raise InvalidSettings([problem]) from None
        except (ValueError, RecursionError):
            raise InvalidSettings([f"{_SETTING}: {path} is not JSON"]) from None
        texts: dict[str, str] = {}
        problems = [f"{_SETTING}: {each}" for each in _read(manifest, texts)]
        if problems:
            raise InvalidSettings(problems)
        return cls(texts, required=required)

    def document(self, asked: Asked) -> str:
        """Give the text of the document that is asked for.

        Raises:
            BadInput: there is none, or its name is not that of a trusted document, or
                of another than the text that is given.
            Forbidden: the text is not trusted, and others are refused.
        """
        argument, name = _named(asked)
        text = asked.query
        known = None if name is None else self._known(name)
        if text is None:
            return self._by_name(argument, name, known)
        if known is not None and known != text:
            raise BadInput(argument, "is the name of another document than query holds")
        if self._required and text not in self._trusted:
            raise Forbidden(
                "query: only trusted documents are answered here", needs="documentId"
            )
        return text

    def _known(self, name: str) -> str | None:
        return self._texts.get(name) or self._texts.get(name.removeprefix(_SHA256))

    def _by_name(self, argument: str, name: str | None, known: str | None) -> str:
        if name is None:
            raise BadInput("query", "must be there")
        if known is not None:
            return known
        if not self._trusted:
            rule = "there are no trusted documents here"
            raise UnknownDocument(argument, rule, "PersistedQueryNotSupported")
        rule = "is not the name of a trusted document"
        raise UnknownDocument(argument, rule, "PersistedQueryNotFound")


def _named(asked: Asked) -> tuple[str, str | None]:
    """Say which document is named, and where; the first that is."""
    for argument, name in (
        ("documentId", asked.document_id),
        ("doc_id", asked.doc_id),
        ("id", asked.id),
    ):
        if name is not None:
            return argument, name
    persisted = (asked.extensions or {}).get("persistedQuery")
    hashed = persisted.get("sha256Hash") if isinstance(persisted, dict) else None
    return _PERSISTED, hashed if isinstance(hashed, str) else None


def _read(manifest: object, texts: dict[str, str]) -> Iterator[str]:
    """Read a manifest into `texts`, and say what is wrong with it."""
    try:
        entries = _entries(manifest)
    except _UnknownFormat as error:
        yield str(error)
        return
    if not entries:
        yield "holds no document"
    for place, name, text in entries:
        if not (isinstance(name, str) and name and isinstance(text, str)):
            yield f"{place}: must have an id and a text"
        elif texts.setdefault(name, text) != text:
            yield f"{place}: has the id of another document"
        else:
            yield from (f"{place}: {problem}" for problem in _problems(name, text))


class _UnknownFormat(Exception):
    """It is in none of the formats that are read."""


def _entries(manifest: object) -> list[tuple[str, object, object]]:
    """Give the place of each document in the manifest, its name and its text."""
    if not isinstance(manifest, dict):
        raise _UnknownFormat("must be a JSON object")
    if "operations" not in manifest:
        return [(f"document {name}", name, text) for name, text in manifest.items()]
    if (manifest.get("format"), manifest.get("version")) != (_APOLLO, 1):
        raise _UnknownFormat(f"must have the format {_APOLLO}, version 1")
    if not isinstance(manifest["operations"], list):
        raise _UnknownFormat("operations must be a list")
    operations = [
        each if isinstance(each, dict) else {} for each in manifest["operations"]
    ]
    return [
        (f"operations[{index}]", each.get("id"), each.get("body"))
        for index, each in enumerate(operations)
    ]


def _problems(name: str, text: str) -> Iterator[str]:
    if name.startswith(_SHA256) and name != _SHA256 + sha256(text.encode()).hexdigest():
        yield "is not the SHA-256 of its text"
    try:
        parse(text)
    except GraphQLError as error:
        yield f"is not a document: {error.message}"
