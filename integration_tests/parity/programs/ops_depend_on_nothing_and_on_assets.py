"""Order without values: `Nothing` in every place; values of assets as inputs of ops; inputs with managers of their own."""

import seen

import dagster as dg


@dg.op(out=dg.Out(dg.Nothing))
def start():
    pass


@dg.op
def value():
    return 5


@dg.op(ins={"a": dg.In(dg.Nothing), "b": dg.In(dg.Nothing)}, out={"done": dg.Out(dg.Nothing), "n": dg.Out(int)})
def middle():
    return None, 3


@dg.op(ins={"first": dg.In(dg.Nothing)})
def end(n):
    return n + 1


@dg.op(ins={"first": dg.In(dg.Nothing), "n": dg.In(int)})
def typed_end(n):
    return n + 1


@dg.asset
def stored():
    return 10


@dg.op
def takes(x):
    return x


class Fixed(dg.IOManager):
    def __init__(self, given):
        self.given = given

    def handle_output(self, context, obj):
        pass

    def load_input(self, context):
        return [self.given, context.name, context.upstream_output.step_key if context.upstream_output else None, dict(context.definition_metadata)]


@dg.input_manager(config_schema={"n": int})
def from_config(context):
    return [context.resource_config["n"], context.name]


@dg.op(ins={"x": dg.In(input_manager_key="fixed", metadata={"m": 1}), "y": dg.In(input_manager_key="loader")})
def managed(x, y):
    return [x, y]


@dg.op(out=dg.Out(io_manager_key="fixed", metadata={"o": 1}))
def gives():
    return "lost"


@dg.graph(ins={"wait": dg.GraphIn()})
def waiting(wait):
    return end(first=wait, n=value())


@dg.job
def order():
    begun = start()
    done, n = middle(a=begun, b=value())
    end(first=done, n=n)
    typed_end(first=[done, begun], n=n)
    waiting(begun)


@dg.job(resource_defs={"fixed": Fixed("fixed"), "loader": from_config})
def managers():
    managed(x=gives())
    takes(gives.alias("again")())


def facts() -> dict:
    result = order.execute_in_process()
    found = managers.execute_in_process(run_config={"resources": {"loader": {"config": {"n": 3}}}})
    names = ("end", "typed_end", "waiting", "middle")
    with dg.DagsterInstance.ephemeral() as instance:
        dg.materialize([stored], instance=instance, resources={"io_manager": dg.mem_io_manager})
    return {
        "order": seen.step_events(result),
        "values": {name: seen.outcome(lambda name=name: result.output_for_node(name, "n" if name == "middle" else "result")) for name in names},
        "value of nothing": seen.outcome(lambda: result.output_for_node("start")),
        "managed": [found.output_for_node("managed"), found.output_for_node("takes")],
        "events": seen.step_events(found),
        "missing manager": seen.outcome(lambda: dg.job(name="j")(lambda: managed(x=gives()) and None).execute_in_process(), mentions=["fixed", "loader"]),
        "nothing as a parameter": seen.outcome(lambda: dg.op(name="o", ins={"a": dg.In(dg.Nothing)})(lambda a: a)),
        "value into nothing": seen.outcome(
            lambda: dg.job(name="j")(lambda: end(first=value(), n=value()) and None).execute_in_process().output_for_node("end")
        ),
        "nothing into a value": seen.outcome(lambda: dg.job(name="j")(lambda: takes(start()) and None).execute_in_process().success),
        "not given": seen.outcome(lambda: dg.job(name="j")(lambda: end(n=value()) and None).execute_in_process().output_for_node("end")),
    }
