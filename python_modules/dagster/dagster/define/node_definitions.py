"""What ops and graphs share: both are nodes of a graph, with a name, inputs and outputs."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence, Set
from typing import Any

from dagster.arguments import check_argument, check_optional
from dagster.define.composition import PendingNodeInvocation
from dagster.define.computations import Computation, InputDeclaration, OutputDeclaration
from dagster.define.hooks import HookDefinition
from dagster.errors import DagsterInvalidDefinitionError, DagsterInvariantViolationError
from dagster.metadata.tags import run_tags
from dagster.specs.names import checked_name
from dagster.specs.retries import RetryPolicy


class NodeDefinition(ABC):
    """An op or a graph."""

    @property
    @abstractmethod
    def kind(self) -> str:
        """What it is, for sentences."""

    @property
    @abstractmethod
    def name(self) -> str:
        """The name."""

    @property
    @abstractmethod
    def description(self) -> str | None:
        """Markdown for people."""

    @property
    @abstractmethod
    def tags(self) -> Mapping[str, str]:
        """Tags of its steps."""

    @property
    @abstractmethod
    def input_defs(self) -> Sequence[InputDeclaration]:
        """What it takes."""

    @property
    @abstractmethod
    def output_defs(self) -> Sequence[OutputDeclaration]:
        """What it gives."""

    @abstractmethod
    def called_alone(self, *args: Any, **kwargs: Any) -> Any:
        """What a call gives that no graph is built with."""

    @abstractmethod
    def as_computation(self) -> Computation:
        """What it takes and gives as of one function, for assets that it makes."""

    @property
    def input_dict(self) -> Mapping[str, InputDeclaration]:
        """What it takes, by name."""
        return {declared.name: declared for declared in self.input_defs}

    @property
    def output_dict(self) -> Mapping[str, OutputDeclaration]:
        """What it gives, by name."""
        return {declared.name: declared for declared in self.output_defs}

    @property
    def positional_inputs(self) -> Sequence[str]:
        """The inputs that can be given by their place in a call."""
        return [declared.name for declared in self.input_defs]

    def has_input(self, name: str) -> bool:
        """Whether it takes an input of this name."""
        return name in self.input_dict

    def has_output(self, name: str) -> bool:
        """Whether it gives an output of this name."""
        return name in self.output_dict

    def input_def_named(self, name: str) -> InputDeclaration:
        """The input of this name."""
        if name not in self.input_dict:
            raise DagsterInvariantViolationError(f"{self.name} has no input named {name}.")
        return self.input_dict[name]

    def output_def_named(self, name: str) -> OutputDeclaration:
        """The output of this name."""
        if name not in self.output_dict:
            raise DagsterInvariantViolationError(f"{self.name} has no output named {name}.")
        return self.output_dict[name]

    def refuse_unknown_input(self, name: str) -> None:
        """Nothing for an input that there is.

        Raises:
            DagsterInvalidDefinitionError: there is none of this name.
        """
        if not self.has_input(name):
            raise DagsterInvalidDefinitionError(
                f'Invalid dependencies: {self.kind} "{self.name}" does not have input "{name}". '
                f"Available inputs: {list(self.input_dict)}"
            )

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """In the body of a graph: use it there. Elsewhere an op runs its function, as a test does."""
        return PendingNodeInvocation(self)(*args, **kwargs)

    def alias(self, name: str) -> PendingNodeInvocation:
        """The same under another name in the graph that is being built."""
        return self.pending(name)

    def tag(self, tags: Mapping[str, Any] | None) -> PendingNodeInvocation:
        """The same with more tags in the graph that is being built."""
        return self.pending(tags=tags)

    def with_hooks(self, hook_defs: Set[Any]) -> PendingNodeInvocation:
        """The same with hooks in the graph that is being built."""
        return self.pending(hook_defs=hook_defs)

    def with_retry_policy(self, retry_policy: Any) -> PendingNodeInvocation:
        """The same with a retry policy in the graph that is being built."""
        return self.pending(retry_policy=retry_policy)

    def with_allow_failure(self, allow_failure: bool = True) -> PendingNodeInvocation:
        """The same whose steps may fail without failing the run, in the graph that is being built."""
        return self.pending(allow_failure=allow_failure)

    def pending(
        self,
        given_alias: str | None = None,
        tags: Mapping[str, Any] | None = None,
        hook_defs: Set[Any] | None = None,
        retry_policy: Any = None,
        allow_failure: bool | None = None,
    ) -> PendingNodeInvocation:
        """The node before it is called."""
        if given_alias is not None:
            check_argument("name", given_alias, str)
            checked_name(given_alias)
        check_optional("tags", tags, Mapping)
        check_optional("hook_defs", hook_defs, Set)
        for hook in hook_defs or ():
            check_argument("hook_defs", hook, HookDefinition)
        check_optional("retry_policy", retry_policy, RetryPolicy)
        check_optional("allow_failure", allow_failure, bool)
        return PendingNodeInvocation(self, given_alias, run_tags(tags), frozenset(hook_defs or ()), retry_policy, allow_failure)
