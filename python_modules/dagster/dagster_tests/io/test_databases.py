import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from pathlib import Path

import pytest

import dagster as dg
from dagster.errors import CheckError, DagsterInvalidDefinitionError, DagsterInvariantViolationError
from dagster.io.databases import DbClient, DbIOManager, DbTypeHandler
from dagster.io.tables import TablePartitionDimension, TableSlice, escape_sql_string_literal, static_where_clause

DAYS = dg.DailyPartitionsDefinition("2024-01-01", end_date="2024-01-05")
COLORS = dg.StaticPartitionsDefinition(["red", "green", "it's"])
DAYS_AND_COLORS = dg.MultiPartitionsDefinition({"day": DAYS, "color": COLORS})


class Rows(list):
    pass


class Others(list):
    pass


def condition(dimension: TablePartitionDimension) -> str:
    if isinstance(dimension.partitions, dg.TimeWindow):
        start, end = (each.strftime("%Y-%m-%d") for each in dimension.partitions)
        return f"{dimension.partition_expr} >= '{start}' and {dimension.partition_expr} < '{end}'"
    return static_where_clause(dimension)


def where(table_slice: TableSlice) -> str:
    conditions = [condition(each) for each in table_slice.partition_dimensions or ()]
    return f" where {' and '.join(conditions)}" if conditions else ""


def table(table_slice: TableSlice) -> str:
    return f"{table_slice.schema}_{table_slice.table}"


class Sqlite(DbClient[sqlite3.Connection]):
    @staticmethod
    def delete_table_slice(context, table_slice, connection) -> None:
        if connection.execute("select 1 from sqlite_master where name = ?", [table(table_slice)]).fetchone():
            connection.execute(f"delete from {table(table_slice)}{where(table_slice)}")

    @staticmethod
    def get_select_statement(table_slice: TableSlice) -> str:
        return f"select {', '.join(table_slice.columns or ['*'])} from {table(table_slice)}{where(table_slice)}"

    @staticmethod
    @contextmanager
    def connect(context, table_slice: TableSlice) -> Iterator[sqlite3.Connection]:
        connection = sqlite3.connect(str(table_slice.database))
        yield connection
        connection.commit()
        connection.close()


class RowHandler(DbTypeHandler[Rows]):
    @property
    def supported_types(self) -> list[type]:
        return [Rows]

    def handle_output(self, context, table_slice, obj, connection) -> dict[str, int]:
        connection.execute(f"create table if not exists {table(table_slice)} (day text, color text)")
        connection.executemany(f"insert into {table(table_slice)} values (?, ?)", obj)
        return {"rows": len(obj)}

    def load_input(self, context, table_slice, connection) -> Rows:
        return Rows(sorted(connection.execute(Sqlite.get_select_statement(table_slice)).fetchall()))


class OtherHandler(RowHandler):
    @property
    def supported_types(self) -> list[type]:
        return [Others]

    def load_input(self, context, table_slice, connection) -> Others:
        return Others(super().load_input(context, table_slice, connection))


@pytest.fixture
def manager(tmp_path: Path) -> DbIOManager:
    return DbIOManager(type_handlers=[RowHandler()], db_client=Sqlite(), database=str(tmp_path / "tables.db"))


@dg.asset
def colors() -> Rows:
    return Rows([("2024-01-01", "red"), ("2024-01-02", "green")])


def materialize(*assets, manager: DbIOManager, **options):
    with dg.DagsterInstance.ephemeral() as instance:
        return dg.materialize([*assets], resources={"io_manager": manager}, instance=instance, **options)


def rows_of(asset, manager: DbIOManager, partition_key: str | None = None) -> list:
    definitions = dg.Definitions([asset], resources={"io_manager": manager})
    with dg.DagsterInstance.ephemeral() as instance:
        return definitions.load_asset_value(asset.key, python_type=Rows, partition_key=partition_key, instance=instance)


def test_a_value_is_kept_in_a_table_and_loaded_from_it(manager: DbIOManager) -> None:
    @dg.asset
    def copied(colors: Rows) -> Rows:
        return colors

    result = materialize(colors, copied, manager=manager)

    assert result.output_for_node("copied") == [("2024-01-01", "red"), ("2024-01-02", "green")]
    assert rows_of(colors, manager) == result.output_for_node("copied")


