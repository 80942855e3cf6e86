"""Every rule of normalise.py, and what it must leave alone."""

from __future__ import annotations

from parity.normalise import Surroundings, normalised

ONE = "3f2a9a52-7b9b-4c39-9a77-0b1f4d7f2d11"
OTHER = "a0000000-7b9b-4c39-9a77-0b1f4d7f2d12"
SURROUNDINGS = Surroundings(
    places={"/place/home": "<home>", "/place/home/temp": "<temp>"},
    started=1_700_000_000.0,
    ended=1_700_000_010.0,
)


def test_run_ids_are_numbered_so_that_equal_ones_stay_equal() -> None:
    assert normalised([ONE, OTHER, f"run {ONE}"], SURROUNDINGS) == ["<run id 1>", "<run id 2>", "run <run id 1>"]


def test_numbers_do_not_depend_on_the_order_of_a_mapping() -> None:
    assert normalised({"b": ONE, "a": OTHER}, SURROUNDINGS) == normalised({"a": OTHER, "b": ONE}, SURROUNDINGS)


def test_computed_data_versions_are_numbered_and_given_ones_stay() -> None:
    assert normalised(["0a" * 32, "v1"], SURROUNDINGS) == ["<data version 1>", "v1"]


def test_the_innermost_place_names_a_path() -> None:
    assert normalised("/place/home/temp/x", SURROUNDINGS) == "<temp>/x"


def test_a_temporary_directory_of_the_program_loses_its_random_name() -> None:
    assert normalised("/place/home/temp/tmpab12cd_9/storage/a", SURROUNDINGS) == "<temp>/<random>/storage/a"


def test_a_clock_reading_is_one_taken_during_the_run() -> None:
    assert normalised([1_700_000_005.5, 1_600_000_000.0], SURROUNDINGS) == ["<now>", 1_600_000_000.0]


def test_process_ids_durations_and_addresses_are_replaced_in_messages() -> None:
    message = "Finished steps in process (pid: 4711) in 1m3s, <f at 0x7f00a1>"
    assert normalised(message, SURROUNDINGS) == "Finished steps in process (pid: <pid>) in <duration>, <f at <address>>"


def test_an_event_pointer_is_an_opaque_id() -> None:
    tags = {"dagster/input_event_pointer/a": "14", "dagster/code_version": "14"}
    assert normalised(tags, SURROUNDINGS) == {
        "dagster/code_version": "14",
        "dagster/input_event_pointer/a": "<event id>",
    }
