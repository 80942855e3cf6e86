"""Assets with `is_virtual`: declared, and run where they have a function and are selected."""

import seen

import dagster as dg


@dg.asset(is_virtual=True)
def view():
    return 1


@dg.asset(deps=[view])
def below(): ...


@dg.multi_asset(specs=[dg.AssetSpec("v", is_virtual=True), dg.AssetSpec("t")])
def mixed(): ...


def facts() -> dict:
    spec = dg.AssetSpec("external", is_virtual=True, deps=["below"])
    return {
        "is": [view.is_executable, view.is_materializable, [each.is_virtual for each in view.specs]],
        "run": seen.step_events(dg.materialize_to_memory([view, below])),
        "selected": seen.step_events(dg.materialize_to_memory([view, below], selection=["view"])),
        "external": seen.step_events(dg.materialize_to_memory([spec, below, view])),
        "mixed": seen.step_events(dg.materialize_to_memory([mixed])),
        "mixed specs": {each.key.to_user_string(): each.is_virtual for each in mixed.specs},
        "of an out": dg.AssetOut(is_virtual=True).is_virtual,
        "called": view(),
        "replaced": spec.replace_attributes(is_virtual=False).is_virtual,
    }
