"""The smallest project: one asset and its definitions."""

import dagster as dg


@dg.asset
def one():
    return 1


defs = dg.Definitions(assets=[one])
