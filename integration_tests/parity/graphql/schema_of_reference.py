"""Prints the reference's schema, as introspection tells it: names and types, nothing else. Run by the reference's Python."""

from graphql import build_client_schema, introspection_from_schema, lexicographic_sort_schema, print_schema

from dagster_graphql.schema import create_schema  # pyright: ignore[reportAttributeAccessIssue] - the one of the reference


def main() -> None:
    """Prints it, types in the order of their names."""
    told = introspection_from_schema(create_schema().graphql_schema, descriptions=False)
    print(print_schema(lexicographic_sort_schema(build_client_schema(told))))


if __name__ == "__main__":
    main()
