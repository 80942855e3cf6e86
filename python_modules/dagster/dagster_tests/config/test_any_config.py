"""Whatever is given to whatever schema: it is taken, or refused by the one error that says where."""

import enum
from typing import Annotated, Any, Literal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import Field as PydanticField
from pydantic import SecretStr, create_model

import dagster as dg
from dagster.config.definition_schemas import definition_schema
from dagster.config.descriptions import SchemaDescription, described
from dagster.config.evaluations import ROOT, EvaluationError
from dagster.config.fields import to_config_type
from dagster.config.run_schemas import process_run_config
from dagster.config.scaffolds import scaffolded
from dagster.config.secrets import masked
from dagster.config.validation import process_config
from dagster.errors import DagsterInvalidConfigError
from dagster.serdes import decode, encode

NAMES = st.sampled_from(["a", "b", "c", "env", "password"])
NUMBERS = st.integers() | st.floats() | st.booleans()
# Names and values that schemas know come often, so that config gets far inside.
JSON = st.recursive(
    st.none() | NUMBERS | st.text(max_size=3) | st.sampled_from(["FULL", "a", "b", "UNSET_VARIABLE"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(NAMES | st.text(max_size=2), inner, max_size=4)
        | st.dictionaries(NUMBERS, inner, max_size=2)
    ),
    max_leaves=12,
)


class Mode(enum.Enum):
    FULL = 1
    PART = "p"


def fields(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, dg.Field]]:
    made = st.builds(lambda kind, is_required: dg.Field(kind, is_required=is_required), inner, st.booleans())
    return st.dictionaries(NAMES, made, min_size=1, max_size=3)


SCALARS = st.sampled_from([int, float, str, bool, dg.StringSource, dg.IntSource, dg.BoolSource, dg.Enum.from_python_enum(Mode)])
SCHEMAS = st.recursive(
    SCALARS | st.just(dg.Any),
    lambda inner: (
        inner.map(dg.Noneable)
        | inner.map(dg.Array)
        | inner.map(lambda kind: dg.Map(str, kind))
        | inner.map(lambda kind: dg.Map(int, kind))
        | fields(inner).map(dg.Shape)
        | fields(inner).map(dg.Permissive)
        | fields(inner).map(dg.Selector)
        | fields(inner).map(lambda known: dg.ScalarUnion(str, known))
    ),
    max_leaves=8,
)


def models(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    with_default = inner.map(lambda kind: (kind | None, None))
    required = inner.map(lambda kind: (kind, ...))
    base = st.sampled_from([dg.Config, dg.PermissiveConfig])
    made = st.dictionaries(NAMES, with_default | required, min_size=1, max_size=3)
    return st.builds(lambda owner, found: create_model("Made", __base__=owner, **found), base, made)  # pyright: ignore[reportCallIssue, reportUnknownLambdaType, reportUnknownVariableType, reportArgumentType] - fields known at run time


ANNOTATIONS: st.SearchStrategy[Any] = st.recursive(
    st.sampled_from(
        [
            int,
            float,
            str,
            bool,
            Any,
            Mode,
            list,
            dict,
            SecretStr,
            Literal["a", "b"],
            Annotated[int, PydanticField(gt=3)],
            Annotated[str, PydanticField(max_length=1)],
            Annotated[list[int], PydanticField(min_length=1)],
        ]
    ),
    lambda inner: inner.map(lambda kind: list[kind]) | inner.map(lambda kind: dict[str, kind]) | models(inner),
    max_leaves=5,
)
OFTEN = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def refusal(call: Any) -> DagsterInvalidConfigError | None:
    try:
        call()
    except DagsterInvalidConfigError as refused:
        return refused
    return None


@OFTEN
@given(SCHEMAS, JSON)
def test_config_is_taken_or_refused_with_a_place(schema: Any, value: Any) -> None:
    refused = refusal(lambda: process_config(to_config_type(schema), value, "Error"))
    if refused is not None:
        assert refused.errors
        assert all(str(each.stack) in each.message for each in refused.errors)


@OFTEN
@given(models(ANNOTATIONS), JSON)
def test_typed_config_is_made_or_refused_in_our_words(model: Any, value: Any) -> None:
    made: list[Any] = []

    def make() -> None:
        config = {"ops": {"made": {"config": value}}}
        schema = model.to_config_schema()
        made.append(process_run_config(config, owner="a job", ops={"made": schema}, resources={}).arguments["made"])

    refused = refusal(make)
    if refused is None:
        assert isinstance(made[0], model)
    else:
        assert "pydantic" not in str(refused)


@OFTEN
@given(SCHEMAS, JSON)
def test_a_whole_run_config_is_taken_or_refused(schema: Any, value: Any) -> None:
    given_schema = definition_schema(schema)
    for config in ({"ops": {"one": {"config": value}}}, {"ops": value}, {"resources": {"one": value}}, {"loggers": value}, value):
        if isinstance(config, dict):
            refusal(
                lambda config=config: process_run_config(
                    config, owner="a job", ops={"one": given_schema}, resources={"one": given_schema}
                )
            )


@OFTEN
@given(SCHEMAS, JSON)
def test_what_was_taken_once_is_taken_again(schema: Any, value: Any) -> None:
    kind = to_config_type(schema)
    assert (refusal(lambda: process_config(kind, value, "Error")) is None) == (
        refusal(lambda: process_config(kind, value, "Error")) is None
    )


@OFTEN
@given(SCHEMAS, JSON)
def test_secrets_are_covered_whatever_is_given(schema: Any, value: Any) -> None:
    masked(value, to_config_type(schema))


@OFTEN
@given(SCHEMAS, st.booleans())
def test_what_is_scaffolded_fits(schema: Any, only_required: bool) -> None:
    kind = to_config_type(schema)
    errors: list[EvaluationError] = []
    kind.check(scaffolded(kind, only_required), ROOT, errors)
    assert errors == []


@OFTEN
@given(SCHEMAS)
def test_a_description_travels_and_names_every_type_in_it(schema: Any) -> None:
    made = described(to_config_type(schema))
    assert decode(encode(made), SchemaDescription) == made
    named = {key for each in made.types.values() for key in (*each.inner_keys, *(field.type_key for field in each.fields))}
    assert named | {made.root} == made.types.keys()