def test_a_second_materialization_replaces_the_rows(manager: DbIOManager) -> None:
    materialize(colors, manager=manager)
    materialize(colors, manager=manager)

    assert len(rows_of(colors, manager)) == 2


def test_the_materialization_names_the_table_and_the_query(manager: DbIOManager) -> None:
    (event,) = materialize(colors, manager=manager).get_asset_materialization_events()

    metadata = event.materialization.metadata
    assert metadata["rows"].value == 2
    assert metadata["Query"].value == "select * from public_colors"
    assert metadata["dagster/table_name"].value == f"{manager._database}.public.colors"


def test_an_input_may_name_the_columns_it_needs(manager: DbIOManager) -> None:
    @dg.asset(ins={"colors": dg.AssetIn(metadata={"columns": ["color"]})})
    def names(colors: Rows) -> None:
        assert colors == [("green",), ("red",)]

    assert materialize(colors, names, manager=manager).success


@pytest.mark.parametrize(
    ("configured", "key", "metadata", "schema"),
    [
        (None, ["t"], {}, "public"),
        (None, ["a", "b", "t"], {}, "b"),
        ("conf", ["a", "t"], {}, "conf"),
        ("conf", ["a", "t"], {"schema": "said"}, "said"),
        (None, ["a", "t"], {"schema": "said"}, "said"),
    ],
)
def test_the_schema_is_the_nearest_said(configured, key, metadata, schema, tmp_path: Path) -> None:
    manager = DbIOManager(type_handlers=[RowHandler()], db_client=Sqlite(), database=str(tmp_path / "db"), schema=configured)

    @dg.asset(key=key, metadata=metadata)
    def kept() -> Rows:
        return Rows()

    (event,) = materialize(kept, manager=manager).get_asset_materialization_events()
    assert event.materialization.metadata["Query"].value == f"select * from {schema}_t"


@dg.asset(partitions_def=DAYS, metadata={"partition_expr": "day"})
def daily(context: dg.AssetExecutionContext) -> Rows:
    return Rows([(context.partition_key, "red")])


def test_each_partition_is_rows_of_one_table(manager: DbIOManager) -> None:
    @dg.asset
    def all_days(daily: Rows) -> Rows:
        return daily

    for day in [*DAYS.get_partition_keys(), "2024-01-02"]:
        materialize(daily, manager=manager, partition_key=day)

    assert rows_of(daily, manager, "2024-01-02") == [("2024-01-02", "red")]
    result = materialize(daily, all_days, manager=manager, selection=["all_days"])
    assert [day for day, _ in result.output_for_node("all_days")] == DAYS.get_partition_keys()


def test_a_partition_of_two_dimensions_is_rows_that_satisfy_both(manager: DbIOManager) -> None:
    @dg.asset(partitions_def=DAYS_AND_COLORS, metadata={"partition_expr": {"day": "day", "color": "color"}})
    def both(context: dg.AssetExecutionContext) -> Rows:
        assert isinstance(context.partition_key, dg.MultiPartitionKey)
        key = context.partition_key.keys_by_dimension
        return Rows([(key["day"], key["color"])])

    keys = [
        dg.MultiPartitionKey({"day": day, "color": color}) for day in ("2024-01-01", "2024-01-02") for color in ("red", "it's")
    ]
    for key in [*keys, keys[0]]:
        materialize(both, manager=manager, partition_key=key)

    assert rows_of(both, manager, keys[1]) == [("2024-01-01", "it's")]


@pytest.mark.parametrize(
    ("partitions_def", "expression", "words"),
    [
        (DAYS, None, "partition_expr"),
        (DAYS_AND_COLORS, "day", "Write a dict"),
        (DAYS_AND_COLORS, {"day": "day"}, "dimension 'color'"),
    ],
)
def test_a_partition_without_a_column_is_refused(partitions_def, expression, words: str, manager: DbIOManager) -> None:
    @dg.asset(partitions_def=partitions_def, metadata={"partition_expr": expression} if expression else {})
    def kept() -> Rows:
        return Rows()

    with pytest.raises(DagsterInvalidDefinitionError, match=words):
        materialize(kept, manager=manager, partition_key=partitions_def.get_partition_keys()[0])


