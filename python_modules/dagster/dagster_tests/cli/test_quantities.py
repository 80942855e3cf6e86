import pytest

from dagster.cli.quantities import count, duration, size, utc_text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(None, ""), (0.0084, "8 ms"), (0.9994, "999 ms"), (2.54, "2.5 s"), (185, "3 min 5 s"), (7800, "2 h 10 min")],
)
def test_durations(seconds: float | None, text: str) -> None:
    assert duration(seconds) == text


@pytest.mark.parametrize(
    ("size_bytes", "text"),
    [(None, ""), (0, "0 B"), (999, "999 B"), (3400, "3.4 kB"), (12_000_000, "12.0 MB"), (999_999, "1.0 MB")],
)
def test_sizes(size_bytes: int | None, text: str) -> None:
    assert size(size_bytes) == text


def test_times_on_the_wire_are_utc() -> None:
    assert utc_text(0) == "1970-01-01T00:00:00.000+00:00"
    assert utc_text(None) is None


def test_counts_have_thousands() -> None:
    assert count(1234567) == "1,234,567"
