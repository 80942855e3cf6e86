import pytest

from dagster import (
    AssetDep,
    DailyPartitionsDefinition,
    Definitions,
    IdentityPartitionMapping,
    PartitionMapping,
    StaticPartitionsDefinition,
    TimeWindowPartitionMapping,
    asset,
    asset_check,
)
from dagster.errors import DagsterInvalidDefinitionError

DAYS = DailyPartitionsDefinition("2024-01-01")
LETTERS = StaticPartitionsDefinition(["a", "b"])


def _project(mapping, upstream=DAYS, downstream=LETTERS) -> Definitions:
    @asset(partitions_def=upstream)
    def raw(): ...

    @asset(partitions_def=downstream, deps=[AssetDep("raw", partition_mapping=mapping)])
    def made(): ...

    return Definitions([raw, made])


def test_a_mapping_that_does_not_fit_is_refused_with_both_assets_and_the_place():
    with pytest.raises(DagsterInvalidDefinitionError, match='from "made" to "raw"') as refused:
        Definitions.validate_loadable(_project(IdentityPartitionMapping()))
    assert "test_partition_problems.py:" in str(refused.value)


def test_every_mapping_that_does_not_fit_is_told():
    project = Definitions.merge(_project(TimeWindowPartitionMapping()), Definitions([_third()]))
    with pytest.raises(DagsterInvalidDefinitionError) as refused:
        Definitions.validate_loadable(project)
    assert all(f'from "{name}" to "raw"' in str(refused.value) for name in ("made", "third"))


def _third():
    @asset(partitions_def=LETTERS, deps=[AssetDep("raw", partition_mapping=IdentityPartitionMapping())])
    def third(): ...

    return third


def test_an_asset_without_partitions_is_read_by_any_mapping():
    Definitions.validate_loadable(_project(IdentityPartitionMapping(), upstream=None))


def test_what_the_mapping_of_a_user_raises_is_told_with_its_class():
    class Own(TimeWindowPartitionMapping):
        def validate_partition_mapping(self, upstream_partitions_def, downstream_partitions_def):
            raise RuntimeError("the calendar is away")

    assert issubclass(Own, PartitionMapping)
    with pytest.raises(DagsterInvalidDefinitionError, match="RuntimeError: the calendar is away"):
        Definitions.validate_loadable(_project(Own(), downstream=DAYS))


@pytest.mark.parametrize("of_asset", [None, DAYS], ids=["none", "days"])
def test_a_check_has_the_partitions_of_its_asset_or_none(of_asset):
    @asset(partitions_def=of_asset)
    def orders(): ...

    @asset_check(asset=orders, partitions_def=LETTERS)
    def is_complete(): ...

    @asset_check(asset=orders)
    def is_there(): ...

    Definitions.validate_loadable(Definitions([orders], asset_checks=[is_there]))
    with pytest.raises(DagsterInvalidDefinitionError, match='Check "is_complete" of asset "orders" has other partitions'):
        Definitions.validate_loadable(Definitions([orders], asset_checks=[is_complete]))
