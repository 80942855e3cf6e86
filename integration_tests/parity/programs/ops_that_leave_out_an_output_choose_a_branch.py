"""One of several optional outputs is given: the other branch is skipped, and lists hold what is left."""

import seen

import dagster as dg


@dg.op(out={"left": dg.Out(is_required=False), "right": dg.Out(is_required=False)})
def branch():
    yield dg.Output(1, "left")


@dg.op
def go(x):
    return x


@dg.op
def gather(xs):
    return xs


@dg.op(ins={"start": dg.In(dg.Nothing)})
def done():
    return "done"


@dg.job
def branching():
    left, right = branch()
    gone_left = go.alias("go_left")(left)
    gone_right = go.alias("go_right")(right)
    gather([gone_left, gone_right])
    gather.alias("gather_right")([gone_right])
    done(start=[gone_left, gone_right])
    done.alias("done_right")(start=gone_right)


@dg.op(out=dg.Out(int))
def owes():
    if False:
        yield dg.Output(1)


@dg.job
def owing():
    owes()


def facts() -> dict:
    result = branching.execute_in_process()
    return {
        "events": seen.step_events(result),
        "skipped": sorted(e.step_key for e in result.get_step_skipped_events()),
        "gathered": result.output_for_node("gather"),
        "done": result.output_for_node("done"),
        "of the skipped": seen.outcome(lambda: result.output_for_node("go_right"), mentions=["go_right"]),
        "owed": seen.outcome(lambda: owing.execute_in_process(), mentions=["owes", "result"]),
    }
