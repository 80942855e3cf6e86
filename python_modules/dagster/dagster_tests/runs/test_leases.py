from hypothesis import given
from hypothesis import strategies as st

from dagster.runs.leases import Lease, next_lease

_ASKS = st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 5)), max_size=30)


@given(_ASKS)
def test_at_no_time_do_two_hold_a_lease_and_no_epoch_has_two_holders(asks: list[tuple[str, int]]) -> None:
    found: Lease | None = None
    now, holders = 0.0, dict[int, str]()
    for holder, wait in asks:
        now += wait
        given_to = next_lease(found, "queue", holder, now, 4.0)
        if given_to is None:
            assert found is not None
            assert found.expires > now
            assert found.holder != holder
            continue
        if found is not None:
            assert given_to.epoch >= found.epoch
        assert holders.setdefault(given_to.epoch, holder) == holder
        found = given_to
