"""Which names definitions may have."""

from __future__ import annotations

import re
from collections.abc import Iterable
from keyword import iskeyword

from dagster.errors import DagsterInvalidDefinitionError, ParameterCheckError

_NAME = re.compile(r"^[A-Za-z0-9_]+$")
_CHECK_NAME = re.compile(r"^[A-Za-z0-9_.]+$")
_GROUP_NAME = re.compile(r"^[A-Za-z0-9_]+(/[A-Za-z0-9_]+)*$")
_EMAIL = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._%+-]*@[A-Za-z0-9.-]+\.[A-Za-z]{2,}")
_TEAM = re.compile(r"^team:.+$")

DISALLOWED_NAMES = frozenset(
    {
        "context",
        "conf",
        "config",
        "meta",
        "arg_dict",
        "dict",
        "input_arg_dict",
        "output_arg_dict",
        "int",
        "str",
        "float",
        "bool",
        "input",
        "output",
        "type",
    }
)


def checked_name(name: str) -> str:
    """The name of an asset's step, an op, a job, a schedule.

    Raises:
        DagsterInvalidDefinitionError: other characters than letters, digits and underscores, or a name of our own.
    """
    if name in DISALLOWED_NAMES or iskeyword(name):
        raise DagsterInvalidDefinitionError(
            f'"{name}" is not a valid name in Dagster. It conflicts with a Dagster or python reserved keyword.'
        )
    return _matching(name, _NAME)


def checked_check_name(name: str) -> str:
    """The name of a check, which may also be a word that is reserved, or have dots as the names of tests in other tools.

    Raises:
        DagsterInvalidDefinitionError: other characters than letters, digits, underscores and dots.
    """
    return _matching(name, _CHECK_NAME)


def _matching(name: str, allowed: re.Pattern[str]) -> str:
    if not allowed.fullmatch(name):
        raise DagsterInvalidDefinitionError(f'"{name}" is not a valid name in Dagster. Names must be in regex {allowed.pattern}.')
    return name


def checked_group_name(name: str | None) -> str | None:
    """The name of a group; slashes make a tree.

    Raises:
        DagsterInvalidDefinitionError: an empty segment or other characters than letters, digits and underscores.
    """
    if name is not None and not _GROUP_NAME.fullmatch(name):
        raise DagsterInvalidDefinitionError(
            f'"{name}" is not a valid asset group name. Group names must be one or more segments matching '
            "^[A-Za-z0-9_]+$ separated by '/' (e.g. 'marketing' or 'marketing/foo/bar')."
        )
    return name


def check_pool(name: object) -> None:
    """Raises for what cannot be the name of a pool; None stands for no pool.

    Raises:
        ParameterCheckError: it is no string.
        DagsterInvalidDefinitionError: there is a blank in it.
    """
    if name is None:
        return
    if not isinstance(name, str):
        raise ParameterCheckError("pool", name, "a string")
    if re.search(r"\s", name):
        raise DagsterInvalidDefinitionError(
            f'Pool "{name}" is not a valid pool name. It must match the regex ^\\S+$: no blanks, tabs or line breaks.'
        )


def checked_owners(owners: Iterable[str] | None, of_what: str) -> list[str]:
    """The owners of a definition: e-mail addresses and `team:name`.

    Raises:
        DagsterInvalidDefinitionError: one that is neither.
    """
    checked = list(owners) if owners else []
    for owner in checked:
        if not _is_owner(owner):
            close = f", as 'team:{owner}'" if _NAME.fullmatch(str(owner)) else ""
            raise DagsterInvalidDefinitionError(
                f"Invalid owner {owner!r} for {of_what}. "
                f"Owner must be an email address or a team name prefixed with 'team:'{close}."
            )
    return checked


def _is_owner(owner: object) -> bool:
    return isinstance(owner, str) and (_TEAM.match(owner) or _EMAIL.fullmatch(owner)) is not None
