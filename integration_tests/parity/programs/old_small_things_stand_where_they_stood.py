"""Small functions that projects import from private modules: mappings, files, caches, times, hashes, records, YAML, warnings."""

import asyncio
import os
import tempfile
import warnings
from collections.abc import Sequence
from datetime import datetime
from typing import Optional

import seen
from dagster._core.definitions.metadata import TableMetadataSet
from dagster._core.definitions.metadata.metadata_set import NamespacedMetadataSet
from dagster._core.execution.retries import RetryMode
from dagster._core.storage import tags
from dagster._core.utils import make_new_run_id, toposort
from dagster._record import as_dict, record, replace
from dagster._time import add_absolute_time, create_datetime, datetime_from_timestamp, get_timezone, parse_time_string
from dagster._utils import ensure_dir, file_relative_path, is_uuid, mkdir_p, pushd, safe_tempfile_path
from dagster._utils.cached_method import cached_method
from dagster._utils.merger import deep_merge_dicts, merge_dicts
from dagster._utils.names import clean_name, clean_name_lower
from dagster._utils.security import non_secure_md5_hash_str
from dagster._utils.warnings import deprecation_warning, suppress_dagster_warnings
from dagster_shared.utils.hash import hash_collection, make_hashable
from dagster_shared.utils.warnings import beta_warning, normalize_renamed_param
from dagster_shared.yaml_utils import dump_run_config_yaml, load_yaml_from_globs, merge_yaml_strings

import dagster as dg


class Counting:
    def __init__(self):
        self.calls = 0

    @cached_method
    def total(self, a, b=2):
        self.calls += 1
        return a + b

    @cached_method
    async def later(self):
        self.calls += 1
        return 5


@record
class Order:
    number: int
    note: Optional[str] = None
    lines: Sequence[int] = ()


class Mine(NamespacedMetadataSet):
    rows: Optional[int] = None
    note: Optional[str] = None

    @classmethod
    def namespace(cls):
        return "mine"


def mappings() -> dict:
    first, second = {"a": {"b": 1}, "c": 1}, {"a": {"d": 2}, "c": 2}
    return {
        "merged": merge_dicts(first, second, {"e": 1}),
        "deep": deep_merge_dicts(first, second),
        "conflict": deep_merge_dicts({"a": {"b": 1}}, {"a": 3}),
        "untouched": first,
        "none": seen.outcome(merge_dicts),
        "order": toposort({"c": {"b"}, "b": {"a"}, "z": set()}),
    }


def files() -> dict:
    folder = os.path.join(os.environ["DAGSTER_HOME"], "made")
    with safe_tempfile_path() as path:
        before = os.path.exists(path)
        open(path, "w").close()
    with pushd(tempfile.gettempdir()) as there:
        moved = os.path.samefile(os.getcwd(), there)
    for name, text in (("a", "a: {b: 1}\nday: 2024-01-01\n"), ("b", "a: {c: 2}\n")):
        with open(os.path.join(ensure_dir(folder), f"{name}.yaml"), "w") as file:
            file.write(text)
    return {
        "made": [mkdir_p(folder) == folder, os.path.isdir(folder)],
        "temporary": [before, os.path.exists(path), moved],
        "relative": file_relative_path("/a/b.py", "../c"),
        "globs": load_yaml_from_globs(os.path.join(folder, "b.yaml"), os.path.join(folder, "a.yaml")),
        "texts": merge_yaml_strings(["a: {x: 1}", "a: {y: 2}"]),
        "dumped": dump_run_config_yaml({"b": 1, "a": {"x": "2024-01-01"}}),
        "no mapping": seen.outcome(lambda: merge_yaml_strings(["- 1", "a: 1"])),
    }


def caches() -> list:
    one, other = Counting(), Counting()
    values = [one.total(1), one.total(a=1), one.total(2), other.total(1)]
    awaited = [asyncio.run(one.later()), asyncio.run(one.later())]
    return [values, awaited, one.calls, other.calls]


def times() -> list:
    berlin = get_timezone("Europe/Berlin")
    return [
        str(datetime_from_timestamp(0)),
        str(datetime_from_timestamp(0, "Europe/Berlin")),
        str(create_datetime(2024, 1, 2, 3, tz="Europe/Berlin")),
        str(create_datetime(2024, 1, 2)),
        parse_time_string("2024-01-02T03:04:05+00:00").timestamp(),
        str(add_absolute_time(datetime(2024, 3, 31, 0, 30, tzinfo=berlin), hours=3)),
    ]


def records() -> dict:
    order = Order(number=3)
    return {
        "shown": repr(order),
        "fields": as_dict(order),
        "replaced": repr(replace(order, number=4)),
        "equal": [order == Order(number=3), hash(order) == hash(Order(number=3)), order == Order(number=4)],
        "type": seen.outcome(lambda: Order(number="x")),
        "members": seen.outcome(lambda: Order(number=1, lines=["x"])),
        "unknown": seen.outcome(lambda: Order(number=1, other=2)),
        "missing": seen.outcome(lambda: Order()),
        "frozen": seen.outcome(lambda: setattr(order, "number", 4)),
    }


def sets() -> dict:
    metadata = {"dagster/row_count": dg.MetadataValue.int(4), "other": 1, "dagster/table_name": "q"}
    return {
        "table": seen.plain(dict(TableMetadataSet(row_count=3, table_name="a.b"))),
        "mine": {**Mine(rows=1), **TableMetadataSet(storage_kind="duckdb")},
        "read": [TableMetadataSet.extract(metadata).row_count, TableMetadataSet.extract(metadata).table_name],
        "spec": seen.plain(dg.AssetSpec("a", metadata={**Mine(rows=1)}).metadata),
        "unknown": seen.outcome(lambda: TableMetadataSet(rows=1)),
    }


@suppress_dagster_warnings
def quiet():
    beta_warning("It")
    deprecation_warning("It", "2.0")
    warnings.warn("of others", stacklevel=2)


def said() -> list:
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        quiet()
        deprecation_warning("It", "2.0", "Use that.")
        beta_warning("It")
    return [[each.category.__name__, str(each.message)] for each in told]


def facts() -> dict:
    return {
        "mappings": mappings(),
        "files": files(),
        "caches": caches(),
        "times": times(),
        "records": records(),
        "sets": sets(),
        "warnings": said(),
        "renamed": [normalize_renamed_param(None, "new", 5, "old"), normalize_renamed_param(1, "new", None, "old")],
        "hashes": [
            hash_collection({"a": [1, {2}]}) == hash_collection({"a": [1, {2}]}),
            seen.plain(make_hashable({"b": [1], "a": {2}})),
            non_secure_md5_hash_str(b"a"),
        ],
        "names": [clean_name("A b-C.d"), clean_name_lower("A b-C.d"), is_uuid(make_new_run_id()), is_uuid("x")],
        "retry modes": [[mode.name, mode.value, mode.for_inner_plan().value] for mode in RetryMode],
        "tags": {name: getattr(tags, name) for name in TAGS},
    }


TAGS = ["BACKFILL_ID_TAG", "MAX_RETRIES_TAG", "PARTITION_NAME_TAG", "SCHEDULE_NAME_TAG", "USER_TAG"]
