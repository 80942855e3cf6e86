"""Resources that `context.resources` shows as another object, and parameters that get the resource itself."""

import seen

import dagster as dg


class Database(dg.ConfigurableResource, dg.IAttachDifferentObjectToOpContext):
    name: str

    def get_object_to_set_on_execution_context(self):
        return f"connection to {self.name}"


class Reports(dg.ConfigurableResource):
    database: Database


class Undefined(dg.ConfigurableResource, dg.IAttachDifferentObjectToOpContext): ...


@dg.asset(required_resource_keys={"database"})
def by_context(context):
    return context.resources.database


@dg.asset
def by_parameter(database: Database):
    return [type(database).__name__, database.name]


@dg.asset
def nested(reports: Reports):
    return type(reports.database).__name__


@dg.op(required_resource_keys={"database"})
def op_by_context(context):
    return context.resources.database


@dg.op
def op_by_both(context: dg.OpExecutionContext, database: Database):
    return [context.resources.database, type(database).__name__]


@dg.job(resource_defs={"database": Database(name="job")})
def both():
    op_by_context()
    op_by_both()


@dg.resource(required_resource_keys={"database"})
def on_top(context):
    return f"on top of {context.resources.database}"


@dg.asset(required_resource_keys={"undefined"})
def of_undefined(context):
    return context.resources.undefined


def facts() -> dict:
    database = Database(name="db")
    resources = {"database": database, "reports": Reports(database=database)}
    made = dg.materialize_to_memory([by_context, by_parameter, nested], resources=resources)
    ran = both.execute_in_process()
    with dg.build_resources({"database": database, "on_top": on_top}) as built:
        outside = [built.database, built.on_top]
    return {
        "assets": {name: made.output_for_node(name) for name in ("by_context", "by_parameter", "nested")},
        "ops": [ran.output_for_node("op_by_context"), ran.output_for_node("op_by_both")],
        "called": [
            by_context(dg.build_asset_context(resources={"database": database})),
            op_by_context(dg.build_op_context(resources={"database": database})),
        ],
        "built": outside,
        "undefined": seen.outcome(lambda: dg.materialize_to_memory([of_undefined], resources={"undefined": Undefined()})),
    }
