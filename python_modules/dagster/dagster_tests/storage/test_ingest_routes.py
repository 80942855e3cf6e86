from dagster.storage.ingest.routes import Route, RouteRules

RULES = RouteRules(gone_seconds=2.0, silent_seconds=10.0, look_seconds=1.0, retry_seconds=0.1)


def greeted(now: float = 0.0) -> Route:
    route = Route(RULES)
    route.looked(True, now)
    route.greeted()
    return route


def test_who_finds_no_ingest_stores_its_events_at_once_and_looks_again_later() -> None:
    route = Route(RULES)
    assert route.may_look(0.0)
    assert not route.is_direct(0.0)
    route.looked(False, 0.0)
    assert route.is_direct(0.0)
    assert [route.may_look(now) for now in (0.5, 1.0)] == [False, True]


def test_an_ingest_that_does_not_greet_is_waited_for_a_while_and_taken_when_it_does() -> None:
    route = Route(RULES)
    route.looked(True, 0.0)
    assert [route.is_direct(now) for now in (1.9, 2.0)] == [False, True]
    route.greeted()
    assert (route.is_through_ingest, route.is_direct(3.0)) == (True, False)


def test_when_an_ingest_is_gone_another_one_is_waited_for() -> None:
    route = greeted()
    route.hung_up(100.0)
    assert (route.is_direct(101.9), route.is_direct(102.0)) == (False, True)
    assert route.may_look(100.0)
    route.looked(False, 100.0)
    assert [route.may_look(now) for now in (100.05, 100.1)] == [False, True]


def test_an_ingest_that_says_nothing_is_hung_up_on_and_not_waited_for() -> None:
    route = greeted()
    route.asked(5.0)
    assert [route.is_silent(now) for now in (14.9, 15.0)] == [False, True]
    route.hung_up(15.0)
    assert route.is_direct(15.0)
    assert [route.may_look(now) for now in (15.5, 16.0)] == [False, True]


def test_an_ingest_that_says_that_it_waits_is_waited_for() -> None:
    route = greeted()
    route.asked(0.0)
    for now in range(1, 100):
        route.heard(float(now), is_everything_answered=False)
        assert not route.is_silent(now + 9.0)
    route.heard(100.0, is_everything_answered=True)
    assert not route.is_silent(10_000.0)


def test_an_ingest_of_another_version_is_left_alone() -> None:
    route = greeted()
    route.hung_up(1.0)
    route.never()
    assert (route.is_direct(1.0), route.may_look(10_000.0)) == (True, False)
