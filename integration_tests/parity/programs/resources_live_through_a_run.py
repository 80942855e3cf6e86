"""Configurable resources: setup and teardown, nesting, factories, variables, config at launch."""

import contextlib
import os

import seen
from pydantic import PrivateAttr

import dagster as dg

SEEN = []


class Named(dg.ConfigurableResource):
    name: str
    _state: str = PrivateAttr(default="none")

    def setup_for_execution(self, context):
        SEEN.append(f"{self.name} up")
        self._state = "open"

    def teardown_after_execution(self, context):
        SEEN.append(f"{self.name} down {self._state}")


class Parent(Named):
    child: Named


class Whole(dg.ConfigurableResource):
    @contextlib.contextmanager
    def yield_for_execution(self, context):
        SEEN.append(f"in {context.resource_config}")
        yield self
        SEEN.append("out")


class Holder(dg.ConfigurableResource):
    held: dg.ResourceDependency[str]


class Login(dg.ConfigurableResource):
    user: str
    realm: str = "home"
    pin: int = 0

    def describe(self):
        return f"{self.user} {self.realm} {self.pin}"


class Broken(dg.ConfigurableResource):
    where: str

    def setup_for_execution(self, context):
        if self.where == "setup":
            raise ValueError("no setup")

    def teardown_after_execution(self, context):
        SEEN.append("broken down")
        if self.where == "teardown":
            raise ValueError("no teardown")


@dg.resource(required_resource_keys={"named"})
def after_named(context):
    SEEN.append(f"after {context.resources.named.name}")
    return "after"


@dg.resource(config_schema=str)
def text(context):
    return context.resource_config


def used(resources, use=lambda value: value, key="it", run_config=None, raise_on_error=True):
    """What `use` gives for the resource inside of an asset, and what happened around it."""
    SEEN.clear()

    @dg.asset(required_resource_keys={key})
    def user(context):
        SEEN.append("used")
        return use(getattr(context.resources, key))

    def run():
        result = dg.materialize([user], resources=resources, run_config=run_config, raise_on_error=raise_on_error)
        return result.output_for_node("user") if result.success else False

    return {"got": seen.outcome(run), "seen": list(SEEN)}


def config(key, **values):
    return {"resources": {key: {"config": values}}}


GIVEN = {"resources": {"t": {"config": "given"}}}


def facts() -> dict:
    os.environ["PARITY_USER"] = "eve"
    os.environ["PARITY_PIN"] = "12"
    login = Login.configure_at_launch(realm="work")
    variable = Login(user=dg.EnvVar("PARITY_USER"), pin=dg.EnvVar.int("PARITY_PIN"))
    describe = Login.describe
    return {
        "one": used({"it": Named(name="n")}, lambda it: it._state),
        "nested": used({"it": Parent(name="p", child=Named(name="c"))}, lambda it: [it.child.name, it.child._state]),
        "whole": used({"it": Whole()}, lambda it: type(it).__name__),
        "required": used({"it": after_named, "named": Named(name="n")}),
        "held object": used({"it": Holder(held="x")}, lambda it: it.held),
        "held definition": used({"it": Holder(held=dg.ResourceDefinition.hardcoded_resource("h"))}, lambda it: it.held),
        "held with config": used({"it": Holder(held=text), "t": text}, lambda it: it.held, run_config=GIVEN),
        "held without a key": used({"it": Holder(held=text)}),
        "at launch": used({"it": login}, describe, run_config=config("it", user="bob")),
        "at launch over": used({"it": login}, describe, run_config=config("it", user="bob", realm="away")),
        "at launch missing": used({"it": login}, describe),
        "over the object": used({"it": Login(user="ada")}, describe, run_config=config("it", pin=3)),
        "unknown field": used({"it": Login(user="ada")}, describe, run_config=config("it", nope=3)),
        "as an object": used({"it": login}, describe, run_config=dg.RunConfig(resources={"it": Login(user="rc")})),
        "variables": used({"it": variable}, describe),
        "unset": used({"it": Login(user=dg.EnvVar("PARITY_NOT_SET"))}, describe),
        "setup fails quietly": used({"it": Broken(where="setup"), "a": Named(name="a")}, raise_on_error=False),
        "teardown fails": used({"it": Broken(where="teardown")}, lambda it: it.where),
        "step fails": used({"it": Named(name="n")}, lambda it: 1 // 0, raise_on_error=False),
        "direct": Login(user="ada").describe(),
        "frozen": seen.outcome(lambda: setattr(Login(user="a"), "user", "b"), mentions=["Login"]),
        "equal": [Login(user="a") == Login(user="a"), Login(user="a") == Login(user="b")],
        "missing field": seen.outcome(lambda: Login()),
        "nested launch without key": used({"it": Parent(name="p", child=Named.configure_at_launch())}),
    }
