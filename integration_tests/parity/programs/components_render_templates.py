"""What templates in component files see, and what comes of them."""

import os

import written

SHOWN = """
    from typing import Any
    import dagster as dg

    class Shown(dg.Component, dg.Model, dg.Resolvable):
        v: Any = None

        @classmethod
        def get_additional_scope(cls):
            return {"shout": lambda text: text.upper()}

        @staticmethod
        @dg.template_var
        def of_context(context): return context.path.name

        def build_defs(self, context):
            return dg.Definitions(assets=[dg.AssetSpec(context.path.name, metadata={"v": repr(self.v)})])
"""
OTHER = """
    import dagster as dg

    class Other(dg.Component, dg.Model, dg.Resolvable):
        v: str

        @staticmethod
        @dg.template_var
        def of_class(): return "of the class"

        def build_defs(self, context):
            return dg.Definitions(assets=[dg.AssetSpec("x", metadata={"v": self.v})])
"""
VARS = """
    import dagster as dg

    @dg.template_var
    def limit(): return 7

    @dg.template_var()
    def doubled(): return lambda n: n * 2

    @dg.template_var
    def here(context: dg.ComponentLoadContext): return context.path.name
"""
GOOD = {
    "sum": "'{{ 1 + 1 }}'",
    "text": "'a {{ 1 }} b'",
    "list": "'{{ [1, 2] }}'",
    "nested": "{a: '{{ 1 + 1 }}', '{{ 2 }}': 3, l: [1, '{{ true }}', null]}",
    "two": "'{{ 1 }}{{ 2 }}'",
    "filter": "\"{{ 'x' | upper }}\"",
    "statement": "'{% if true %}x{% endif %}'",
    "comment": "'{# nothing #}x'",
    "number": "1.5",
    "nothing": "null",
    "padded": "' {{ 3 }} '",
    "of_number_as_text": "\"{{ '12' }}\"",
    "scope": "'{{ shout(\"abc\") }}'",
    "of_context": "'{{ of_context }}'",
    "vars": "'{{ limit }} {{ doubled(3) }} {{ here }}'",
    "env": "'{{ env.PARITY_TABLE }}'",
    "unset": "'{{ env.PARITY_NOT_SET }}'",
    "default": "'{{ env(\"PARITY_NOT_SET\", \"d\") }}'",
    "delta": "'{{ datetime.timedelta(hours=1).total_seconds() }}'",
    "condition": "'{{ dg.AutomationCondition.eager().get_label() }}'",
    "older_condition": "'{{ automation_condition.eager().get_label() }}'",
    "other": "\"{{ context.load_component('number').v }}\"",
    "of_other": "\"{{ context.build_defs('number').assets | length }}\"",
}
BAD = {
    "undefined": ("'{{ nope }}'", ("nope", "defs.yaml:3", "attributes.v")),
    "attribute": ("'{{ env.HOME.nope }}'", ("nope",)),
    "syntax": "'{{ 1 '",
    "required": ("'{{ env(\"PARITY_NOT_SET\") }}'", ("PARITY_NOT_SET",)),
    "not_declaring": ("'{{ dg.Definitions }}'", ("Definitions",)),
    "itself": "\"{{ context.load_component('x') }}\"",
}


def of(value: str) -> str:
    return f"type: PROJECT.shown.Shown\nattributes:\n  v: {value}\ntemplate_vars_module: .vars\n"


def refused(name: str, case) -> dict:
    value, words = case if isinstance(case, tuple) else (case, ())
    files = {"shown.py": SHOWN, "defs/x/defs.yaml": of(value), "defs/x/vars.py": VARS}
    return written.loaded(f"bad_{name}", files, words)


def rendered(name: str, value: str) -> dict:
    other = "type: PROJECT.shown.Shown\nattributes: {v: 1.5}\n"
    files = {"shown.py": SHOWN, "defs/x/defs.yaml": of(value), "defs/x/vars.py": VARS, "defs/number/defs.yaml": other}
    found = written.loaded(f"good_{name}", files)
    return found.get("assets", {}).get("x", found)


def facts() -> dict:
    os.environ["PARITY_TABLE"] = "orders"
    other = {"other.py": OTHER, "defs/x/defs.yaml": "type: PROJECT.other.Other\nattributes: {v: '{{ of_class }}'}\n"}
    return {
        "of the class": written.loaded("of_class", other),
        "good": {name: rendered(name, value) for name, value in GOOD.items()},
        "bad": {name: refused(name, case) for name, case in BAD.items()},
    }
