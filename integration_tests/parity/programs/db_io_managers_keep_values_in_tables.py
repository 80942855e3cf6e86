"""An IO manager that an integration builds on `DbIOManager`: slices, schemas, partitions, types, columns, metadata."""

import os
import sqlite3
from contextlib import contextmanager

import seen
from dagster._core.storage.db_io_manager import (
    DbClient,
    DbIOManager,
    DbTypeHandler,
    TablePartitionDimension,
    TableSlice,
    escape_sql_string_literal,
    static_where_clause,
)

import dagster as dg

BASE = os.path.join(os.environ["DAGSTER_HOME"], "tables.db")
CALLS = []
DAYS = dg.DailyPartitionsDefinition("2024-01-01", end_date="2024-01-05")
COLORS = dg.StaticPartitionsDefinition(["red", "green"])
BOTH = dg.MultiPartitionsDefinition({"day": DAYS, "color": COLORS})


class Rows(list):
    pass


class MoreRows(Rows):
    pass


def where(table_slice):
    conditions = []
    for dimension in table_slice.partition_dimensions or ():
        if isinstance(dimension.partitions, dg.TimeWindow):
            start, end = (each.strftime("%Y-%m-%d") for each in dimension.partitions)
            conditions.append(f"{dimension.partition_expr} >= '{start}' and {dimension.partition_expr} < '{end}'")
        else:
            conditions.append(static_where_clause(dimension))
    return f" where {' and '.join(conditions)}" if conditions else ""


class Sqlite(DbClient):
    @staticmethod
    def delete_table_slice(context, table_slice, connection):
        CALLS.append("delete")
        if connection.execute("select 1 from sqlite_master where name = ?", [table_slice.table]).fetchone():
            connection.execute(f"delete from {table_slice.table}{where(table_slice)}")

    @staticmethod
    def get_select_statement(table_slice):
        return f"select {', '.join(table_slice.columns or ['*'])} from {table_slice.table}{where(table_slice)}"

    @staticmethod
    def ensure_schema_exists(context, table_slice, connection):
        CALLS.append(f"schema {table_slice.schema}")

    @staticmethod
    @contextmanager
    def connect(context, table_slice):
        CALLS.append(f"connect {type(context).__name__}")
        connection = sqlite3.connect(BASE)
        yield connection
        connection.commit()
        connection.close()


class RowHandler(DbTypeHandler):
    types = (Rows,)

    @property
    def supported_types(self):
        return list(self.types)

    def handle_output(self, context, table_slice, obj, connection):
        CALLS.append(f"store {table_slice.schema}.{table_slice.table}")
        connection.execute(f"create table if not exists {table_slice.table} (day text, color text)")
        connection.executemany(f"insert into {table_slice.table} values (?, ?)", obj)
        return {"rows": len(obj)}

    def load_input(self, context, table_slice, connection):
        CALLS.append(f"load {table_slice.schema}.{table_slice.table}")
        return self.types[0](sorted(connection.execute(Sqlite.get_select_statement(table_slice)).fetchall()))


class DictHandler(RowHandler):
    types = (dict,)

    def load_input(self, context, table_slice, connection):
        return dict(super().load_input(context, table_slice, connection))


def manager(*handlers, **options):
    return DbIOManager(type_handlers=handlers or [RowHandler()], db_client=Sqlite(), database="db", **options)


def materialize(*assets, io_manager=None, **options):
    CALLS.clear()
    return dg.materialize(
        list(assets),
        resources={"io_manager": io_manager or manager()},
        instance=dg.DagsterInstance.ephemeral(),
        **options,
    )


@dg.asset
def colors() -> Rows:
    return Rows([("2024-01-01", "red"), ("2024-01-02", "green")])


@dg.asset
def copied(colors: Rows) -> Rows:
    return colors


@dg.asset
def untyped(colors):
    return MoreRows(colors)


@dg.asset
def as_dict(colors: dict) -> None:
    assert colors["2024-01-01"] == "red"


@dg.asset(ins={"colors": dg.AssetIn(metadata={"columns": ["color"]})})
def names(colors: Rows) -> Rows:
    return Rows([(color, color) for (color,) in colors])


@dg.asset(partitions_def=DAYS, metadata={"partition_expr": "day"})
def daily(context) -> Rows:
    return Rows([(context.partition_key, "red")])


@dg.asset(partitions_def=DAYS, metadata={"partition_expr": "day"})
def same_day(daily: Rows) -> Rows:
    return daily


@dg.asset
def all_days(daily: Rows) -> Rows:
    return daily


