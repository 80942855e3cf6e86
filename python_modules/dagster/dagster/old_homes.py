"""Where names stood before they were public: what projects still import, and nothing of ours does.

A module path, and the names that it gave. `Name` is the public `dagster.Name`; `Name=module` stands in a module of ours;
`*=module` hands on the whole module. The old modules imported from each other, so that projects found a name also beside its
home: each old path therefore gives every public name (old_paths.py).
"""

from __future__ import annotations

from collections.abc import Mapping

OLD_HOMES: Mapping[str, str] = {
    "dagster._annotations": "*=dagster.lifecycle_marks",
    "dagster._builtins": "Any Bool Float Int Nothing String",
    "dagster._check": "*=dagster.parameter_checks",
    "dagster._cli": "",
    "dagster._config.config_schema": "ConfigSchema",
    "dagster._config.config_type": "Array Enum EnumValue Noneable ScalarUnion",
    "dagster._config.field": "Field",
    "dagster._config.field_utils": "EnvVar Map Permissive Selector Shape IntEnvVar=dagster.config.env",
    "dagster._config.pythonic_config.attach_other_object_to_context": "IAttachDifferentObjectToOpContext",
    "dagster._config.pythonic_config.config": "Config PermissiveConfig",
    "dagster._config.pythonic_config.io_manager": (
        "ConfigurableIOManager ConfigurableIOManagerFactory ConfigurableLegacyIOManagerAdapter"
    ),
    "dagster._config.pythonic_config.resource": (
        "ConfigurableResource ConfigurableResourceFactory=dagster.define.configurable_resources ResourceDependency"
    ),
    "dagster._config.pythonic_config.type_check_utils": "safe_is_subclass=dagster.inherited.words",
    "dagster._config.source": "BoolSource IntSource StringSource",
    "dagster._core.container_context": "",
    "dagster._core.definitions": "materialize",
    "dagster._core.definitions.asset_checks.asset_check_evaluation": "AssetCheckEvaluation",
    "dagster._core.definitions.asset_checks.asset_check_factories.freshness_checks.last_update": (
        "build_last_update_freshness_checks"
    ),
    "dagster._core.definitions.asset_checks.asset_check_factories.freshness_checks.sensor": ("build_sensor_for_freshness_checks"),
    "dagster._core.definitions.asset_checks.asset_check_factories.freshness_checks.time_partition": (
        "build_time_partition_freshness_checks"
    ),
    "dagster._core.definitions.asset_checks.asset_check_factories.metadata_bounds_checks": "build_metadata_bounds_checks",
    "dagster._core.definitions.asset_checks.asset_check_factories.schema_change_checks": "build_column_schema_change_checks",
    "dagster._core.definitions.asset_checks.asset_check_result": "AssetCheckResult",
    "dagster._core.definitions.asset_checks.asset_check_spec": "AssetCheckSeverity AssetCheckSpec ResolvedAssetCheckSpec",
    "dagster._core.definitions.asset_checks.asset_checks_definition": "AssetChecksDefinition",
    "dagster._core.definitions.asset_key": (
        "AssetCheckKey AssetJobKey AssetKey CoercibleToAssetKey=dagster.keys CoercibleToAssetKeyPrefix=dagster.keys "
        "ResolvedAssetKey"
    ),
    "dagster._core.definitions.asset_selection": "AssetSelection",
    "dagster._core.definitions.asset_sensor_definition": "AssetSensorDefinition",
    "dagster._core.definitions.assets.definition.asset_dep": "AssetDep",
    "dagster._core.definitions.assets.definition.asset_spec": (
        "AssetSpec ResolvedAssetSpec apply_freshness_policy map_asset_specs "
        "SYSTEM_METADATA_KEY_DAGSTER_TYPE=dagster.inherited.key_sets"
    ),
    "dagster._core.definitions.assets.definition.assets_definition": "AssetsDefinition",
    "dagster._core.definitions.assets.job.asset_in": "AssetIn",
    "dagster._core.definitions.assets.job.asset_out": "AssetOut",
    "dagster._core.definitions.auto_materialize_policy": (
        "AutoMaterializePolicy AutoMaterializePolicyType=dagster.specs.auto_materialize"
    ),
    "dagster._core.definitions.auto_materialize_rule": "AutoMaterializeRule",
    "dagster._core.definitions.auto_materialize_rule_impls": "AutoMaterializeAssetPartitionsFilter",
    "dagster._core.definitions.automation_condition_sensor_definition": "AutomationConditionSensorDefinition",
    "dagster._core.definitions.backfill_policy": "BackfillPolicy BackfillPolicyType=dagster.specs.backfills",
    "dagster._core.definitions.composition": "PendingNodeInvocation",
    "dagster._core.definitions.config": "ConfigMapping",
    "dagster._core.definitions.configurable": "configured",
    "dagster._core.definitions.data_version": (
        "DataProvenance DataVersion DataVersionsByPartition DEFAULT_DATA_VERSION=dagster.events.data_versions"
    ),
    "dagster._core.definitions.declarative_automation": "",
    "dagster._core.definitions.declarative_automation.automation_condition": "AutomationCondition AutomationResult",
    "dagster._core.definitions.declarative_automation.automation_condition_tester": (
        "EvaluateAutomationConditionsResult evaluate_automation_conditions"
    ),
    "dagster._core.definitions.declarative_automation.automation_context": "AutomationContext",
    "dagster._core.definitions.decorators.asset_check_decorator": "asset_check multi_asset_check",
    "dagster._core.definitions.decorators.asset_decorator": "asset graph_asset graph_multi_asset multi_asset",
    "dagster._core.definitions.decorators.config_mapping_decorator": "config_mapping",
    "dagster._core.definitions.decorators.graph_decorator": "graph",
    "dagster._core.definitions.decorators.hook_decorator": "failure_hook success_hook",
    "dagster._core.definitions.decorators.job_decorator": "job",
    "dagster._core.definitions.decorators.op_decorator": "op",
    "dagster._core.definitions.decorators.repository_decorator": "repository",
    "dagster._core.definitions.decorators.schedule_decorator": "schedule",
    "dagster._core.definitions.decorators.sensor_decorator": "asset_sensor multi_asset_sensor sensor",
    "dagster._core.definitions.decorators.source_asset_decorator": "multi_observable_source_asset observable_source_asset",
    "dagster._core.definitions.definitions_class": ("BindResourcesToJobs Definitions create_repository_using_definitions_args"),
    "dagster._core.definitions.dependency": "DependencyDefinition MultiDependencyDefinition NodeInvocation",
    "dagster._core.definitions.dynamic_partitions_request": "AddDynamicPartitionsRequest DeleteDynamicPartitionsRequest",
    "dagster._core.definitions.events": (
        "AssetMaterialization AssetObservation CoercibleToAssetKey=dagster.keys CoercibleToAssetKeyPrefix=dagster.keys "
        "DynamicOutput ExpectationResult Failure HookExecutionResult Output RetryRequested TypeCheck"
    ),
    "dagster._core.definitions.executor_definition": (
        "ExecutorDefinition ExecutorRequirement executor in_process_executor multi_or_in_process_executor "
        "multiple_process_executor_requirements multiprocess_executor"
    ),
    "dagster._core.definitions.freshness": "FreshnessPolicy",
    "dagster._core.definitions.freshness_policy": "LegacyFreshnessPolicy",
    "dagster._core.definitions.graph_definition": "GraphDefinition",
    "dagster._core.definitions.hook_definition": "HookDefinition",
    "dagster._core.definitions.input": "GraphIn In InputMapping",
    "dagster._core.definitions.job_definition": "JobDefinition",
    "dagster._core.definitions.logger_definition": "LoggerDefinition build_init_logger_context logger",
    "dagster._core.definitions.materialize": "materialize materialize_to_memory",
    "dagster._core.definitions.metadata": (
        "MetadataEntry normalize_metadata=dagster.metadata.coercion RawMetadataValue=dagster.metadata.coercion"
    ),
    "dagster._core.definitions.metadata.metadata_set": "*=dagster.inherited.key_sets",
    "dagster._core.definitions.metadata.metadata_value": (
        "BoolMetadataValue DagsterAssetMetadataValue DagsterJobMetadataValue DagsterRunMetadataValue "
        "FloatMetadataValue IntMetadataValue JsonMetadataValue MarkdownMetadataValue MetadataValue "
        "NotebookMetadataValue NullMetadataValue PathMetadataValue PoolMetadataValue PythonArtifactMetadataValue "
        "TableColumnLineageMetadataValue TableMetadataValue TableSchemaMetadataValue TextMetadataValue "
        "TimestampMetadataValue UrlMetadataValue"
    ),
    "dagster._core.definitions.metadata.source_code": (
        "AnchorBasedFilePathMapping CodeReferencesMetadataValue FilePathMapping LocalFileCodeReference "
        "UrlCodeReference link_code_references_to_git with_source_code_references "
        "CodeReferencesMetadataSet=dagster.inherited.key_sets"
    ),
    "dagster._core.definitions.metadata.table": (
        "TableColumn TableColumnConstraints TableColumnDep TableColumnLineage TableConstraints TableRecord TableSchema"
    ),
    "dagster._core.definitions.module_loaders.load_asset_checks_from_modules": (
        "load_asset_checks_from_current_module load_asset_checks_from_modules load_asset_checks_from_package_module "
        "load_asset_checks_from_package_name"
    ),
    "dagster._core.definitions.module_loaders.load_assets_from_modules": (
        "load_assets_from_current_module load_assets_from_modules load_assets_from_package_module load_assets_from_package_name"
    ),
    "dagster._core.definitions.module_loaders.load_defs_from_module": (
        "load_definitions_from_current_module load_definitions_from_module load_definitions_from_modules "
        "load_definitions_from_package_module load_definitions_from_package_name"
    ),
    "dagster._core.definitions.multi_asset_sensor_definition": (
        "MultiAssetSensorDefinition MultiAssetSensorEvaluationContext build_multi_asset_sensor_context"
    ),
    "dagster._core.definitions.op_definition": "OpDefinition",
    "dagster._core.definitions.output": "DynamicOut GraphOut Out OutputMapping",
    "dagster._core.definitions.partitions.context": "partition_loading_context",
    "dagster._core.definitions.partitions.definition.dynamic": "DynamicPartitionsDefinition",
    "dagster._core.definitions.partitions.definition.multi": "MultiPartitionsDefinition",
    "dagster._core.definitions.partitions.definition.partitions_definition": "PartitionsDefinition",
    "dagster._core.definitions.partitions.definition.static": "StaticPartitionsDefinition",
    "dagster._core.definitions.partitions.definition.time_window": "TimeWindowPartitionsDefinition",
    "dagster._core.definitions.partitions.definition.time_window_subclasses": (
        "DailyPartitionsDefinition HourlyPartitionsDefinition MonthlyPartitionsDefinition WeeklyPartitionsDefinition"
    ),
    "dagster._core.definitions.partitions.mapping": "UpstreamPartitionsResult=dagster.partitions.mappings",
    "dagster._core.definitions.partitions.mapping.all": "AllPartitionMapping",
    "dagster._core.definitions.partitions.mapping.identity": "IdentityPartitionMapping",
    "dagster._core.definitions.partitions.mapping.last": "LastPartitionMapping",
    "dagster._core.definitions.partitions.mapping.multi.base": "DimensionPartitionMapping",
    "dagster._core.definitions.partitions.mapping.multi.multi_to_multi": "MultiPartitionMapping",
    "dagster._core.definitions.partitions.mapping.multi.multi_to_single": "MultiToSingleDimensionPartitionMapping",
    "dagster._core.definitions.partitions.mapping.partition_mapping": (
        "PartitionMapping UpstreamPartitionsResult=dagster.partitions.mappings"
    ),
    "dagster._core.definitions.partitions.mapping.specific_partitions": "SpecificPartitionsPartitionMapping",
    "dagster._core.definitions.partitions.mapping.static": "StaticPartitionMapping",
    "dagster._core.definitions.partitions.mapping.time_window": "TimeWindowPartitionMapping",
    "dagster._core.definitions.partitions.partition": "Partition",
    "dagster._core.definitions.partitions.partition_key_range": "PartitionKeyRange",
    "dagster._core.definitions.partitions.partitioned_config.dynamic": "dynamic_partitioned_config",
    "dagster._core.definitions.partitions.partitioned_config.partitioned_config": "PartitionedConfig partitioned_config",
    "dagster._core.definitions.partitions.partitioned_config.static": "static_partitioned_config",
    "dagster._core.definitions.partitions.partitioned_config.time_window": (
        "daily_partitioned_config hourly_partitioned_config monthly_partitioned_config weekly_partitioned_config"
    ),
    "dagster._core.definitions.partitions.partitioned_schedule": "build_schedule_from_partitioned_job",
    "dagster._core.definitions.partitions.schedule_type": "ScheduleType=dagster.partitions.periods",
    "dagster._core.definitions.partitions.utils.multi": "MultiPartitionKey",
    "dagster._core.definitions.partitions.utils.time_window": "TimeWindow",
    "dagster._core.definitions.policy": "Backoff Jitter RetryPolicy",
    "dagster._core.definitions.reconstruct": "build_reconstructable_job reconstructable",
    "dagster._core.definitions.repository_definition.repository_data": "RepositoryData",
    "dagster._core.definitions.repository_definition.repository_definition": "RepositoryDefinition",
    "dagster._core.definitions.resource_annotation": "ResourceParam",
    "dagster._core.definitions.resource_definition": (
        "ResourceDefinition make_values_resource resource dagster_maintained_resource=dagster.inherited.integrations"
    ),
    "dagster._core.definitions.result": "MaterializeResult ObserveResult",
    "dagster._core.definitions.run_config": "RunConfig",
    "dagster._core.definitions.run_request": ("DagsterRunReaction=dagster.runs.tick_results RunRequest SensorResult SkipReason"),
    "dagster._core.definitions.run_status_sensor_definition": (
        "RunFailureSensorContext RunStatusSensorContext RunStatusSensorDefinition build_run_status_sensor_context "
        "run_failure_sensor run_status_sensor"
    ),
    "dagster._core.definitions.schedule_definition": (
        "DefaultScheduleStatus ScheduleDefinition ScheduleEvaluationContext build_schedule_context "
        "ScheduleExecutionData=dagster.runs.tick_results"
    ),
    "dagster._core.definitions.selector": "CodeLocationSelector JobSelector RepositorySelector",
    "dagster._core.definitions.sensor_definition": (
        "build_sensor_context DefaultSensorStatus SensorDefinition SensorEvaluationContext SensorType=dagster.specs.sensors "
        "SensorExecutionData=dagster.runs.tick_results"
    ),
    "dagster._core.definitions.source_asset": "SourceAsset",
    "dagster._core.definitions.step_launcher": "StepLauncher StepRunRef",
    "dagster._core.definitions.tags.tag_set": "NamespacedTagSet=dagster.inherited.key_sets",
    "dagster._core.definitions.timestamp": "TimestampWithTimezone=dagster.partitions.windows",
    "dagster._core.definitions.unresolved_asset_job_definition": (
        "define_asset_job UnresolvedAssetJobDefinition=dagster.define.asset_jobs"
    ),
    "dagster._core.definitions.utils": (
        "config_from_files config_from_pkg_resources config_from_yaml_strings DEFAULT_GROUP_NAME=dagster.specs.assets "
        "DEFAULT_IO_MANAGER_KEY=dagster.define.computations"
    ),
    "dagster._core.errors": (
        "DagsterConfigMappingFunctionError DagsterEventLogInvalidForRun DagsterExecutionInterruptedError "
        "DagsterExecutionStepExecutionError DagsterExecutionStepNotFoundError DagsterInvalidConfigDefinitionError "
        "DagsterInvalidConfigError DagsterInvalidDefinitionError DagsterInvalidInvocationError "
        "DagsterInvalidSubsetError DagsterInvariantViolationError DagsterResourceFunctionError DagsterRunNotFoundError "
        "DagsterStepOutputNotFoundError DagsterSubprocessError DagsterTypeCheckDidNotPass DagsterTypeCheckError "
        "DagsterUnknownPartitionError DagsterUnknownResourceError DagsterUnmetExecutorRequirementsError "
        "DagsterUserCodeExecutionError raise_execution_interrupts *=dagster.errors"
    ),
    "dagster._core.event_api": (
        "AssetRecordsFilter EventLogRecord EventRecordsFilter EventRecordsResult RunShardedEventsCursor "
        "RunStatusChangeRecordsFilter"
    ),
    "dagster._core.events": (
        "DagsterEvent DagsterEventType EngineEventData=dagster.events.data HandledOutputData=dagster.events.data "
        "LoadedInputData=dagster.events.data"
    ),
    "dagster._core.events.log": "EventLogEntry",
    "dagster._core.execution.api": "ReexecutionOptions execute_job",
    "dagster._core.execution.backfill": "",
    "dagster._core.execution.build_resources": "build_resources",
    "dagster._core.execution.context.asset_check_execution_context": "AssetCheckExecutionContext",
    "dagster._core.execution.context.asset_execution_context": "AssetExecutionContext",
    "dagster._core.execution.context.compute": "AssetCheckExecutionContext AssetExecutionContext OpExecutionContext",
    "dagster._core.execution.context.hook": "HookContext build_hook_context",
    "dagster._core.execution.context.init": "InitResourceContext build_init_resource_context",
    "dagster._core.execution.context.input": "InputContext build_input_context",
    "dagster._core.execution.context.invocation": "build_asset_check_context build_asset_context build_op_context",
    "dagster._core.execution.context.logger": "InitLoggerContext",
    "dagster._core.execution.context.op_execution_context": "OpExecutionContext",
    "dagster._core.execution.context.output": "OutputContext build_output_context",
    "dagster._core.execution.context.system": "DagsterTypeLoaderContext StepExecutionContext TypeCheckContext",
    "dagster._core.execution.execute_in_process_result": "ExecuteInProcessResult",
    "dagster._core.execution.job_execution_result": "JobExecutionResult",
    "dagster._core.execution.plan.external_step": (
        "external_instance_from_step_run_ref run_step_from_ref step_context_to_step_run_ref step_run_ref_to_step_context"
    ),
    "dagster._core.execution.plan.objects": "StepFailureData=dagster.events.data StepSuccessData=dagster.events.data",
    "dagster._core.execution.retries": "*=dagster.inherited.retries",
    "dagster._core.execution.stats": "RunStepKeyStatsSnapshot=dagster.runs.statistics",
    "dagster._core.execution.tags": "get_tag_concurrency_limits_config=dagster.inherited.retries",
    "dagster._core.execution.validate_run_config": "validate_run_config",
    "dagster._core.execution.with_resources": "with_resources",
    "dagster._core.executor": "",
    "dagster._core.executor.base": "Executor",
    "dagster._core.executor.init": "InitExecutorContext",
    "dagster._core.executor.step_delegating": "*=dagster.inherited.step_handlers",
    "dagster._core.executor.step_delegating.step_handler": "*=dagster.inherited.step_handlers",
    "dagster._core.executor.step_delegating.step_handler.base": "*=dagster.inherited.step_handlers",
    "dagster._core.instance": "DagsterInstance",
    "dagster._core.instance.instance": "DagsterInstance",
    "dagster._core.instance_for_test": "instance_for_test",
    "dagster._core.launcher": "",
    "dagster._core.launcher.base": "LaunchRunContext=dagster.instance.launchers",
    "dagster._core.launcher.default_run_launcher": "DefaultRunLauncher",
    "dagster._core.libraries": "DagsterLibraryRegistry",
    "dagster._core.log_manager": "DagsterLogManager",
    "dagster._core.pipes": "",
    "dagster._core.pipes.client": "PipesClient PipesClientCompletedInvocation PipesContextInjector PipesMessageReader",
    "dagster._core.pipes.context": "PipesLaunchedData PipesMessageHandler PipesSession",
    "dagster._core.pipes.subprocess": "PipesSubprocessClient",
    "dagster._core.pipes.utils": (
        "PipesBlobStoreMessageReader PipesCompositeMessageReader PipesEnvContextInjector PipesFileContextInjector "
        "PipesFileMessageReader PipesLogReader PipesTempFileContextInjector PipesTempFileMessageReader "
        "open_pipes_session"
    ),
    "dagster._core.run_coordinator": (
        "DefaultRunCoordinator=dagster.instance.coordinators QueuedRunCoordinator RunCoordinator=dagster.instance.coordinators "
        "SubmitRunContext=dagster.instance.coordinators"
    ),
    "dagster._core.run_coordinator.base": (
        "RunCoordinator=dagster.instance.coordinators SubmitRunContext=dagster.instance.coordinators"
    ),
    "dagster._core.run_coordinator.default_run_coordinator": "DefaultRunCoordinator=dagster.instance.coordinators",
    "dagster._core.run_coordinator.queued_run_coordinator": "QueuedRunCoordinator",
    "dagster._core.storage.asset_value_loader": "AssetValueLoader",
    "dagster._core.storage.dagster_run": (
        "DagsterRun DagsterRunStatsSnapshot=dagster.runs.statistics DagsterRunStatus "
        "FINISHED_STATUSES=dagster.runs.statuses NOT_FINISHED_STATUSES=dagster.runs.statuses RunRecord RunsFilter"
    ),
    "dagster._core.storage.db_io_manager": (
        "DbClient=dagster.io.databases DbIOManager=dagster.io.databases DbTypeHandler=dagster.io.databases *=dagster.io.tables"
    ),
    "dagster._core.storage.defs_state.blob_storage_state_storage": "UPathDefsStateStorage",
    "dagster._core.storage.file_manager": "FileHandle LocalFileHandle local_file_manager *=dagster.define.file_managers",
    "dagster._core.storage.fs_io_manager": (
        "custom_path_fs_io_manager FilesystemIOManager fs_io_manager PickledObjectFilesystemIOManager=dagster.io.files"
    ),
    "dagster._core.storage.input_manager": "InputManager InputManagerDefinition input_manager",
    "dagster._core.storage.io_manager": (
        "IOManager IOManagerDefinition io_manager dagster_maintained_io_manager=dagster.inherited.integrations"
    ),
    "dagster._core.storage.mem_io_manager": "InMemoryIOManager mem_io_manager",
    "dagster._core.storage.migrate": "MigrateIOStorageResult migrate_io_storage",
    "dagster._core.storage.partition_status_cache": "AssetPartitionStatus",
    "dagster._core.storage.tags": "SYSTEM_TAG_PREFIX=dagster.metadata.tags *=dagster.runs.tags *=dagster.inherited.run_tags",
    "dagster._core.storage.upath_io_manager": "UPathIOManager is_dict_type=dagster.inherited.words",
    "dagster._core.test_utils": "instance_for_test *=dagster.inherited.places",
    "dagster._core.types": "",
    "dagster._core.types.config_schema": "DagsterTypeLoader dagster_type_loader",
    "dagster._core.types.dagster_type": (
        "DagsterType List TypeHintInferredDagsterType=dagster.define.types make_python_type_usable_as_dagster_type "
        "Optional PythonObjectDagsterType resolve_dagster_type=dagster.define.type_resolution"
    ),
    "dagster._core.types.decorator": "usable_as_dagster_type",
    "dagster._core.types.pagination": "PaginatedResults",
    "dagster._core.types.python_dict": "Dict",
    "dagster._core.types.python_set": "Set",
    "dagster._core.types.python_tuple": "Tuple",
    "dagster._core.utils": "*=dagster.inherited.words",
    "dagster._grpc": "",
    "dagster._loggers": "JsonLogFormatter colored_console_logger default_loggers default_system_loggers json_console_logger",
    "dagster._record": "*=dagster.inherited.records",
    "dagster._serdes": "deserialize_value serialize_value whitelist_for_serdes=dagster.serialization.whitelists",
    "dagster._serdes.errors": (
        "DeserializationError=dagster.serialization.refusals SerializationError=dagster.serialization.refusals "
        "SerdesUsageError=dagster.serialization.refusals"
    ),
    "dagster._serdes.serdes": "deserialize_value serialize_value whitelist_for_serdes=dagster.serialization.whitelists",
    "dagster._time": "*=dagster.inherited.times",
    "dagster._utils": (
        "file_relative_path *=dagster.inherited.places *=dagster.inherited.words *=dagster.inherited.mappings "
        "*=dagster.inherited.hashes *=dagster.inherited.method_caches IHasInternalInit=dagster.inherited.integrations"
    ),
    "dagster._utils.alert": "make_email_on_run_failure_sensor",
    "dagster._utils.backoff": "*=dagster.inherited.retries",
    "dagster._utils.cached_method": "*=dagster.inherited.method_caches",
    "dagster._utils.dagster_type": "check_dagster_type",
    "dagster._utils.error": "SerializableErrorInfo=dagster.events.failures",
    "dagster._utils.internal_init": "*=dagster.inherited.integrations",
    "dagster._utils.log": "get_dagster_logger",
    "dagster._utils.merger": "*=dagster.inherited.mappings",
    "dagster._utils.names": "*=dagster.inherited.words",
    "dagster._utils.security": "*=dagster.inherited.hashes",
    "dagster._utils.tags": "*=dagster.inherited.words",
    "dagster._utils.warnings": (
        "BetaWarning PreviewWarning SupersessionWarning ConfigArgumentWarning *=dagster.inherited.announcements"
    ),
    "dagster._vendored": "",
    "dagster_shared.check": "*=dagster.parameter_checks",
    "dagster_shared.error": "DagsterError SerializableErrorInfo=dagster.events.failures",
    "dagster_shared.libraries": "DagsterLibraryRegistry",
    "dagster_shared.merger": "*=dagster.inherited.mappings",
    "dagster_shared.record": "*=dagster.inherited.records",
    "dagster_shared.serdes": "deserialize_value serialize_value whitelist_for_serdes=dagster.serialization.whitelists",
    "dagster_shared.serdes.errors": (
        "DeserializationError=dagster.serialization.refusals SerializationError=dagster.serialization.refusals "
        "SerdesUsageError=dagster.serialization.refusals"
    ),
    "dagster_shared.serdes.serdes": ("deserialize_value serialize_value whitelist_for_serdes=dagster.serialization.whitelists"),
    "dagster_shared.seven": "*=dagster.inherited.words",
    "dagster_shared.utils": "*=dagster.inherited.words *=dagster.inherited.places *=dagster.inherited.mappings",
    "dagster_shared.utils.cached_method": "*=dagster.inherited.method_caches",
    "dagster_shared.utils.hash": "*=dagster.inherited.hashes",
    "dagster_shared.utils.warnings": (
        "BetaWarning ConfigArgumentWarning PreviewWarning SupersessionWarning *=dagster.inherited.announcements "
        "deprecation_warning"
    ),
    "dagster_shared.yaml_utils": "*=dagster.inherited.yaml_texts",
    # Homes of components: modules of a public package that were private.
    "dagster.components.component.component": (
        "Component ComponentTypeSpec EmptyAttributesModel=dagster.components.component_types"
    ),
    "dagster.components.component.component_loader": "component_instance",
    "dagster.components.component.state_backed_component": "StateBackedComponent",
    "dagster.components.component.template_vars": "template_var",
    "dagster.components.component_scaffolding": "scaffold_component",
    "dagster.components.core.component_tree": "ComponentTree",
    "dagster.components.core.context": "ComponentLoadContext",
    "dagster.components.core.defs_module": "ComponentPath=dagster.components.contexts DefsFolderComponent",
    "dagster.components.core.load_defs": "build_component_defs build_defs_for_component load_defs load_from_defs_folder",
    "dagster.components.lib.definitions_component": "DefinitionsComponent",
    "dagster.components.lib.executable_component.component": "ExecutableComponent=dagster.components.executables",
    "dagster.components.lib.executable_component.function_component": (
        "FunctionComponent FunctionSpec=dagster.components.executables"
    ),
    "dagster.components.lib.executable_component.python_script_component": "PythonScriptComponent",
    "dagster.components.lib.executable_component.script_utils": "ScriptSpec=dagster.components.executables",
    "dagster.components.lib.executable_component.uv_run_component": "UvRunComponent",
    "dagster.components.lib.sql_component.sql_client": "SQLClient=dagster.components.sql",
    "dagster.components.lib.sql_component.sql_component": ("SqlComponent SqlFile=dagster.components.sql TemplatedSqlComponent"),
    "dagster.components.resolved.base": "Resolvable resolve_fields=dagster.components.resolvables",
    "dagster.components.resolved.context": "ResolutionContext=dagster.components.resolutions",
    "dagster.components.resolved.core_models": (
        "AssetAttributesModel=dagster.components.asset_models AssetCheckSpecKwargs=dagster.components.asset_models "
        "AssetSpecKwargs=dagster.components.asset_models AssetSpecUpdateKwargs=dagster.components.asset_models "
        "OpSpec=dagster.components.asset_models ResolvedAssetCheckSpec=dagster.components.asset_models "
        "ResolvedAssetKey ResolvedAssetSpec resolve_asset_spec=dagster.components.asset_models "
        "resolve_partitions_def=dagster.components.asset_models"
    ),
    "dagster.components.resolved.model": "Injected=dagster.components.resolvers Model Resolver",
    "dagster.components.scaffold.scaffold": "ScaffoldRequest Scaffolder scaffold_with",
    "dagster.components.utils.defs_state": (
        "DefsStateConfig=dagster.components.states DefsStateConfigArgs=dagster.components.states "
        "DefsStateManagementType=dagster.components.states ResolvedDefsStateConfig=dagster.components.states"
    ),
    # Homes that names had moved out of before.
    "dagster._config.structured_config": "Config ConfigurableIOManager ConfigurableResource",
    "dagster._core.definitions.asset_check_result": "AssetCheckResult",
    "dagster._core.definitions.asset_check_spec": "AssetCheckSeverity AssetCheckSpec",
    "dagster._core.definitions.asset_dep": "AssetDep",
    "dagster._core.definitions.asset_in": "AssetIn",
    "dagster._core.definitions.asset_out": "AssetOut",
    "dagster._core.definitions.asset_spec": "AssetSpec",
    "dagster._core.definitions.automation_condition": "AutomationCondition",
    "dagster._core.definitions.load_assets_from_modules": (
        "load_assets_from_current_module load_assets_from_modules load_assets_from_package_module load_assets_from_package_name"
    ),
    "dagster._core.definitions.multi_dimensional_partitions": "MultiPartitionKey MultiPartitionsDefinition",
    "dagster._core.definitions.partition": (
        "DynamicPartitionsDefinition PartitionsDefinition ScheduleType=dagster.partitions.periods StaticPartitionsDefinition"
    ),
    "dagster._core.definitions.partition_key_range": "PartitionKeyRange",
    "dagster._core.definitions.partition_mapping": (
        "AllPartitionMapping IdentityPartitionMapping LastPartitionMapping PartitionMapping StaticPartitionMapping "
        "UpstreamPartitionsResult=dagster.partitions.mappings"
    ),
    "dagster._core.definitions.time_window_partition_mapping": "TimeWindowPartitionMapping",
    "dagster._core.definitions.time_window_partitions": (
        "DailyPartitionsDefinition HourlyPartitionsDefinition TimeWindow TimeWindowPartitionsDefinition"
    ),
    "dagster._core.storage.pipeline_run": "DagsterRun DagsterRunStatus RunsFilter",
}

# Old path -> what to write instead of names at it and below it that no public name stands behind.
INSTEAD: Mapping[str, str] = {
    "dagster._cli": "the commands of `dagster`",
    "dagster._core.container_context": "an executor of your own, made with `@dagster.executor`",
    "dagster._core.launcher": "a `run_launcher` that `dagster.yaml` names",
    "dagster._grpc": "the methods of `DagsterInstance`",
    "dagster._time": "`datetime.now(timezone.utc)`",
    "dagster._vendored": "the package of that name from PyPI",
}
