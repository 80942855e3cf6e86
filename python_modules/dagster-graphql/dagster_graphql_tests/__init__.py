"""Tests of the package `dagster_graphql`."""
