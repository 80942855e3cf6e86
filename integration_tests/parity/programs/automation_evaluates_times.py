"""Conditions about times: a cron tick that passed, on_cron, all dependencies updated since a tick."""

from datetime import timedelta

from ticking import ticks

import dagster as dg

AC = dg.AutomationCondition


@dg.asset
def raw():
    return 1


@dg.asset
def other():
    return 1


def below(condition, acts, step=timedelta(minutes=1), deps=(raw,)) -> list:
    @dg.asset(deps=list(deps), automation_condition=condition)
    def made(): ...

    assets = [raw, other, made]
    with dg.DagsterInstance.ephemeral() as instance:

        def make(names):
            wanted = [each for each in assets if each.key.to_user_string()[0] in names]
            return lambda: dg.materialize(assets, instance=instance, selection=wanted)

        steps = [make(names) if names else None for names in acts]
        return [total for total, _ in ticks(dg.Definitions(assets), instance, steps, step)]


def facts() -> dict:
    nothing = [""] * 7
    third = ["", "", "", "r", "", "", ""]
    hours = timedelta(hours=7)
    return {
        "ticks": below(AC.cron_tick_passed("*/2 * * * *"), nothing),
        "ticks elsewhere": [
            below(AC.cron_tick_passed("0 0 * * *", zone), nothing, hours) for zone in ("UTC", "Asia/Tokyo", "America/New_York")
        ],
        "on cron, nothing above": below(AC.on_cron("*/2 * * * *"), nothing, deps=()),
        "on cron": [below(AC.on_cron("*/3 * * * *"), acts) for acts in (third, ["", "", "", "", "r", "", "r"], nothing)],
        "on cron each minute": below(AC.on_cron("* * * * *"), third),
        "on cron of two": below(AC.on_cron("*/3 * * * *"), ["", "r", "", "r", "o", "", "ro"], deps=(raw, other)),
        "since cron": below(AC.all_deps_updated_since_cron("*/3 * * * *"), third),
        "since cron each minute": below(AC.all_deps_updated_since_cron("* * * * *"), third),
        "cron since update": below(AC.any_deps_match(AC.cron_tick_passed("* * * * *").since(AC.newly_updated())), third),
        "cron since the first": below(AC.cron_tick_passed("*/2 * * * *").since_last_handled(), nothing),
    }
