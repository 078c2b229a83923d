"""What no mutation and no table has: rules that hold because there is no way round."""

import pytest
from graphql import GraphQLEnumType, GraphQLInputObjectType

from gateway.store import tables
from tests.klantbeeld.rights import GRAPH
from tests.recording.test_rights import MUTATIONS

INPUTS = [
    kind for kind in GRAPH.type_map.values() if isinstance(kind, GraphQLInputObjectType)
]


def test_no_mutation_changes_an_id_or_a_nummer() -> None:
    """R2.3, R4.8: a nummer is only looked for."""
    taking = {
        f"{kind.name}.{name}"
        for kind in INPUTS
        for name in kind.fields
        if name == "nummer" and not kind.name.endswith("Filter")
    }
    assert taking == set()
    assert [name for name, field in MUTATIONS.items() if "nummer" in field.args] == []


def test_no_record_says_when_it_was_registered() -> None:
    """R2.5: only functional dates; who did what stands in the trail."""
    registered = {
        f"{table.name}.{column.name}"
        for table in tables.metadata.tables.values()
        for column in table.columns
        if column.name.startswith(("geregistreerd", "gewijzigd", "aangemaakt"))
    }
    assert registered == set()


def test_no_mutation_takes_another_rol() -> None:
    """R3.10."""
    rol = GRAPH.type_map["Rol"]
    assert isinstance(rol, GraphQLEnumType)
    assert set(rol.values) == {"belanghebbende", "vertegenwoordiger"}


@pytest.mark.parametrize("table", [tables.adressen, tables.digitale_adressen])
def test_an_address_belongs_to_somebody(table: object) -> None:
    """R3.9: of a partij or of a betrokkene, and never of both."""
    names = {str(each.name) for each in getattr(table, "constraints")}  # noqa: B009
    assert any(name.endswith("een_eigenaar") for name in names)


def test_a_partij_holds_contact_data_and_identifiers_only() -> None:
    """R4.13: nothing of a domain or a task."""
    assert {column.name for column in tables.partijen.columns} == {
        "id",
        "nummer",
        "soort_partij",
        "soort_subject",
        "voorletters",
        "voornaam",
        "voorvoegsel_achternaam",
        "achternaam",
        "naam",
        "interne_notitie",
        "indicatie_geheimhouding",
        "voorkeurstaal",
        "indicatie_actief",
        "voorkeurs_digitaal_adres_id",
        "namens_partij_id",
        "namens_soort_partij",
        "hoedanigheid",
        "formeel",
        "vastgesteld_op",
        "versie",
    }
