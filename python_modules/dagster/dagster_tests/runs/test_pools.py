from dagster.runs.pools import PoolInfo, PoolLimit, claim_made, is_granted, pool_info
from dagster_tests.contracts.storage_facts import a_claim

HELD = a_claim("r1", claimed=1.0)


def test_a_claim_gets_a_place_while_there_are_some() -> None:
    assert is_granted(a_claim("r2", enqueued=2.0), [HELD], 2)
    assert not is_granted(a_claim("r2", enqueued=2.0), [HELD], 1)
    assert not is_granted(a_claim("r2", enqueued=2.0), [HELD], 0)


def test_a_place_is_kept_for_whoever_comes_before() -> None:
    early, urgent = a_claim("early", enqueued=2.0), a_claim("urgent", enqueued=4.0, priority=1)
    late = a_claim("late", enqueued=3.0)
    assert not is_granted(late, [HELD, early], 2)
    assert is_granted(late, [HELD, early], 3)
    assert not is_granted(early, [HELD, urgent, late], 2)
    assert is_granted(urgent, [HELD, early, late], 2)


def test_who_asks_again_keeps_place_and_turn() -> None:
    waiting = a_claim("r2", enqueued=2.0)
    assert claim_made(a_claim("r1"), [HELD, waiting], 1, 9.0) == HELD
    assert claim_made(a_claim("r2", expires=50.0), [HELD, waiting], 1, 9.0) == a_claim("r2", enqueued=2.0, expires=50.0)
    assert claim_made(a_claim("r2"), [waiting], 1, 9.0) == a_claim("r2", enqueued=2.0, claimed=9.0)


def test_a_pool_is_shown_with_who_has_places_and_who_waits_in_turn() -> None:
    early, urgent = a_claim("early", enqueued=2.0), a_claim("urgent", enqueued=4.0, priority=1)
    shown = pool_info("db", PoolLimit("db", 1), [early, urgent, HELD])
    assert shown == PoolInfo(name="db", limit=1, from_default=False, held=(HELD,), waiting=(urgent, early))
    assert pool_info("db", None, []) == PoolInfo(name="db")
