"""`python -m dagster_graphql`."""

from dagster_graphql.cli import main

main()
