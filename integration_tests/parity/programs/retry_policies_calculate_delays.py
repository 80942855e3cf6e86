"""`RetryPolicy`: pauses, bounds of chance, refusals."""

import seen

import dagster as dg

POLICY, BACKOFF, JITTER = dg.RetryPolicy, dg.Backoff, dg.Jitter


def pauses(*given) -> list:
    return [POLICY(*given).calculate_delay(attempt) for attempt in (1, 2, 3, 4)]


def bounds(low, high, *given) -> list:
    """Whether 200 draws lie within bounds, and are not all the same."""
    draws = [POLICY(*given).calculate_delay(3) for _ in range(200)]
    return [all(low <= draw <= high for draw in draws), len(set(draws)) > 1]


def facts() -> dict:
    return {
        "none": pauses(2),
        "constant": pauses(2, 3),
        "linear": pauses(2, 3, BACKOFF.LINEAR),
        "exponential": pauses(2, 3, BACKOFF.EXPONENTIAL),
        "full": bounds(0, 10, 2, 10, None, JITTER.FULL),
        "full, linear": bounds(0, 30, 2, 10, BACKOFF.LINEAR, JITTER.FULL),
        "plus minus": bounds(0, 20, 2, 10, None, JITTER.PLUS_MINUS),
        "plus minus, exponential": bounds(60, 80, 2, 10, BACKOFF.EXPONENTIAL, JITTER.PLUS_MINUS),
        "backoff without a delay": seen.outcome(lambda: POLICY(2, backoff=BACKOFF.LINEAR)),
        "jitter without a delay": seen.outcome(lambda: POLICY(2, jitter=JITTER.FULL)),
        "a word": seen.outcome(lambda: POLICY("a"), ["max_retries"]),
        "zero": POLICY(0).max_retries,
        "fields": [POLICY().max_retries, seen.plain(POLICY().delay), seen.plain(POLICY(1, 2, BACKOFF.LINEAR).backoff)],
        "equal": [POLICY(2) == POLICY(2), POLICY(2) == POLICY(3), len({POLICY(2), POLICY(2)})],
    }
