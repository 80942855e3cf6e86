"""`selection=` of materialize, with objects, keys, strings and expressions."""

import seen

import dagster as dg


@dg.asset(group_name="raw")
def orders():
    return [1]


@dg.asset(group_name="raw", kinds={"csv"})
def customers():
    return ["a"]


@dg.asset(group_name="marts", owners=["team:sales"], tags={"tier": "1"})
def report(orders, customers):
    return len(orders) + len(customers)


@dg.asset(group_name="marts", key_prefix="out")
def mail(report):
    return f"{report}"


ASSETS = [orders, customers, report, mail]
SELECTIONS = {
    "object": [orders],
    "string": ["orders", "report"],
    "key": [dg.AssetKey(["out", "mail"])],
    "user string": "out/mail",
    "assets": dg.AssetSelection.assets("orders", "customers"),
    "group": dg.AssetSelection.groups("marts"),
    "upstream": dg.AssetSelection.assets("report").upstream(),
    "downstream": dg.AssetSelection.assets("report").downstream(),
    "minus": dg.AssetSelection.all() - dg.AssetSelection.assets(["out", "mail"]),
    "and": dg.AssetSelection.groups("raw") & dg.AssetSelection.assets("orders"),
    "or": dg.AssetSelection.groups("raw") | dg.AssetSelection.assets("report"),
    "expression": "group:raw",
    "plus before": "+report",
    "plus after": "orders+",
}
REFUSED = {
    "unknown key": ["ordres"],
    "unknown in selection": dg.AssetSelection.assets("nobody"),
}


def facts() -> dict:
    found = {}
    with dg.instance_for_test() as instance:
        dg.materialize(ASSETS, instance=instance)
        for name, selection in SELECTIONS.items():
            result = dg.materialize(ASSETS, instance=instance, selection=selection)
            steps = [e.step_key for e in result.all_events if e.event_type_value == "STEP_START"]
            run = instance.get_run_by_id(result.run_id)
            found[name] = {"steps": sorted(steps), "of the run": seen.plain(run.asset_selection)}
        for name, selection in REFUSED.items():
            found[name] = seen.outcome(
                lambda selection=selection: dg.materialize(ASSETS, instance=instance, selection=selection).success
            )
    return found
