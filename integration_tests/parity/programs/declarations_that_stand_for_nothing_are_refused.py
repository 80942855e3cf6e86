"""What a field cannot be made of, and a repository that lists the same twice: the class of each error."""

import dagster as dg


@dg.asset
def orders():
    return 1


def outcome(declare):
    try:
        declare()
    except Exception as error:
        return type(error).__name__
    return "accepted"


def repository_of(*listed):
    @dg.repository
    def shop():
        return list(listed)

    return shop.get_all_jobs()


def op_with(schema):
    @dg.op(config_schema=schema)
    def loads():
        pass


def facts() -> dict:
    given = {"number": 3, "text": "x", "two": [1, 2], "entry": {"a": 3}, "type": int, "list of a type": [int]}
    return {
        "fields": {name: outcome(lambda each=each: dg.Field(each)) for name, each in given.items()},
        "schemas": {name: outcome(lambda each=each: op_with(each)) for name, each in given.items()},
        "twice": outcome(lambda: repository_of(orders, orders)),
        "nested": outcome(lambda: repository_of(orders, [orders])),
        "once": outcome(lambda: repository_of(orders)),
    }
