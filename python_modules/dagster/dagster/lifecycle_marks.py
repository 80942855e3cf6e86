"""Decorators that mark what is public, new or on its way out; libraries of before import them from `dagster._annotations`.

A mark is kept on the object, and a call of what is marked as beta, preview, superseded or deprecated warns, at the caller's line.
Nothing of ours calls them.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from functools import partial, wraps
from typing import Any, cast

import msgspec

from dagster.api_warnings import BetaWarning, PreviewWarning, SupersessionWarning
from dagster.errors import CheckError

PUBLIC = "_is_public"
_MARKS = "_dagster_marks"
_PARAM_MARKS = "_dagster_param_marks"


class PreviewInfo(msgspec.Struct, frozen=True):
    """May still go."""

    additional_warn_text: str | None = None
    subject: str | None = None

    def warning(self, subject: str) -> Warning:
        return PreviewWarning(
            f"{subject} is currently in preview, and may have breaking changes in patch version releases. "
            "This feature is not considered ready for production use."
        )


class BetaInfo(msgspec.Struct, frozen=True):
    """May still change."""

    additional_warn_text: str | None = None
    subject: str | None = None

    def warning(self, subject: str) -> Warning:
        return BetaWarning(
            f"{subject} is currently in beta, and may have breaking changes in minor version releases, "
            "with behavior changes in patch releases."
        )


class SupersededInfo(msgspec.Struct, frozen=True):
    """There is a better one."""

    additional_warn_text: str | None = None
    subject: str | None = None

    def warning(self, subject: str) -> Warning:
        return SupersessionWarning(f"{subject} is superseded and its usage is discouraged.")


class DeprecatedInfo(msgspec.Struct, frozen=True):
    """Goes with a version. Hidden: a parameter that the signature does not name."""

    breaking_version: str
    hidden: bool = False
    additional_warn_text: str | None = None
    subject: str | None = None

    def warning(self, subject: str) -> Warning:
        return DeprecationWarning(f"{subject} is deprecated and will be removed in {self.breaking_version}.")


Info = PreviewInfo | BetaInfo | SupersededInfo | DeprecatedInfo


def public(obj: Any) -> Any:
    """Marks what users may rely on; returns it."""
    setattr(_function_of(obj), PUBLIC, True)
    return obj


def is_public(obj: Any) -> bool:
    return bool(getattr(_function_of(obj), PUBLIC, False))


def preview(obj: Any = None, *, emit_runtime_warning: bool = True, **said: Any) -> Any:
    """Marks what may still go."""
    return _marked(obj, PreviewInfo(**said), emit_runtime_warning)


def beta(obj: Any = None, *, emit_runtime_warning: bool = True, **said: Any) -> Any:
    """Marks what may still change."""
    return _marked(obj, BetaInfo(**said), emit_runtime_warning)


def superseded(obj: Any = None, *, emit_runtime_warning: bool = True, **said: Any) -> Any:
    """Marks what there is a better one for."""
    return _marked(obj, SupersededInfo(**said), emit_runtime_warning)


def deprecated(obj: Any = None, *, breaking_version: str, emit_runtime_warning: bool = True, **said: Any) -> Any:
    """Marks what goes with a version."""
    return _marked(obj, DeprecatedInfo(breaking_version, **said), emit_runtime_warning)


def beta_param(obj: Any = None, *, param: str, emit_runtime_warning: bool = True, **said: Any) -> Any:
    """Marks a parameter that may still change."""
    return _param_marked(obj, param, BetaInfo(**said), emit_runtime_warning)


def deprecated_param(
    obj: Any = None, *, param: str, breaking_version: str, emit_runtime_warning: bool = True, **said: Any
) -> Any:
    """Marks a parameter that goes with a version."""
    return _param_marked(obj, param, DeprecatedInfo(breaking_version, **said), emit_runtime_warning)


def hidden_param(obj: Any = None, *, param: str, breaking_version: str, emit_runtime_warning: bool = True, **said: Any) -> Any:
    """Marks a parameter that is taken through `**kwargs` alone and goes with a version."""
    return _param_marked(obj, param, DeprecatedInfo(breaking_version, hidden=True, **said), emit_runtime_warning)


def only_allow_hidden_params_in_kwargs(annotatable: Any, kwargs: Mapping[str, Any]) -> None:
    """Refuses keyword arguments that are not marked as hidden parameters.

    Raises:
        TypeError: there is one.
    """
    for name in kwargs:
        if name not in get_deprecated_params(annotatable):
            raise TypeError(f"{annotatable.__name__} got an unexpected keyword argument '{name}'")


def _info_of(kind: type[Info], obj: Any) -> Any:
    return _marks(obj).get(kind)


def _has(kind: type[Info], obj: Any) -> bool:
    return kind in _marks(obj)


def _params(kind: type[Info], obj: Any) -> dict[str, Any]:
    marks: dict[str, Info] = getattr(_function_of(obj), _PARAM_MARKS, {})
    return {name: info for name, info in marks.items() if isinstance(info, kind)}


def _has_params(kind: type[Info], obj: Any) -> bool:
    return bool(_params(kind, obj))


def _info_of_param(kind: type[Info], obj: Any, param_name: str) -> Any:
    return _params(kind, obj)[param_name]


def _has_param(kind: type[Info], obj: Any, param_name: str) -> bool:
    return param_name in _params(kind, obj)


get_preview_info, is_preview = partial(_info_of, PreviewInfo), partial(_has, PreviewInfo)
get_beta_info, is_beta = partial(_info_of, BetaInfo), partial(_has, BetaInfo)
get_superseded_info, is_superseded = partial(_info_of, SupersededInfo), partial(_has, SupersededInfo)
get_deprecated_info, is_deprecated = partial(_info_of, DeprecatedInfo), partial(_has, DeprecatedInfo)
get_beta_params, has_beta_params = partial(_params, BetaInfo), partial(_has_params, BetaInfo)
get_deprecated_params, has_deprecated_params = partial(_params, DeprecatedInfo), partial(_has_params, DeprecatedInfo)
get_beta_param_info, is_beta_param = partial(_info_of_param, BetaInfo), partial(_has_param, BetaInfo)
get_deprecated_param_info, is_deprecated_param = partial(_info_of_param, DeprecatedInfo), partial(_has_param, DeprecatedInfo)


def copy_annotations(dest: Any, src: Any) -> None:
    """Gives one object the marks of another."""
    for attribute in (PUBLIC, _MARKS, _PARAM_MARKS):
        if hasattr(_function_of(src), attribute):
            setattr(_function_of(dest), attribute, getattr(_function_of(src), attribute))


def _function_of(obj: Any) -> Any:
    """What a mark is kept on: the function of a property, of a class method or a static one; else the object itself."""
    if isinstance(obj, property):
        return obj.fget
    return cast("Any", obj).__func__ if isinstance(obj, classmethod | staticmethod) else obj


def _marks(obj: Any) -> dict[type[Info], Info]:
    """The marks of the object itself; a class does not have those of the class it derives from."""
    own = vars(obj) if isinstance(obj, type) else getattr(_function_of(obj), "__dict__", {})
    return cast("dict[type[Info], Info]", own.get(_MARKS, {}))


def _marked(obj: Any, info: Info, warns: bool) -> Any:
    if obj is None:
        return partial(_marked, info=info, warns=warns)
    subject = info.subject or _described(obj)
    if _is_resource(obj) and warns:
        obj.call_before_setup(lambda: _warn(info, subject))
        warns = False
    marked = _calling_first(obj, lambda given: _warn(info, subject)) if warns else obj
    setattr(_function_of(marked), _MARKS, {**_marks(obj), type(info): info})
    return marked


def _param_marked(obj: Any, param: str, info: Info, warns: bool) -> Any:
    if obj is None:
        return partial(_param_marked, param=param, info=info, warns=warns)
    place = f"initializer `{obj.__name__}.__init__`" if isinstance(obj, type) else f"function `{_function_of(obj).__name__}`"

    def warn_when_given(given: Mapping[str, Any]) -> None:
        if given.get(param) is not None:
            _warn(info, f"Parameter `{param}` of {place}")

    before: dict[str, Info] = getattr(_function_of(obj), _PARAM_MARKS, {})
    marked = _calling_first(obj, warn_when_given) if warns else obj
    setattr(_function_of(marked), _PARAM_MARKS, {**before, param: info})
    return marked


def _calling_first(obj: Any, act: Callable[[Mapping[str, Any]], None]) -> Any:
    """The object, which when it is called hands its keyword arguments to `act` first. A class stays the class it is."""
    if isinstance(obj, type):
        obj.__init__ = _calling_first(obj.__init__, act)
        return obj
    if isinstance(obj, property):
        return property(_calling_first(obj.fget, act), obj.fset, obj.fdel, obj.__doc__)
    if isinstance(obj, classmethod | staticmethod):
        kind: Any = classmethod if isinstance(obj, classmethod) else staticmethod
        return kind(_calling_first(_function_of(obj), act))

    @wraps(obj)
    def called(*args: Any, **kwargs: Any) -> Any:
        act(kwargs)
        return obj(*args, **kwargs)

    return called


def _warn(info: Info, subject: str) -> None:
    warning = info.warning(subject)
    text = f"{warning} {info.additional_warn_text}" if info.additional_warn_text else str(warning)
    # The caller of the marked function: past this function, what warns, and the wrapper.
    warnings.warn(text, type(warning), stacklevel=4)


def _is_resource(obj: Any) -> bool:
    return getattr(obj, "__is_resource__", False) and not isinstance(obj, type)


def _described(obj: Any) -> str:
    if isinstance(obj, type):
        return f"Class `{obj.__name__}`"
    if _is_resource(obj):
        return f"Dagster resource `{obj.resource_fn.__qualname__}`"
    function = _function_of(obj)
    if not hasattr(function, "__qualname__"):
        raise CheckError(f"A mark is put on a function, a class, a property or a resource. Got a {type(obj).__name__}.")
    owner = function.__qualname__.rpartition("<locals>.")[2]
    if isinstance(obj, property):
        return f"Property `{owner}`"
    return f"Function `{owner}`" if "." not in owner else f"Method `{owner}`"
