"""Questions asked by GET, which stand in an address as a whole.

Addresses are logged, by proxies and by browsers, so that they may say nothing of
anybody (NL API Design Rules 2.1, /core/transport/no-sensitive-uris). What may be asked
so is what names nobody: the graph itself, references, and what the token says already.
Everything else is asked by POST.
"""

from collections.abc import Sequence
from types import MappingProxyType
from typing import cast
from urllib.parse import parse_qsl

import msgspec
from graphql import (
    ArgumentNode,
    BooleanValueNode,
    DirectiveNode,
    DocumentNode,
    FieldNode,
    GraphQLError,
    Node,
    NullValueNode,
    OperationDefinitionNode,
    OperationType,
    Visitor,
    get_operation_ast,
    parse,
    visit,
)
from starlette.requests import Request

from gateway.edge.asking.parameters import Parameters
from gateway.edge.errors import without_values
from gateway.edge.refusals import Refused

METHODS = frozenset({"GET", "HEAD"})
"""HEAD asks what GET asks, and the server leaves the answer's body out: RFC 9110, 9.3.2."""

LONGEST = 8_000
"""Bytes; what RFC 9110, 4.1 has every recipient support."""

_NAMES = ("query", "documentId", "variables", "operationName", "extensions")
# Apollo's client names a document in its extensions.
_ASKING = frozenset({"query", "documentId", "extensions"})
_POST = MappingProxyType({"Allow": "POST"})
_PAGING = frozenset({"first", "last"})  # a cursor holds a moment and an id
_CONDITIONS = frozenset({"include", "skip"})


def asks(request: Request) -> bool:
    """Whether there is a question in the address.

    Raises:
        Refused: 414, it is too long to look.
    """
    return bool(_ASKING & _given(request).keys())


def parameters(request: Request) -> Parameters:
    """Read a question.

    Raises:
        Refused: 400 with what cannot be read, 414 when it is too long.
    """
    given = _given(request)
    if not _ASKING & given.keys():
        raise Refused(400, "query: must be there")
    return Parameters(
        query=given.get("query"),
        document_id=given.get("documentId"),
        variables=_map("variables", given),
        operation_name=given.get("operationName"),
        extensions=_map("extensions", given),
    )


def check(text: str, given: Parameters, *, most_tokens: int | None = None) -> None:
    """See to it that a question changes nothing, and says nothing of anybody.

    Looks at all of it: all of it may stand in the address, what is not executed too.

    Args:
        text: of its document.
        given: the other parameters.
        most_tokens: of a document that is executed; a longer one is not looked at.

    Raises:
        Refused: 400 for variables that mean nothing, 405 for what must be asked by
            POST.
    """
    try:
        document = parse(text, no_location=True, max_tokens=most_tokens)
    except GraphQLError:
        return  # it is told what is wrong with it where documents are parsed
    operation = get_operation_ast(document, given.operation_name)
    if operation is not None and operation.operation is OperationType.MUTATION:
        raise Refused(405, "a mutation is asked by POST", headers=_POST)
    _check_arguments(document)
    if (given.variables or {}).keys() - _declared(document):
        message = "variables: must be declared in the document; addresses are logged"
        raise Refused(400, message)


def _declared(document: DocumentNode) -> set[str]:
    return {
        each.variable.name.value
        for definition in document.definitions
        if isinstance(definition, OperationDefinitionNode)
        for each in definition.variable_definitions or ()
    }


def _check_arguments(document: DocumentNode) -> None:
    looking = _Looking()
    visit(document, looking)
    if looking.refused is not None:
        message = (
            f"{without_values(looking.refused)}: may be about somebody, and addresses"
            " are logged; ask this by POST"
        )
        raise Refused(405, message, headers=_POST)


class _Looking(Visitor):
    """Finds the first argument that an address may not hold."""

    def __init__(self) -> None:
        super().__init__()
        self.refused: str | None = None

    def enter_argument(
        self,
        node: ArgumentNode,
        _key: object,
        _parent: object,
        _path: object,
        ancestors: Sequence[object],
    ) -> None:
        """Look at one; `ancestors` ends in whose argument it is."""
        owner = cast("FieldNode | DirectiveNode", ancestors[-1])
        if self.refused is None and not _says_nothing(node, owner):
            mark = "@" if isinstance(owner, DirectiveNode) else ""
            self.refused = f"{mark}{owner.name.value}({node.name.value}: …)"


def _says_nothing(argument: ArgumentNode, owner: Node) -> bool:
    """Whether an argument is about nobody, whatever its value."""
    if isinstance(argument.value, BooleanValueNode | NullValueNode):
        return True
    if isinstance(owner, DirectiveNode):
        return owner.name.value in _CONDITIONS
    is_meta = isinstance(owner, FieldNode) and owner.name.value.startswith("__")
    return is_meta or argument.name.value in _PAGING


def _given(request: Request) -> dict[str, str]:
    """Read the parameters that mean something, without those that are empty.

    WHATWG URL, application/x-www-form-urlencoded; only in UTF-8.
    """
    raw: bytes = request.scope["query_string"]
    if len(raw) > LONGEST:
        raise Refused(414, f"query string: at most {LONGEST} bytes; ask this by POST")
    try:
        pairs = parse_qsl(raw.decode("ascii"), keep_blank_values=True, errors="strict")
    except UnicodeError:
        raise Refused(400, "query string: is not UTF-8") from None
    found: dict[str, str] = {}
    for name, value in pairs:
        if name in found:
            raise Refused(400, f"{name}: there is more than one")
        if name in _NAMES:
            found[name] = value
    return {name: value for name, value in found.items() if value}


def _map(name: str, given: dict[str, str]) -> dict[str, object] | None:
    try:
        return msgspec.json.decode(
            given.get(name, "null"), type=dict[str, object] | None
        )
    except (msgspec.MsgspecError, RecursionError):
        raise Refused(400, f"{name}: must be a JSON object") from None
