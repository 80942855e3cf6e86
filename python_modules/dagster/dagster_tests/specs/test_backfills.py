import pytest

from dagster.errors import ParameterCheckError
from dagster.specs.backfills import BackfillPolicy, BackfillPolicyType


def test_a_policy_says_how_many_partitions_a_run_has() -> None:
    assert [None, 1, 10, 1] == [
        policy.max_partitions_per_run
        for policy in (BackfillPolicy.single_run(), BackfillPolicy.multi_run(), BackfillPolicy.multi_run(10), BackfillPolicy())
    ]


def test_a_policy_is_one_run_or_several() -> None:
    assert BackfillPolicyType.SINGLE_RUN is BackfillPolicy.single_run().policy_type
    assert BackfillPolicyType.MULTI_RUN is BackfillPolicy.multi_run().policy_type
    assert ["BackfillPolicy.single_run()", "BackfillPolicy.multi_run(max_partitions_per_run=3)"] == [
        str(BackfillPolicy.single_run()),
        str(BackfillPolicy.multi_run(3)),
    ]


def test_several_runs_have_a_number_of_partitions() -> None:
    with pytest.raises(ParameterCheckError):
        BackfillPolicy.multi_run(None)  # pyright: ignore[reportArgumentType]
