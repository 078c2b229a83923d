"""Which klantcontacten: all of what is given must hold.

A parameter has the name of the filter's attribute.
"""

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Table,
    Text,
    and_,
    any_,
    bindparam,
    exists,
    func,
    not_,
    or_,
    select,
    text,
    union_all,
)

from gateway.store import tables
from gateway.store.compiled import Shape
from gateway.store.identified import identified_by
from gateway.store.reader import given

_K = tables.klantcontacten
_B = tables.betrokkenen
_O = tables.onderwerpen
_I = tables.inhoudsdelen


def conditions_of(asked: Shape, *, few: bool = False) -> list[ColumnElement[bool]]:
    """Say what must hold of `tables.klantcontacten`, by what is given.

    Args:
        asked: what is given.
        few: whether the klantcontacten are those of somebody. The parts of each are
            then looked at; of all there are, the index of the words says which.
    """
    found: list[ColumnElement[bool]] = []
    moment = _K.c.plaatsgevonden_op.type
    if "van" in asked:
        found.append(_K.c.plaatsgevonden_op >= given("van", moment))
    if "tot" in asked:
        found.append(_K.c.plaatsgevonden_op < given("tot", moment))
    if "kanalen" in asked:
        found.append(_K.c.kanaal == any_(bindparam("kanalen", type_=ARRAY(Text))))
    if "vertrouwelijk" in asked:
        wanted = given("vertrouwelijk", _K.c.vertrouwelijk.type)
        found.append(_K.c.vertrouwelijk == wanted)
    if "nummer" in asked:
        found.append(_K.c.nummer == given("nummer", _K.c.nummer.type))
    if "zonder_vertrouwelijk" in asked:
        found.append(not_(_K.c.vertrouwelijk))
    if "tekst" in asked:
        found.append(_has_part_with_text() if few else _is_of_text())
    return found + _conditions_on_parts(asked)


def _conditions_on_parts(asked: Shape) -> list[ColumnElement[bool]]:
    found = [_has_richting(each) for each in asked & {"inkomend", "uitgaand"}]
    if "onderwerp_url" in asked:
        found.append(
            exists(
                select(_O.c.id).where(_O.c.klantcontact_id == _K.c.id, _refers(asked))
            )
        )
    if "identificatie" in asked:
        other = _B.alias()
        found.append(
            exists(
                select(other.c.id).where(
                    other.c.klantcontact_id == _K.c.id,
                    identified_by(other.c.partij_id, asked),
                )
            )
        )
    return found


def _refers(asked: Shape) -> ColumnElement[bool]:
    """That an onderwerp is this URL, or four parts that mean the same."""
    in_parts = and_(
        func.lower(_O.c.code_register)
        == any_(bindparam("onderwerp_codes", type_=ARRAY(Text))),
        _O.c.object_id == given("onderwerp_uuid"),
    )
    return or_(
        _O.c.url == given("onderwerp_url"),
        _O.c.object_id == given("onderwerp_url"),
        *([in_parts] if "onderwerp_codes" in asked else ()),
    )


def _has_richting(richting: str) -> ColumnElement[bool]:
    other = _B.alias()
    mine = select(other.c.id).where(other.c.klantcontact_id == _K.c.id)
    by_klant = exists(mine.where(other.c.initiator))
    return by_klant if richting == "inkomend" else and_(exists(mine), not_(by_klant))


def _is_of_text() -> ColumnElement[bool]:
    parts = (select(each.c.klantcontact_id).where(_mentions(each)) for each in (_O, _I))
    return _K.c.id.in_(union_all(*parts))


def _has_part_with_text() -> ColumnElement[bool]:
    return or_(
        *(
            exists(
                select(each.c.id).where(
                    each.c.klantcontact_id == _K.c.id, _mentions(each)
                )
            )
            for each in (_O, _I)
        )
    )


def _mentions(part: Table) -> ColumnElement[bool]:
    # As a parameter the configuration is unknown to a plan that is made for all values,
    # which then cannot use an index that was made with this one.
    dutch = text("'dutch'")
    asked = func.websearch_to_tsquery(dutch, given("tekst"))
    return func.to_tsvector(dutch, part.c.tekst).bool_op("@@")(asked)
