"""`job.run_config_schema`: which entries the run config of a job has, and which of them it needs."""

import dagster as dg


@dg.resource(config_schema={"url": dg.StringSource})
def database(context):
    return context.resource_config["url"]


@dg.op(config_schema={"n": int, "word": dg.Field(str, default_value="a")}, required_resource_keys={"db"})
def counted(context):
    return context.op_config["n"]


@dg.op
def free():
    return 1


@dg.graph
def inside():
    counted()


@dg.job(resource_defs={"db": database})
def needing():
    inside()
    free()


@dg.job
def needing_nothing():
    free()


def needs(config_type, *path) -> dict:
    """Which entries at a place are required, by name."""
    for name in path:
        config_type = config_type.fields[name].config_type
    return {name: config_type.fields[name].is_required for name in sorted(config_type.fields)}


def facts() -> dict:
    of_all, of_free = needing.run_config_schema.config_type, needing_nothing.run_config_schema.config_type
    counted_config = ("ops", "inside", "ops", "counted", "config")
    word = of_all.fields["ops"].config_type.fields["inside"].config_type.fields["ops"].config_type.fields["counted"]
    return {
        "entries": [needs(of_all), needs(of_free)],
        "ops": needs(of_all, "ops"),
        "config of an op": needs(of_all, *counted_config),
        "default": word.config_type.fields["config"].config_type.fields["word"].default_value,
        "config of a resource": needs(of_all, "resources", "db", "config"),
        "mapping": needing.run_config_schema.config_mapping,
    }
