"""`@multi_observable_source_asset`: one function that looks at several assets."""

import seen

import dagster as dg

AB = [dg.AssetSpec("a"), dg.AssetSpec("b")]


def observed(function, selection=None, specs=AB, partition_key=None, **given) -> dict:
    def made():
        definition = dg.multi_observable_source_asset(specs=specs, name="look", **given)(function)
        keys = selection or [spec.key for spec in definition.specs]
        defs = dg.Definitions(assets=[definition], jobs=[dg.define_asset_job("job", selection=keys)])
        result = defs.resolve_job_def("job").execute_in_process(partition_key=partition_key)
        return {
            "events": seen.step_events(result),
            "observations": [
                [
                    each.asset_key.to_user_string(),
                    each.partition,
                    seen.metadata(each.metadata),
                    seen.tags(each.tags),
                ]
                for each in (event.asset_observation_data.asset_observation for event in result.get_asset_observation_events())
            ],
        }

    return seen.outcome(made)


def yields(*results):
    def made():
        yield from results

    return made


def only_selected(context):
    for key in sorted(context.selected_asset_keys):
        yield dg.ObserveResult(key, metadata={"subset": context.is_subset})


def result(*args, **kwargs):
    return dg.ObserveResult(*args, **kwargs)


def facts() -> dict:
    a = result("a", data_version=dg.DataVersion("1"), tags={"x": "y"})
    b = result("b", metadata={"rows": 1})
    checked = result("a", check_results=[dg.AssetCheckResult(passed=True)])

    @dg.multi_observable_source_asset(specs=AB, group_name="g")
    def watched(): ...

    return {
        "yielded": observed(yields(a, b)),
        "returned": observed(lambda: (a, b)),
        "nothing": observed(lambda: None),
        "one of two": observed(yields(a)),
        "of another asset": observed(yields(result("zz"))),
        "without a key": observed(yields(result())),
        "without a key, of one": observed(yields(result(metadata={"n": 1})), specs=AB[:1]),
        "in part": observed(only_selected, selection=["a"], can_subset=True),
        "in whole": observed(only_selected, can_subset=True),
        "in part of one that cannot": observed(only_selected, selection=["a"]),
        "with a check": observed(
            yields(checked), specs=AB[:1], check_specs=[dg.AssetCheckSpec("c", asset="a")]
        ),
        "of a partition": observed(
            yields(a, b), partitions_def=dg.StaticPartitionsDefinition(["p"]), partition_key="p"
        ),
        "attributes": [
            watched.op.name,
            watched.is_observable,
            watched.is_executable,
            watched.is_materializable,
            sorted({spec.group_name for spec in watched.specs}),
        ],
        "materialized": seen.step_events(dg.materialize([watched])),
    }
