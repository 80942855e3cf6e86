"""Decorators of `dagster._annotations`, which libraries put on their own functions and classes: who is warned of what."""

import warnings

from dagster import _annotations as marks


@marks.public
def steady() -> int:
    return 1


@marks.beta
def new() -> int:
    return 2


@marks.preview(additional_warn_text="ask first")
class Sketch:
    pass


@marks.superseded(additional_warn_text="write `steady`")
def old() -> int:
    return 3


@marks.deprecated(breaking_version="2.0")
class Former:
    def __init__(self, size: int = 1) -> None:
        self.size = size


@marks.deprecated_param(param="size", breaking_version="2.0")
@marks.beta_param(param="color")
def paint(size: "int | None" = None, color: "str | None" = None) -> int:
    return 4


@marks.hidden_param(param="size", breaking_version="2.0")
def draw(**kwargs: object) -> list:
    marks.only_allow_hidden_params_in_kwargs(draw, kwargs)
    return sorted(kwargs)


@marks.deprecated(breaking_version="2.0", emit_runtime_warning=False)
def silent() -> int:
    return 5


class Shop:
    @marks.public
    @property
    def name(self) -> str:
        return "shop"

    @marks.deprecated(breaking_version="3.0")
    @property
    def title(self) -> str:
        return "Shop"

    @marks.public
    @staticmethod
    def floor() -> int:
        return 6


CALLS = {
    "public": steady,
    "beta": new,
    "preview": lambda: type(Sketch()).__name__,
    "superseded": old,
    "deprecated class": lambda: Former(size=2).size,
    "parameters not given": paint,
    "deprecated parameter": lambda: paint(size=1),
    "beta parameter": lambda: paint(color="red"),
    "hidden parameter": lambda: draw(size=1),
    "unknown parameter": lambda: draw(weight=1),
    "silent": silent,
    "public property": lambda: Shop().name,
    "deprecated property": lambda: Shop().title,
    "public static method": Shop.floor,
}


def outcome(call: object) -> dict:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            value = call()
        except TypeError as error:
            value = str(error)
    return {"value": value, "warnings": [{"kind": one.category.__name__, "says": str(one.message)} for one in caught]}


def facts() -> dict:
    return {
        **{name: outcome(call) for name, call in CALLS.items()},
        "marks": {
            "public": [marks.is_public(steady), marks.is_public(new)],
            "beta": [marks.is_beta(new), marks.is_beta(steady)],
            "preview": marks.is_preview(Sketch),
            "superseded": marks.is_superseded(old),
            "deprecated": [marks.is_deprecated(Former), marks.get_deprecated_info(Former).breaking_version],
            "parameters": [sorted(marks.get_deprecated_params(paint)), marks.is_beta_param(paint, "color")],
        },
    }