@pytest.mark.parametrize(
    ("partitions_def", "keys"),
    [(DAYS, ["2024-01-01", "2024-01-03"]), (DAYS_AND_COLORS, ["red|2024-01-01", "green|2024-01-02"])],
)
def test_partitions_that_no_one_slice_holds_are_not_loaded(partitions_def, keys, manager: DbIOManager) -> None:
    stored = dg.build_output_context(asset_key="t", definition_metadata={"partition_expr": {"day": "d", "color": "c"}})
    context = dg.InputContext(
        asset_key=dg.AssetKey("t"),
        upstream_output=stored,
        asset_partition_keys=keys,
        asset_partitions_def=partitions_def,
        dagster_type=dg.PythonObjectDagsterType(Rows),
    )

    with pytest.raises(CheckError, match="unbroken range"):
        manager.load_input(context)


def test_the_type_of_a_value_picks_its_handler(tmp_path: Path) -> None:
    @dg.asset
    def other(colors: Others) -> None:
        assert type(colors) is Others

    @dg.asset
    def untyped(colors) -> None: ...

    manager = DbIOManager(type_handlers=[RowHandler(), OtherHandler()], db_client=Sqlite(), database=str(tmp_path / "db"))
    assert materialize(colors, other, manager=manager).success
    with pytest.raises(CheckError, match="Add a type hint to the input: Rows or Others"):
        materialize(colors, untyped, manager=manager)


def test_an_input_without_a_type_is_loaded_as_the_only_or_default_type(tmp_path: Path, manager: DbIOManager) -> None:
    @dg.asset
    def untyped(colors) -> None:
        seen.append(type(colors))

    @dg.asset
    def optional(colors: Rows | None) -> None:
        seen.append(type(colors))

    seen: list[type] = []
    materialize(colors, untyped, optional, manager=manager)
    options = {"db_client": Sqlite(), "database": str(tmp_path / "other.db"), "default_load_type": Others}
    materialize(colors, untyped, manager=DbIOManager(type_handlers=[RowHandler(), OtherHandler()], **options))
    assert sorted(each.__name__ for each in seen) == ["Others", "Rows", "Rows"]


def test_a_value_that_no_handler_knows_is_refused(manager: DbIOManager) -> None:
    @dg.asset
    def number() -> int:
        return 5

    @dg.asset
    def nothing():
        return None

    with pytest.raises(CheckError, match="DbIOManager does not have a handler for type '<class 'int'>'"):
        materialize(number, manager=manager)
    with pytest.raises(DagsterInvariantViolationError, match="-> None"):
        materialize(nothing, manager=manager)


def test_two_handlers_of_one_type_are_refused() -> None:
    with pytest.raises(CheckError, match="Two handlers for Rows"):
        DbIOManager(type_handlers=[RowHandler(), RowHandler()], db_client=Sqlite(), database="d")


def test_an_input_that_nothing_stored_is_refused(manager: DbIOManager) -> None:
    context = dg.build_input_context(asset_key="t", dagster_type=dg.PythonObjectDagsterType(Rows))
    with pytest.raises(DagsterInvariantViolationError, match="upstream_output"):
        manager.load_input(context)


def test_the_output_of_an_op_lies_in_a_table_named_after_it(manager: DbIOManager) -> None:
    @dg.op(out=dg.Out(metadata={"schema": "ops"}))
    def made() -> Rows:
        return Rows([("2024-01-01", "red")])

    @dg.op
    def taken(rows: Rows) -> None:
        assert len(rows) == 1

    @dg.job(resource_defs={"io_manager": dg.IOManagerDefinition.hardcoded_io_manager(manager)})
    def both():
        taken(made())

    with dg.DagsterInstance.ephemeral() as instance:
        assert both.execute_in_process(instance=instance).success
    with sqlite3.connect(manager._database) as connection:
        assert connection.execute("select name from sqlite_master").fetchall() == [("ops_result",)]


def test_slices_are_tuples_and_texts_are_escaped() -> None:
    window = dg.TimeWindow(datetime(2024, 1, 1, tzinfo=timezone.utc), datetime(2024, 1, 2, tzinfo=timezone.utc))
    assert TableSlice("t", "s") == ("t", "s", None, None, None)
    assert TablePartitionDimension("day", window).partitions == window
    assert static_where_clause(TablePartitionDimension("c", ["a", "it's"])) == "c in ('a', 'it''s')"
    assert escape_sql_string_literal("it's") == "it''s"
    assert DbClient.get_table_name(TableSlice("t", "s", "d")) == "d.s.t"
    assert DbClient.get_table_name(TableSlice("t", "s")) == "s.t"
