import pytest

from dagster.execution.events import in_words
from dagster_tests.execution.runs import made, run


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0.00ms"),
        (0.00742, "7.42ms"),
        (0.0134, "13ms"),
        (0.9, "900ms"),
        (2.5, "2.50s"),
        (12.34, "12.3s"),
        (185, "3m5s"),
    ],
)
def test_durations_are_written_for_people(seconds: float, words: str) -> None:
    assert in_words(seconds) == words


def test_every_event_has_a_sentence_the_job_and_the_process() -> None:
    result = run(made("a"), made("b", lambda a: 1))
    assert all(event.message for event in result.all_events)
    assert {event.job_name for event in result.all_events} == {"__ephemeral_asset_job__"}
    assert len({event.pid for event in result.all_events}) == 1


def test_the_sentences_of_a_step() -> None:
    def b(a: int) -> int:
        return a

    messages = [event.message or "" for event in run(made("a"), made("b", b)).events_for_node("b")]
    assert messages[:-1] == [
        'Started execution of step "b".',
        'Loaded input "a" using input manager "io_manager", from output "result" of step "a"',
        'Got input "a" of type "Int". (Type check passed).',
        'Yielded output "result" of type "Int". (Type check passed).',
        "Materialized value b.",
        'Handled output "result" using IO manager "io_manager"',
    ]
    assert messages[-1].startswith('Finished execution of step "b" in ')