@dg.asset(partitions_def=BOTH, metadata={"partition_expr": {"day": "day", "color": "color"}})
def by_both(context) -> Rows:
    key = context.partition_key.keys_by_dimension
    return Rows([(key["day"], key["color"])])


@dg.asset
def all_of_both(by_both: Rows) -> Rows:
    return by_both


@dg.asset
def number() -> int:
    return 5


@dg.asset
def nothing():
    return None


@dg.asset(partitions_def=DAYS)
def without_column() -> Rows:
    return Rows()


def whole() -> dict:
    result = materialize(colors, copied, untyped, names)
    return {
        "calls": list(CALLS),
        "materializations": seen.materializations(result),
        "copied": result.output_for_node("copied"),
        "names": result.output_for_node("names"),
        "events": seen.step_events(result),
    }


def schemas() -> dict:
    facts = {}
    for configured in (None, "conf"):
        for metadata in ({}, {"schema": "said"}):
            for prefix in (None, ["a"], ["a", "b"]):

                @dg.asset(key_prefix=prefix, metadata=metadata)
                def kept() -> Rows:
                    return Rows()

                result = materialize(kept, io_manager=manager(schema=configured))
                (event,) = result.get_asset_materialization_events()
                name = event.materialization.metadata["dagster/table_name"].value
                facts[f"{configured} {metadata} {prefix}"] = name
    return facts


def partitions() -> dict:
    for day in [*DAYS.get_partition_keys(), "2024-01-02"]:
        materialize(daily, partition_key=day)
    one = materialize(daily, same_day, selection=["same_day"], partition_key="2024-01-02")
    every = materialize(daily, all_days, selection=["all_days"])
    for day, color in (("2024-01-01", "red"), ("2024-01-02", "green"), ("2024-01-01", "red")):
        stored = materialize(by_both, partition_key=dg.MultiPartitionKey({"day": day, "color": color}))
    both = materialize(by_both, all_of_both, selection=["all_of_both"])
    return {
        "one": one.output_for_node("same_day"),
        "every": every.output_for_node("all_days"),
        "stored": seen.materializations(stored),
        "both": both.output_for_node("all_of_both"),
    }


def op_outputs() -> dict:
    @dg.op(out=dg.Out(metadata={"schema": "ops"}))
    def made() -> Rows:
        return Rows([("2024-01-01", "red")])

    @dg.op
    def taken(rows: Rows) -> int:
        return len(rows)

    @dg.job(resource_defs={"io_manager": dg.IOManagerDefinition.hardcoded_io_manager(manager(RowHandler(), IntHandler()))})
    def both():
        taken(made())

    CALLS.clear()
    result = both.execute_in_process(instance=dg.DagsterInstance.ephemeral())
    return {"value": result.output_for_node("taken"), "calls": list(CALLS)}


class IntHandler(RowHandler):
    types = (int,)

    def handle_output(self, context, table_slice, obj, connection):
        CALLS.append(f"int {table_slice.schema}.{table_slice.table}")


def refused() -> dict:
    two = manager(RowHandler(), DictHandler())
    return {
        "no handler": seen.outcome(lambda: materialize(number), ["DbIOManager", "int"]),
        "named": seen.outcome(lambda: materialize(number, io_manager=manager(io_manager_name="Mine")), ["Mine"]),
        "nothing": seen.outcome(lambda: materialize(nothing), ["-> None"]),
        "no column": seen.outcome(lambda: materialize(without_column, partition_key="2024-01-01"), ["partition_expr"]),
        "two types": seen.outcome(lambda: materialize(colors, untyped, io_manager=two), ["Rows", "dict"]),
        "two of a kind": seen.outcome(lambda: manager(RowHandler(), RowHandler()), ["RowHandler"]),
        "picked": materialize(colors, as_dict, io_manager=two).success,
        "default": materialize(colors, untyped, io_manager=manager(RowHandler(), DictHandler(), default_load_type=Rows)).success,
    }


def facts() -> dict:
    return {
        "whole": whole(),
        "schemas": schemas(),
        "partitions": partitions(),
        "ops": op_outputs(),
        "refused": refused(),
        "outside": dg.Definitions([colors], resources={"io_manager": manager()}).load_asset_value("colors", python_type=Rows),
        "values": [
            list(TableSlice("t", "s")),
            list(TablePartitionDimension("c", ["a"])),
            static_where_clause(TablePartitionDimension("c", ["a", "it's"])),
            escape_sql_string_literal("it's"),
            DbClient.get_table_name(TableSlice("t", "s", "d")),
        ],
    }
