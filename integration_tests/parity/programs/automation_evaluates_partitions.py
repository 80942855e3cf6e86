"""Conditions of assets with partitions: of which partitions they are true, and how they reach over dependencies."""

from datetime import timedelta

from ticking import ticks

import dagster as dg

AC = dg.AutomationCondition
DAYS = dg.DailyPartitionsDefinition("2023-12-20")
WEEKS = dg.WeeklyPartitionsDefinition("2023-12-17")
LETTERS = dg.StaticPartitionsDefinition(["x", "y", "z"])
BOTH = dg.MultiPartitionsDefinition({"day": DAYS, "letter": LETTERS})


def of_parent(above, below, condition, acts, step=timedelta(minutes=1), mapping=None) -> list:
    """What is asked for; before each evaluation these partitions of the parent, or, after a `!`, of the asset are made."""

    @dg.asset(partitions_def=above)
    def raw(): ...

    @dg.asset(partitions_def=below, automation_condition=condition, deps=[dg.AssetDep(raw, partition_mapping=mapping)])
    def made(): ...

    with dg.DagsterInstance.ephemeral() as instance:

        def make(keys):
            def act():
                for key in keys.split():
                    what = made if key[0] == "!" else raw
                    partition = key.lstrip("!.") or None
                    dg.materialize([raw, made], selection=[what], instance=instance, partition_key=partition)

            return act

        project = dg.Definitions([raw, made])
        return [
            told.get("made", []) for _, told in ticks(project, instance, [make(keys) if keys else None for keys in acts], step)
        ]


def facts() -> dict:
    every_day = " ".join(f"2023-12-{day}" for day in range(20, 32))
    half_days = timedelta(hours=12)
    latest = AC.in_latest_time_window
    return {
        "latest": [of_parent(None, each, latest(), [""]) for each in (DAYS, WEEKS, LETTERS, None, BOTH)],
        "latest of hours": [of_parent(None, DAYS, latest(timedelta(hours=hours)), [""]) for hours in (1, 24, 30, 48, 72)],
        "missing": of_parent(None, LETTERS, AC.missing(), ["", "!x", "!y !z"]),
        "updated": of_parent(None, LETTERS, AC.newly_updated(), ["", "!x", "!y !z", ""]),
        "first": of_parent(None, LETTERS, AC.initial_evaluation(), ["", ""]),
        "cron": [len(each) for each in of_parent(None, DAYS, AC.cron_tick_passed("* * * * *"), ["", ""])],
        "on cron": of_parent(DAYS, DAYS, AC.on_cron("0 0 * * *"), ["", "2024-01-01", "", "2024-01-01", "2024-01-02"], half_days),
        "on missing": of_parent(None, DAYS, AC.on_missing(), ["", "", "!2024-01-01", "", ""], half_days),
        "new days": of_parent(None, DAYS, AC.eager(), ["", ".", "", "", "."], half_days),
        "eager letters": of_parent(LETTERS, LETTERS, AC.eager(), ["", "x", "y z", "x", "!x", ""]),
        "eager days": of_parent(DAYS, DAYS, AC.eager(), ["", "2023-12-30", "2023-12-31", ""]),
        "days": of_parent(DAYS, DAYS, AC.any_deps_updated(), ["", "2023-12-30", "2023-12-31", ""]),
        "days before": of_parent(
            DAYS, DAYS, AC.any_deps_updated(), ["", "2023-12-29"], mapping=dg.TimeWindowPartitionMapping(-2, 0)
        ),
        "weeks": of_parent(DAYS, WEEKS, AC.any_deps_updated(), ["", "2023-12-20", "2023-12-31", ""]),
        "weeks of all": of_parent(
            DAYS, WEEKS, AC.all_deps_match(AC.newly_updated()), ["", "2023-12-20", "2023-12-24 2023-12-25"]
        ),
        "weeks missing": of_parent(DAYS, WEEKS, AC.any_deps_missing(), ["", "2023-12-24", every_day]),
        "nothing of days": of_parent(DAYS, None, AC.any_deps_updated(), ["", "2023-12-20", ""]),
        "nothing missing": of_parent(DAYS, None, AC.any_deps_missing(), ["", every_day, ""]),
        "letters of nothing": of_parent(None, LETTERS, AC.any_deps_updated(), ["", ".", ""]),
        "last day": of_parent(
            DAYS, None, AC.any_deps_updated(), ["", "2023-12-20", "2023-12-31"], mapping=dg.LastPartitionMapping()
        ),
        "static": of_parent(
            LETTERS,
            LETTERS,
            AC.any_deps_updated(),
            ["", "x", "z"],
            mapping=dg.StaticPartitionMapping({"x": ["y", "z"], "y": "x"}),
        ),
        "both": of_parent(LETTERS, BOTH, AC.any_deps_updated() & latest(), ["", "x"]),
        "will be": [will_be(above, below) for above, below in WILL_BE],
        "itself": itself(),
        "dynamic": dynamic(),
    }


WILL_BE = [
    (LETTERS, LETTERS),
    (None, None),
    (DAYS, WEEKS),
    (LETTERS, None),
    (None, LETTERS),
    (DAYS, DAYS),
    (DAYS, dg.DailyPartitionsDefinition("2023-12-25")),
]


def will_be(above, below) -> int:
    @dg.asset(partitions_def=above, automation_condition=AC.missing())
    def raw(): ...

    @dg.asset(partitions_def=below, automation_condition=AC.any_deps_match(AC.will_be_requested()), deps=[raw])
    def made(): ...

    with dg.DagsterInstance.ephemeral() as instance:
        return len(ticks(dg.Definitions([raw, made]), instance, [None])[0][1].get("made", []))


def itself() -> list:
    mapping = dg.TimeWindowPartitionMapping(start_offset=-1, end_offset=-1)

    @dg.asset(
        partitions_def=DAYS,
        automation_condition=AC.all_deps_match(~AC.missing()) & AC.missing(),
        deps=[dg.AssetDep("made", partition_mapping=mapping)],
    )
    def made(): ...

    with dg.DagsterInstance.ephemeral() as instance:
        acts = [None, *(lambda day=day: dg.materialize([made], instance=instance, partition_key=day) for day in DAYS_MADE)]
        return ticks(dg.Definitions([made]), instance, acts)


DAYS_MADE = ["2023-12-20", "2023-12-21", "2023-12-25"]


def dynamic() -> list:
    named = dg.DynamicPartitionsDefinition(name="named")

    def made(name: str, condition):
        return dg.asset(lambda: None, name=name, partitions_def=named, automation_condition=condition)

    assets = [made("absent", AC.on_missing()), made("first", AC.initial_evaluation()), made("eager", AC.eager())]
    with dg.DagsterInstance.ephemeral() as instance:
        acts = [lambda key=key: instance.add_dynamic_partitions("named", [key]) for key in "abc"]
        return ticks(dg.Definitions(assets), instance, [*acts, None])
