"""Every decided rule of VNG's material, sections 1 to 7, has a test, or a reason why not.

The rules are those with status D in the analysis this project began with; their codes
point there, their sources are named beside the code that obeys them.
"""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from tests.municipality import ROOT

RULES: Mapping[str, str] = MappingProxyType(
    {
        # When a klantcontact is recorded.
        "R1.1": "row_1_nobody_known_and_no_follow_up_is_only_counted",
        "R1.6": "there_are_no_planned_klantcontacten",
        "R1.8": "all_characteristics_that_are_missing_are_told_at_once",
        "R1.9": "all_characteristics_that_are_missing_are_told_at_once",
        "R1.10": "there_is_a_kanaal_for_what_is_in_no_list",
        "R1.11": "c9853_a_conversation_in_an_app_is_its_inhoud",
        "R1.12": "all_characteristics_that_are_missing_are_told_at_once",
        "R1.13": "c2138_a_letter_is_answered_to_its_own_address",
        "R1.16": "internal_remarks_are_refused",
        # Immutability and history.
        "R2.1": "after_its_end_nothing_is_added",
        "R2.2": "while_it_lasts_it_is_added_to_and_nothing_is_replaced",
        "R2.3": "no_mutation_changes_an_id_or_a_nummer",
        "R2.4": "r2_4_one_that_was_wrong_is_repaired_with_a_reason",
        "R2.5": "no_record_says_when_it_was_registered",
        "R2.6": "an_error_is_repaired_and_what_stood_there_is_kept",
        "R2.7": "an_internal_remark_is_at_home_in_a_taak",
        # Betrokkene, and contact data that overrule.
        "R3.1": "linking_needs_certainty_and_is_done_once",
        "R3.2": "contact_data_of_who_is_known_are_for_follow_up_only",
        "R3.3": "an_indiener_with_deviating_data_is_answered_by_these",
        "R3.4": "an_indiener_with_deviating_data_is_answered_by_these",
        "R3.5": "a_betrokkene_is_linked_later_and_gives_the_partij_nothing",
        "R3.8": "c1199_and_example_3_an_email_with_attachments",
        "R3.9": "an_address_belongs_to_somebody",
        "R3.10": "no_mutation_takes_another_rol",
        # Partijen.
        "R4.1": "aangehaakt_needs_authentication_at_the_level",
        "R4.2": "r4_1_a_medewerker_states_who_it_is_and_how_that_is_known",
        "R4.3": "r4_3_a_medewerker_states_who_it_is_before_changing",
        "R4.4": "a_mutation_is_for_whom_the_table_says",
        "R4.5": "r4_5_how_sure_it_must_be_is_the_municipalitys_choice",
        "R4.6": "r4_14_who_is_in_no_dutch_register_is_registered_too",
        "R4.7": "r1_4_without_consent_it_has_a_number_and_what_names_it",
        "R4.8": "no_mutation_changes_an_id_or_a_nummer",
        "R4.10": "kluit01_a_klant_changes_their_own",
        "R4.11": "r4_11_what_a_partij_says_of_itself_is_never_overwritten",
        "R4.13": "a_partij_holds_contact_data_and_identifiers_only",
        "R4.15": "r4_15_a_klant_writes_no_interne_notitie",
        "R4.16": "what_is_kept_of_a_partij_is_shown_after_disclosure_only",
        "R4.17": "what_is_kept_of_a_partij_is_shown_after_disclosure_only",
        "R4.18": "r4_18_a_partij_is_named_by_its_soort",
        "R4.19": "every_part_has_its_length",
        "R4.21": "r4_21_a_klant_does_not_say_so_themselves",
        # Aangehaakt and zelfstandig.
        "R5.1": "aangehaakt_needs_authentication_at_the_level",
        "R5.2": "who_is_zelfstandig_is_in_nobodys_klantbeeld",
        "R5.3": "what_a_zelfstandige_gave_is_shown_within_its_interaction",
        "R5.4": "r5_4_who_was_never_aangehaakt_never_becomes_so",
        "R5.5": "who_is_zelfstandig_is_in_nobodys_klantbeeld",
        "R5.6": "who_is_zelfstandig_is_in_nobodys_klantbeeld",
        # Cardinalities.
        "R6.1": "r6_1_a_natural_person_is_one_partij",
        "R6.2": "r6_2_any_number_of_partijen_is_one_company",
        "R6.3": "r6_3_a_partij_is_never_natural_and_non_natural",
        "R6.4": "private_and_business_capacity_stay_apart",
        "R6.5": "r6_5_a_contactpersoon_never_has_the_bsn",
        "R6.6": "r6_6_the_last_one_stays",
        "R6.7": "what_names_nobody_as_registers_do_is_refused",
        "R6.8": "only_klanten_have_a_capacity",
        # Actoren and interne taken.
        "R7.1": "a_taak_is_always_assigned_to_somebody",
        "R7.2": "a_taak_is_verwerkt_once",
        "R7.3": "a_taak_passed_on_is_verwerkt_and_another_is_there_for_others",
        "R7.4": "a_taak_that_is_verwerkt_says_when_and_what_stood_there_is_kept",
        "R7.5": "an_actor_that_is_absent_or_inactive_is_refused",
        "R7.7": "waiting_time_counts_from_the_klantcontact_not_from_the_taak",
        "R7.9": "any_reference_is_written_as_it_is",
        "R7.10": "example_4_an_eform_starts_a_process_and_is_kept_in_two_forms",
        "R7.11": "an_actor_has_nothing_of_another_soort",
    }
)
NOT_ENFORCED = ("R1.7", "R1.15", "R2.8", "R3.6", "R4.12", "R6.9", "R7.6")
"""Told with the reason in the README of gateway/recording."""


def named() -> Iterator[str]:
    """Give the names of all tests there are."""
    for path in Path(ROOT / "tests").rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node.name


def test_every_rule_has_a_test_that_is_there() -> None:
    missing = {f"test_{name}" for name in RULES.values()} - {*named()}
    assert missing == set()


@pytest.mark.parametrize("rule", NOT_ENFORCED)
def test_what_is_not_enforced_stands_in_the_readme_with_the_reason(rule: str) -> None:
    readme = (ROOT / "gateway/recording/README.md").read_text()
    lines = [each for each in readme.splitlines() if each.startswith(f"| {rule} |")]
    assert len(lines) == 1
    assert len(lines[0].split("|")) == 5


def test_no_rule_is_both() -> None:
    assert RULES.keys() & set(NOT_ENFORCED) == set()
