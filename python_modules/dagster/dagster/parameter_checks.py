"""Checks of arguments in the form that libraries of before import from `dagster._check`; nothing of ours calls them.

Each function hands on the value that it was given, or raises a `CheckError`. Of a container, also its members can be asked for a
type. `opt_...` takes None for the default (an empty container, where it is about one); `opt_nullable_...` hands None on.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from os import PathLike, fspath
from typing import Any, NoReturn, cast

from dagster.errors import CheckError as CheckError
from dagster.errors import ParameterCheckError as ParameterCheckError

Types = type[Any] | tuple[type[Any], ...]
Check = Callable[..., Any]


class ElementCheckError(CheckError):
    """A value of a mapping that is of a wrong type."""


class NotImplementedCheckError(CheckError):
    """A place that is left to a subclass or a later version."""


class _Missing(Enum):
    VALUE = "missing"


def failed(desc: str) -> NoReturn:
    """Raises, since this place must not be reached.

    Raises:
        CheckError: always.
    """
    raise CheckError(f"Failure condition: {desc}")


def not_implemented(desc: str) -> NoReturn:
    raise NotImplementedCheckError(f"Not implemented: {desc}")


def assert_never(value: NoReturn) -> NoReturn:
    failed(f"Unhandled value: {value} ({type(value).__name__})")


def invariant(condition: Any, desc: str | None = None) -> bool:
    if not condition:
        raise CheckError(f"Invariant failed. Description: {desc}" if desc else "Invariant failed.")
    return True


def param_invariant(condition: Any, param_name: str, desc: str | None = None) -> None:
    if not condition:
        raise ParameterCheckError(f"Invariant violation for parameter {param_name}. Description: {desc}")


def not_none(value: Any, additional_message: str | None = None) -> Any:
    if value is None:
        raise CheckError(f"Expected non-None value: {additional_message}")
    return value


def not_none_param(obj: Any, param_name: str, additional_message: str | None = None) -> Any:
    if obj is None:
        raise ParameterCheckError(_more(f'Param "{param_name}" cannot be None.', additional_message))
    return obj


def inst(obj: Any, ttype: Types, additional_message: str | None = None) -> Any:
    if not isinstance(obj, ttype):
        raise CheckError(_more(f"Object {obj!r} is {_no(ttype)}. Got {obj!r} with type {type(obj)}.", additional_message))
    return obj


def opt_inst(obj: Any, ttype: Types, additional_message: str | None = None) -> Any:
    return None if obj is None else inst(obj, ttype, additional_message)


def inst_param(obj: Any, param_name: str, ttype: Types, additional_message: str | None = None) -> Any:
    if not isinstance(obj, ttype):
        raise ParameterCheckError(
            _more(f'Param "{param_name}" is {_no(ttype)}. Got {obj!r} which is type {type(obj)}.', additional_message)
        )
    return obj


def opt_inst_param(obj: Any, param_name: str, ttype: Types, default: Any = None, additional_message: str | None = None) -> Any:
    return default if obj is None else inst_param(obj, param_name, ttype, additional_message)


def callable_param(obj: Any, param_name: str, additional_message: str | None = None) -> Any:
    if not callable(obj):
        text = f'Param "{param_name}" is not callable. Got {obj!r} with type {type(obj)}.'
        raise ParameterCheckError(_more(text, additional_message))
    return obj


def is_callable(obj: Any, additional_message: str | None = None) -> Any:
    if not callable(obj):
        raise CheckError(_more(f"Must be callable. Got {obj!r}.", additional_message))
    return obj


def class_param(obj: Any, param_name: str, superclass: type | None = None, additional_message: str | None = None) -> Any:
    if not isinstance(obj, type) or (superclass is not None and not issubclass(obj, superclass)):
        wanted = f" that inherits from {superclass.__name__}" if superclass is not None else ""
        text = f'Param "{param_name}" must be a class{wanted}. Got {obj!r} of type {type(obj)}.'
        raise ParameterCheckError(_more(text, additional_message))
    return obj


def opt_class_param(
    obj: Any, param_name: str, default: type | None = None, superclass: type | None = None, additional_message: str | None = None
) -> Any:
    return default if obj is None else class_param(obj, param_name, superclass, additional_message)


def literal_param(obj: Any, param_name: str, values: Sequence[object], additional_message: str | None = None) -> Any:
    if obj not in values:
        text = f'Param "{param_name}" is not equal to one of {list(values)!r}. Got {obj!r}.'
        raise ParameterCheckError(_more(text, additional_message))
    return obj


def opt_literal_param(obj: Any, param_name: str, values: Sequence[object], additional_message: str | None = None) -> Any:
    return None if obj is None else literal_param(obj, param_name, values, additional_message)


def path_param(obj: str | PathLike[str], param_name: str, additional_message: str | None = None) -> str:
    path: str | PathLike[str] = inst_param(obj, param_name, (str, PathLike), additional_message)
    return fspath(path)


def opt_path_param(
    obj: str | PathLike[str] | None,
    param_name: str,
    default: str | PathLike[str] | None = None,
    additional_message: str | None = None,
) -> str | None:
    path = default if obj is None else obj
    return None if path is None else path_param(path, param_name, additional_message)


def opt_nonempty_str_param(obj: Any, param_name: str, default: str | None = None, additional_message: str | None = None) -> Any:
    return opt_str_param(obj, param_name, default, additional_message) or default


def _more(text: str, additional_message: str | None) -> str:
    return f"{text} {additional_message}" if additional_message else text


def _no(types: Types) -> str:
    if isinstance(types, tuple):
        return f"not one of {sorted(each.__name__ for each in types)}"
    return f"not a {types.__name__}"


def _members(members: Iterable[Any], of_type: Types | None, of_shape: tuple[Types, ...] | None, kind: str) -> None:
    for place, member in enumerate(members):
        wanted = of_shape[place] if of_shape is not None and place < len(of_shape) else of_type
        if wanted is not None and not isinstance(member, wanted):
            raise CheckError(f"Member of {kind} mismatches type. Expected {wanted}. Got {member!r} of type {type(member)}.")


def _items(items: Mapping[Any, Any], key_type: Types | None, value_type: Types | None) -> None:
    for key, value in items.items():
        if key_type is not None and not isinstance(key, key_type):
            raise CheckError(f"Key in dict mismatches type. Expected {key_type}. Got {key!r}")
        if value_type is not None and not isinstance(value, value_type):
            raise CheckError(
                f"Value in dict mismatches expected type for key {key}. Expected value of type {value_type}. "
                f"Got value {value} of type {type(value)}."
            )


def _scalar(types: Types) -> Check:
    def param(obj: Any, param_name: str, additional_message: str | None = None) -> Any:
        return inst_param(obj, param_name, types, additional_message)

    return param


def _optional_scalar(types: Types) -> Check:
    def param(obj: Any, param_name: str, default: Any = None, additional_message: str | None = None) -> Any:
        return opt_inst_param(obj, param_name, types, default, additional_message)

    return param


def _collection(types: Types, when_none: Callable[[], Any] | _Missing = _Missing.VALUE) -> Check:
    """A check of a list, set, tuple…; `when_none` makes what stands for None, which is refused without it."""

    def param(
        obj: Any,
        param_name: str,
        of_type: Types | None = None,
        of_shape: tuple[Types, ...] | None = None,
        additional_message: str | None = None,
    ) -> Any:
        if obj is None and not isinstance(when_none, _Missing):
            return when_none()
        if isinstance(obj, str) and types in (Sequence, Iterable):
            text = f'Param "{param_name}" is {_no(types)}. Got {obj!r} which is type {type(obj)}: a text is rarely meant as one.'
            raise ParameterCheckError(_more(text, additional_message))
        inst_param(obj, param_name, types, additional_message)
        if of_type is not None or of_shape is not None:
            _members(cast("Any", obj), of_type, of_shape, "collection" if isinstance(types, tuple) else types.__name__.lower())
        return obj

    return param


def _mapping(types: Types, when_none: Callable[[], Any] | _Missing = _Missing.VALUE, inner: type | None = None) -> Check:
    """A check of a dict or mapping; `inner` is what each value has to be, where there are two dimensions."""

    def param(
        obj: Any,
        param_name: str,
        key_type: Types | None = None,
        value_type: Types | None = None,
        additional_message: str | None = None,
    ) -> Any:
        if obj is None and not isinstance(when_none, _Missing):
            return when_none()
        inst_param(obj, param_name, types, additional_message)
        items = cast("Mapping[Any, Any]", obj)
        _items(items, key_type, value_type if inner is None else inner)
        if inner is not None:
            for value in items.values():
                _items(value, key_type, value_type)
        return obj

    return param


def _element(types: Types, when_none: Callable[[], Any] | _Missing = _Missing.VALUE) -> Check:
    """A check of one value of a mapping. A key that is not there is a `KeyError` unless `when_none` makes what stands for it."""

    def element(ddict: Mapping[str, Any], key: str, *member_types: Any, **more: Any) -> Any:
        value: Any = ddict[key] if isinstance(when_none, _Missing) else ddict.get(key)
        if value is None and not isinstance(when_none, _Missing):
            return when_none()
        if not isinstance(value, types):
            raise ElementCheckError(f"Value {value} from key {key} is not a {types}. Dict: {ddict!r}.")
        if types is dict:
            _items(cast("dict[Any, Any]", value), *_types_given(member_types, more, "key_type", "value_type"))
        elif types in (list, tuple):
            _members(cast("list[Any]", value), *_types_given(member_types, more, "of_type", "of_shape"), "list")
        return value

    return element


def _types_given(positional: tuple[Any, ...], named: Mapping[str, Any], first: str, second: str) -> tuple[Any, Any]:
    given: dict[str, Any] = {**dict(zip((first, second), positional, strict=False)), **named}
    return given.get(first), given.get(second)


def _plain(check: Check) -> Check:
    """The check without the name of a parameter: `is_list(value)`."""

    def is_one(obj: Any, *types: Any, **more: Any) -> Any:
        try:
            return check(obj, "", *types, **more)
        except ParameterCheckError as refused:
            raise CheckError(str(refused).replace('Param ""', f"Object {obj!r}")) from refused

    return is_one


def _nothing() -> None:
    return None


str_param, opt_str_param = _scalar(str), _optional_scalar(str)
int_param, opt_int_param = _scalar(int), _optional_scalar(int)
bool_param, opt_bool_param = _scalar(bool), _optional_scalar(bool)
float_param, opt_float_param = _scalar(float), _optional_scalar(float)
numeric_param, opt_numeric_param = _scalar((int, float)), _optional_scalar((int, float))
iterator_param = _scalar(Iterator)
generator_param, opt_generator_param = _scalar(Generator), _optional_scalar(Generator)

list_param, opt_list_param = _collection(list), _collection(list, list)
opt_nullable_list_param = _collection(list, _nothing)
tuple_param, opt_tuple_param = _collection(tuple), _collection(tuple, tuple)
opt_nullable_tuple_param = _collection(tuple, _nothing)
set_param, opt_set_param = _collection((set, frozenset)), _collection((set, frozenset), frozenset)
opt_nullable_set_param = _collection((set, frozenset), _nothing)
sequence_param, opt_sequence_param = _collection(Sequence), _collection(Sequence, list)
opt_nullable_sequence_param = _collection(Sequence, _nothing)
iterable_param, opt_iterable_param = _collection(Iterable), _collection(Iterable, list)
opt_nullable_iterable_param = _collection(Iterable, _nothing)

dict_param, opt_dict_param = _mapping(dict), _mapping(dict, dict)
opt_nullable_dict_param = _mapping(dict, _nothing)
mapping_param, opt_mapping_param = _mapping(Mapping), _mapping(Mapping, dict)
opt_nullable_mapping_param = _mapping(Mapping, _nothing)
two_dim_dict_param, opt_two_dim_dict_param = _mapping(dict, inner=dict), _mapping(dict, dict, inner=dict)
two_dim_mapping_param = _mapping(Mapping, inner=Mapping)

str_elem, opt_str_elem = _element(str), _element(str, _nothing)
int_elem, opt_int_elem = _element(int), _element(int, _nothing)
bool_elem, opt_bool_elem = _element(bool), _element(bool, _nothing)
float_elem, opt_float_elem = _element(float), _element(float, _nothing)
list_elem, opt_list_elem = _element(list), _element(list, list)
tuple_elem, opt_tuple_elem = _element(tuple), _element(tuple, tuple)
dict_elem, opt_dict_elem = _element(dict), _element(dict, dict)
opt_nullable_dict_elem = _element(dict, _nothing)

is_list, is_tuple, is_dict, is_iterable = (_plain(check) for check in (list_param, tuple_param, dict_param, iterable_param))


def opt_callable_param(
    obj: Any, param_name: str, default: Callable[..., Any] | None = None, additional_message: str | None = None
) -> Any:
    return default if obj is None else callable_param(obj, param_name, additional_message)
