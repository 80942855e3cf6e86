"""How a parameter or a field says that it is a resource: `ResourceParam[...]`, `ResourceDependency[...]`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Generic, TypeVar

T = TypeVar("T")


class ResourceMark:
    """In the metadata of an annotation: what is annotated is a resource."""

    __slots__ = ()

    __is_resource__ = True

    def __repr__(self) -> str:
        return "'resource_param'"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ResourceMark)

    def __hash__(self) -> int:
        return hash(ResourceMark)


_MARK = ResourceMark()

ResourceParam = Annotated[T, _MARK]
"""Annotates a parameter with a class that is no ConfigurableResource.

Example:
    >>> @asset
    ... def rows(client: ResourceParam[Client]) -> int:
    ...     return len(client.arguments)
    >>> materialize_to_memory([rows], resources={"client": Client("shop", "eu")}).output_for_node("rows")
    2
"""


if TYPE_CHECKING:

    class ResourceDependency(Generic[T]):
        """Annotates a field of a resource that is another resource; reading it gives the resource itself."""

        def __set_name__(self, owner: Any, name: str) -> None: ...
        def __get__(self, instance: object, owner: Any) -> T: ...
        def __set__(self, instance: object | None, value: Any) -> None: ...

else:

    class ResourceDependency(Generic[T]):
        """Annotates a field of a resource that is another resource: any object, or a definition that makes it.

        Example:
            >>> class Reports(ConfigurableResource):
            ...     connection: ResourceDependency[Connection]
        """

        def __class_getitem__(cls, inner: Any) -> Any:
            return Annotated[Any, _MARK]
