"""What is measured, and the limit that each measure claims to keep."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import msgspec

from benchmarks.measuring import SCRIPTS, Sample


class Limit(msgspec.Struct, frozen=True, kw_only=True):
    """A claim about a measure: at most this share of the reference's value, or at most this value."""

    ratio: float | None = None
    value: float | None = None

    def __str__(self) -> str:
        if self.ratio is not None:
            return f"≤ 1/{1 / self.ratio:g}"
        return f"≤ {self.value:g}"

    def is_met(self, ours: float, reference: float | None) -> bool | None:
        """None when it cannot be said: a ratio without a reference."""
        if self.value is not None:
            return ours <= self.value
        if reference is None or self.ratio is None:
            return None
        return ours <= reference * self.ratio


class Measure(msgspec.Struct, frozen=True, kw_only=True):
    """One number taken from a sample (less the baseline's, where the case has one)."""

    name: str
    unit: str
    read: Callable[[Sample], float]
    limit: Limit | None = None


class Case(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    arguments: Sequence[str]
    """What the interpreter is started with."""
    measures: Sequence[Measure]
    baseline: Sequence[str] | None = None
    """Measured just before, and subtracted."""
    variables: Mapping[str, str] = {}
    most_repetitions: int | None = None
    """For what takes minutes, or repeats inside: not measured more often, and not once unmeasured before."""
    is_ours_alone: bool = False
    """The reference has nothing like it."""
    is_left_out: bool = False
    """Measured only where its whole name is asked for."""


class Series(msgspec.Struct, frozen=True, kw_only=True):
    """A claim about growth over three cases, each twice as large as the one before.

    What one more unit costs from the middle case to the larger is at most `limit` times what it costs from the smaller to the
    middle. Differences, not totals: what is paid once, or is free because memory lay ready, cancels out.
    """

    name: str
    smaller: str
    middle: str
    larger: str
    measure: str
    limit: float


def process_cpu(ratio: float | None = None, value: float | None = None) -> Measure:
    return Measure(name="CPU", unit="ms", read=lambda sample: sample.cpu_seconds * 1000, limit=_limit(ratio, value))


def process_wall() -> Measure:
    return Measure(name="wall", unit="ms", read=lambda sample: sample.wall_seconds * 1000)


def peak_memory(ratio: float | None = None) -> Measure:
    return Measure(name="peak memory", unit="MiB", read=lambda sample: sample.peak_mib, limit=_limit(ratio, None))


def inside_cpu(name: str, ratio: float | None = None, value: float | None = None) -> Measure:
    return Measure(name=name, unit="ms", read=lambda sample: sample.said["cpu_seconds"] * 1000, limit=_limit(ratio, value))


def kept_history() -> Measure:
    """Of how many events or runs the answer came: the reference is given fewer (scripts/ask_history.py says why)."""
    return Measure(name="history", unit="rows", read=lambda sample: sample.said["kept"])


def inside_wall(name: str, ratio: float | None = None) -> Measure:
    return Measure(name=name, unit="ms", read=lambda sample: sample.said["wall_seconds"] * 1000, limit=_limit(ratio, None))


def inside(name: str, key: str, ratio: float | None = None) -> Measure:
    """Seconds that the script measured under a name of its own."""
    return Measure(name=name, unit="ms", read=lambda sample: sample.said[key] * 1000, limit=_limit(ratio, None))


def told(
    name: str, unit: str, key: str, *, times: float = 1.0, ratio: float | None = None, value: float | None = None
) -> Measure:
    """A number that the script told under a name of its own."""
    return Measure(name=name, unit=unit, read=lambda sample: sample.said[key] * times, limit=_limit(ratio, value))


def added_memory(ratio: float | None = None) -> Measure:
    return Measure(name="memory added", unit="MiB", read=lambda sample: sample.said["added_mib"], limit=_limit(ratio, None))


def _limit(ratio: float | None, value: float | None) -> Limit | None:
    return None if ratio is None and value is None else Limit(ratio=ratio, value=value)


def _script(name: str, *arguments: str) -> list[str]:
    return [str(SCRIPTS / name), *arguments]


def _loading(count: int, claims: bool) -> Case:
    return Case(
        name=f"load_{count}",
        arguments=_script("load_many_assets.py"),
        variables={"BENCHMARK_ASSETS": str(count)},
        measures=[
            inside_cpu("CPU inside", ratio=1 / 10 if claims else None),
            inside_wall("wall inside"),
            added_memory(ratio=1 / 2 if claims else None),
        ],
    )


def _checking_config(ops: int) -> Case:
    return Case(
        name=f"config_{ops}",
        arguments=_script("validate_run_config.py", str(ops)),
        measures=[inside_cpu("CPU", ratio=1.0)],
    )


def _running(shape: str, storage: str, cpu: float, wall: float | None) -> Case:
    return Case(
        name=f"run_100_{storage}_{shape}",
        arguments=_script("run_assets.py", shape, storage),
        measures=[inside_cpu("CPU per asset", ratio=cpu), inside_wall("wall per asset", ratio=wall)],
    )


def _running_ops(shape: str, count: int, *, ratio: float | None = None, value: float | None = None) -> Case:
    return Case(
        name=f"ops_{shape}_{count}",
        arguments=_script("run_ops.py", shape, str(count)),
        measures=[inside_cpu("CPU per op", ratio=ratio, value=value), inside_wall("wall per op")],
    )


def _planning_ops(count: int) -> Case:
    return Case(
        name=f"plan_ops_{count}",
        arguments=_script("plan_ops.py", str(count)),
        measures=[inside_cpu("CPU inside"), inside_wall("wall inside")],
    )


def _asking(question: str, most_ms: float) -> Case:
    return Case(
        name=f"ask_{question}",
        arguments=_script("ask_history.py", question),
        measures=[inside_cpu("CPU", value=most_ms), inside_wall("wall"), kept_history()],
    )


def _many_partitions(kind: str) -> Case:
    return Case(
        name=f"partitions_1000000_{kind}",
        arguments=_script("many_partitions.py", kind),
        is_ours_alone=True,
        measures=[
            told(name, "ms", key, times=1000, value=50)
            for name, key in (("CPU of all", "all"), ("CPU of 500 ranges", "build"), ("CPU of a union", "union"))
        ]
        + [told("CPU as text", "ms", "serialize", times=1000, value=50)],
    )


def _serving(assets: int) -> Case:
    return Case(
        name=f"dev_{assets}",
        arguments=_script("serve_project.py"),
        variables={"BENCHMARK_ASSETS": str(assets)},
        most_repetitions=3,
        measures=[
            inside_cpu("CPU until described", ratio=1 / 8),
            inside_wall("wall until described"),
            told("memory of all processes", "MiB", "pss_mib", ratio=1 / 4),
            told("CPU in an idle minute", "ms", "idle_cpu_seconds", times=1000, ratio=1 / 4),
        ],
    )


def _asking_assets(question: str, ratio: float) -> Case:
    return Case(
        name=f"web_{question}_2000",
        arguments=_script("ask_assets.py", question),
        variables={"BENCHMARK_ASSETS": "2000"},
        most_repetitions=3,
        measures=[
            inside_cpu("CPU per answer", ratio=ratio),
            inside_wall("wall per answer"),
            told("answers", "answers", "answers"),
        ],
    )


def _asking_partitions(count: int, ratio: float) -> Case:
    return Case(
        name=f"web_partitions_{count}",
        arguments=_script("ask_partitions.py"),
        variables={"BENCHMARK_PARTITIONS": str(count)},
        most_repetitions=3,
        measures=[
            inside_cpu("CPU per answer", ratio=ratio),
            inside_wall("wall per answer"),
            told("answers", "answers", "answers"),
        ],
    )


def _asking_sensors(name: str, seconds: int, *, is_left_out: bool = False) -> Case:
    return Case(
        name=name,
        arguments=_script("ask_sensors.py", str(seconds)),
        most_repetitions=1,
        is_ours_alone=True,
        is_left_out=is_left_out,
        measures=[
            told("median interval of 100", "s", "interval_seconds", value=1.05),
            told("interval of the slowest", "s", "slowest_seconds"),
            told("load", "cores", "load", value=0.5),
            told("memory of all processes", "MiB", "pss_mib"),
            told("evaluators, most at a time", "processes", "evaluators"),
            told("memory grown", "MiB", "grown_mib", value=5 if is_left_out else None),
            told("descriptors grown", "descriptors", "grown_descriptors", value=2 if is_left_out else None),
        ],
    )


CASES: Sequence[Case] = [
    Case(
        name="bare_import",
        arguments=_script("bare_import.py"),
        baseline=["-c", "pass"],
        measures=[process_cpu(value=30), process_wall(), peak_memory()],
    ),
    Case(
        name="one_asset",
        arguments=_script("one_asset.py"),
        measures=[process_cpu(ratio=1 / 5), process_wall(), peak_memory()],
    ),
    Case(
        name="cli_help",
        arguments=["-m", "dagster", "--help"],
        measures=[process_cpu(ratio=1 / 5), process_wall(), peak_memory()],
    ),
    Case(
        name="validate_10000",
        arguments=["-m", "dagster", "definitions", "validate", "-f", str(SCRIPTS / "many_assets.py")],
        variables={"BENCHMARK_ASSETS": "10000"},
        measures=[process_cpu(ratio=1 / 10), process_wall(), peak_memory(ratio=1 / 2)],
    ),
    Case(
        name="shop300",
        arguments=_script("shop300.py"),
        measures=[process_cpu(ratio=1 / 8), process_wall(), peak_memory()],
    ),
    _loading(2_500, claims=False),
    _loading(5_000, claims=False),
    _loading(10_000, claims=True),
    *(_checking_config(ops) for ops in (1_000, 2_000, 4_000)),
    _running("chain", "ephemeral", cpu=1 / 10, wall=None),
    _running("wide", "ephemeral", cpu=1 / 10, wall=None),
    _running("chain", "sqlite", cpu=1 / 20, wall=1 / 20),
    _running("wide", "sqlite", cpu=1 / 20, wall=1 / 20),
    _running_ops("chain", 100, ratio=1 / 10),
    _running_ops("wide", 100, ratio=1 / 10),
    _running_ops("map", 2_000, value=1),
    _planning_ops(10_000),
    _planning_ops(20_000),
    _planning_ops(40_000),
    Case(
        name="report_event",
        arguments=_script("report_events.py"),
        measures=[inside_cpu("CPU per event", ratio=1 / 20), inside_wall("wall per event")],
    ),
    Case(
        name="launch",
        arguments=_script("launch_jobs.py"),
        measures=[
            inside_cpu("CPU per launch", ratio=1 / 20),
            inside_wall("wall per launch", ratio=1 / 20),
            inside("CPU per further step", "step_cpu_seconds", ratio=1 / 50),
            inside("wall per further step", "step_wall_seconds"),
        ],
    ),
    Case(
        name="launch_30_at_once",
        arguments=_script("launch_at_once.py"),
        variables={"BENCHMARK_RUNS": "30"},
        most_repetitions=1,
        measures=[
            inside_wall("wall per run", ratio=1 / 20),
            inside_cpu("CPU per run, all processes"),
            told("runs per minute", "runs", "per_minute"),
        ],
    ),
    _serving(10),
    _serving(2_000),
    Case(
        name="web_first_answer",
        arguments=_script("serve_first_answer.py"),
        variables={"BENCHMARK_ASSETS": "10"},
        most_repetitions=3,
        measures=[
            inside_cpu("CPU until the first assets", ratio=1 / 4),
            inside_wall("wall until the first assets"),
            told("memory of all processes", "MiB", "pss_mib", ratio=1 / 4),
        ],
    ),
    _asking_assets("graph", ratio=1 / 10),
    _asking_assets("latest", ratio=1 / 50),
    _asking_partitions(5000, ratio=1 / 10),
    Case(
        name="reload_2000",
        arguments=_script("reload_project.py"),
        most_repetitions=2,
        is_ours_alone=True,
        measures=[
            inside_cpu("CPU per save", value=1_500),
            inside_wall("wall per save"),
            told("CPU in an idle minute", "ms", "idle_cpu_seconds", times=1000, value=600),
        ],
    ),
    _asking_sensors("sensors_100", 60),
    _asking_sensors("soak_sensors", 600, is_left_out=True),
    Case(
        name="write_events",
        arguments=_script("write_events.py"),
        measures=[
            Measure(
                name="wall per event of 8 writers",
                unit="ms",
                read=lambda sample: sample.said["event_seconds"] * 1000,
                limit=Limit(value=0.1),
            ),
            Measure(
                name="worst wait",
                unit="ms",
                read=lambda sample: sample.said["worst_seconds"] * 1000,
                limit=Limit(value=250),
            ),
            inside("worst wait over 10 kills", "worst_seconds_over_kills"),
            Measure(name="lost or twice", unit="events", read=lambda sample: sample.said["lost"], limit=Limit(value=0)),
        ],
    ),
    _asking("page_of_all", most_ms=5),
    _asking("page_of_one", most_ms=5),
    _asking("latest", most_ms=10),
    _asking("tagged_runs", most_ms=10),
    Case(
        name="partition_keys",
        arguments=_script("partition_keys.py"),
        measures=[
            told("CPU of 87,648 keys", "ms", "first", times=1000, ratio=1 / 10),
            told("CPU of the same again", "ms", "again", times=1000, ratio=1 / 100),
            told("CPU of 1,000 tests in 877 ranges", "ms", "tests", times=1000, ratio=1 / 50),
            told("CPU of a timestamp's key", "µs", "named", times=1_000_000, ratio=1 / 5),
        ],
    ),
    *(_many_partitions(kind) for kind in ("windows", "static", "dimensions")),
    Case(
        name="partition_statuses",
        arguments=_script("partition_statuses.py"),
        is_ours_alone=True,
        measures=[
            told("CPU of 100,000 as ranges, at first", "ms", "first", times=1000, value=50),
            told("CPU of 100,000 as ranges, again", "ms", "again", times=1000, value=50),
        ],
    ),
    Case(
        name="run_list",
        arguments=["-m", "dagster", "run", "list"],
        measures=[process_cpu(ratio=1 / 5), process_wall(), peak_memory()],
    ),
]

# A quadratic cost doubles with each step, an n log n one grows by a twelfth; full collections of garbage come in jumps.
SERIES: Sequence[Series] = [
    Series(name=f"{name} is linear", smaller="load_2500", middle="load_5000", larger="load_10000", measure=measure, limit=1.3)
    for name, measure in (("load", "CPU inside"), ("memory", "memory added"))
] + [
    Series(name="config is linear", smaller="config_1000", middle="config_2000", larger="config_4000", measure="CPU", limit=1.3),
    Series(
        name="planning ops is linear",
        smaller="plan_ops_10000",
        middle="plan_ops_20000",
        larger="plan_ops_40000",
        measure="CPU inside",
        limit=1.3,
    ),
]


def cases(names: Sequence[str] = ()) -> list[Case]:
    """All cases, or those whose name begins with one of the given words: `run_100` are four. What is left out has to be named.

    Raises:
        LookupError: a word begins no name.
    """
    unknown = [name for name in names if not any(case.name.startswith(name) for case in CASES)]
    if unknown:
        raise LookupError(f"No benchmark named {', '.join(unknown)}. There are: {', '.join(case.name for case in CASES)}.")
    return [
        case
        for case in CASES
        if case.name in names or (not case.is_left_out and (not names or case.name.startswith(tuple(names))))
    ]
