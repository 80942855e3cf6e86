"""Tags on runs that ours neither writes nor reads, by the names that they had."""

from __future__ import annotations

from dagster.runs import tags

HIDDEN_TAG_PREFIX = ".dagster/"

ASSET_EVALUATION_ID_TAG = "dagster/asset_evaluation_id"
ASSET_RESUME_RETRY_TAG = "dagster/is_asset_resume_retry"
AUTOMATION_CONDITION_TAG = "dagster/from_automation_condition"
AUTO_MATERIALIZE_TAG = "dagster/auto_materialize"
AUTO_OBSERVE_TAG = "dagster/auto_observe"
AUTO_RETRY_RUN_ID_TAG = "dagster/auto_retry_run_id"
CODE_LOCATION_TAG = "dagster/code_location"
COMPUTE_KIND_TAG = "dagster/compute_kind"
DOCKER_IMAGE_TAG = "dagster/image"
EXTERNALLY_MANAGED_ASSETS_TAG = "dagster/defer_asset_events"
EXTERNAL_JOB_SOURCE_TAG_KEY = "dagster/external_job_source"
GLOBAL_CONCURRENCY_TAG = "dagster/concurrency_key"
GRPC_INFO_TAG = ".dagster/grpc_info"
KIND_PREFIX = "dagster/kind/"
LEGACY_COMPUTE_KIND_TAG = "kind"
MULTIDIMENSIONAL_PARTITION_PREFIX = "dagster/partition/"
OP_SELECTION_TAG = "dagster/solid_selection"
PARENT_BACKFILL_ID_TAG = "dagster/parent_backfill_id"
POOL_TAG_PREFIX = ".dagster/pool/"
REPORTING_USER_TAG = "dagster/reporting_user"
REPOSITORY_LABEL_TAG = ".dagster/repository"
RETRY_NUMBER_TAG = "dagster/retry_number"
RETRY_ON_ASSET_OR_OP_FAILURE_TAG = "dagster/retry_on_asset_or_op_failure"
RETRY_STRATEGY_TAG = "dagster/retry_strategy"
ROOT_BACKFILL_ID_TAG = "dagster/root_backfill_id"
RUN_ISOLATION_TAG = "dagster/isolation"
RUN_WORKER_ID_TAG = ".dagster/run_worker"
SCHEDULED_EXECUTION_TIME_TAG = ".dagster/scheduled_execution_time"
STEP_SELECTION_TAG = "dagster/step_selection"
USER_TAG = "user"
WILL_RETRY_TAG = "dagster/will_retry"

BACKFILL_TAGS = frozenset({tags.BACKFILL_ID_TAG, PARENT_BACKFILL_ID_TAG, ROOT_BACKFILL_ID_TAG})
USER_EDITABLE_SYSTEM_TAGS = (
    tags.PRIORITY_TAG,
    tags.MAX_RETRIES_TAG,
    RETRY_STRATEGY_TAG,
    tags.MAX_RUNTIME_SECONDS_TAG,
    RUN_ISOLATION_TAG,
    RETRY_ON_ASSET_OR_OP_FAILURE_TAG,
)
