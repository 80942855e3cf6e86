import pytest

from dagster import AutomationCondition, ResolutionContext
from dagster.components.refusals import DagsterComponentError
from dagster.components.templates import rendered, rendered_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ 1 + 1 }}", 2),
        ("a {{ 1 }} b", "a 1 b"),
        ("{{ names }}", ["x"]),
        ("{{ '5432' }}", 5432),
        ("{% for n in names %}{{ n }}!{% endfor %}", "x!"),
        ("{# nothing #}x", "x"),
        ("{{ names[0] | upper }}", "X"),
        ("{{ nope is defined }}", False),
    ],
)
def test_a_template_gives_values(text: str, expected: object) -> None:
    assert rendered(text, {"names": ["x"]}) == expected


@pytest.mark.parametrize("text", ["3", "True", "None", "[1, 2]", "1e3"])
def test_a_text_without_a_template_is_what_it_says(text: str) -> None:
    assert rendered(text, {}) == text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ nmae }}", "'nmae' is undefined. Close: 'name'. There is: name."),
        ("{{ name.nope }}", "'str object' has no attribute 'nope'."),
        ("{{ 1 ", "This is no template: unexpected end of template, expected 'end of print statement'."),
        ("{{ 1 / 0 }}", "The template raised ZeroDivisionError: division by zero"),
        ("{{ 1 if false }}", "the inline if-expression on line 1 evaluated to false and no else section was defined."),
    ],
)
def test_what_cannot_be_rendered_is_refused(text: str, said: str) -> None:
    with pytest.raises(DagsterComponentError) as refused:
        rendered(text, {"name": "x"})
    assert str(refused.value) == said


@pytest.mark.parametrize("text", ["{{ ''.__class__ }}", "{{ name.__class__.__mro__ }}", "{{ shout.__globals__ }}"])
def test_no_way_leads_to_the_insides_of_python(text: str) -> None:
    with pytest.raises(DagsterComponentError, match="unsafe|has no attribute"):
        rendered(text, {"name": "x", "shout": lambda: None})


def test_a_text_of_sql_stays_a_text() -> None:
    assert rendered_text("select {{ n }}\n", {"n": 3}) == "select 3\n"


def test_the_environment_is_seen_by_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TABLE", "orders")
    context = ResolutionContext.default()
    given = {"a": "{{ env.TABLE }}", "b": "{{ env.NOT_SET }}", "c": "{{ env('NOT_SET', 'd') }}"}
    assert context.resolve_value(given) == {"a": "orders", "b": None, "c": "d"}


def test_a_variable_that_is_not_set_is_refused_when_it_is_called_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TABLE", raising=False)
    with pytest.raises(DagsterComponentError, match=r"a.1: The environment variable TABLE is not set"):
        ResolutionContext.default().at_path("a").resolve_value(["", "{{ env('TABLE') }}"])


def test_declarations_of_dagster_are_seen_by_templates() -> None:
    context = ResolutionContext.default()
    assert context.resolve_value("{{ dg.AutomationCondition.eager() }}") == AutomationCondition.eager()
    assert context.resolve_value("{{ automation_condition.eager() }}") == AutomationCondition.eager()
    assert context.resolve_value("{{ datetime.timedelta(hours=2).total_seconds() }}") == 7200
    with pytest.raises(DagsterComponentError, match="has no attribute 'Definitions'"):
        context.resolve_value("{{ dg.Definitions }}")
