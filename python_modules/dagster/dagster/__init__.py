"""Software-defined data assets: the public names, each loaded when it is first used."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from dagster.version import __version__ as __version__

if TYPE_CHECKING:
    from typing import Any as Any

    from dagster.api_warnings import BetaWarning as BetaWarning
    from dagster.api_warnings import ConfigArgumentWarning as ConfigArgumentWarning
    from dagster.api_warnings import PreviewWarning as PreviewWarning
    from dagster.api_warnings import SupersessionWarning as SupersessionWarning
    from dagster.automation.contexts import AutomationContext as AutomationContext
    from dagster.automation.contexts import AutomationResult as AutomationResult
    from dagster.components.asset_models import AssetAttributesModel as AssetAttributesModel
    from dagster.components.asset_models import ResolvedAssetCheckSpec as ResolvedAssetCheckSpec
    from dagster.components.asset_models import ResolvedAssetKey as ResolvedAssetKey
    from dagster.components.asset_models import ResolvedAssetSpec as ResolvedAssetSpec
    from dagster.components.component_types import Component as Component
    from dagster.components.component_types import ComponentTypeSpec as ComponentTypeSpec
    from dagster.components.component_types import component_instance as component_instance
    from dagster.components.contexts import ComponentLoadContext as ComponentLoadContext
    from dagster.components.definitions_components import DefinitionsComponent as DefinitionsComponent
    from dagster.components.executables import FunctionComponent as FunctionComponent
    from dagster.components.executables import PythonScriptComponent as PythonScriptComponent
    from dagster.components.executables import UvRunComponent as UvRunComponent
    from dagster.components.folders import DefsFolderComponent as DefsFolderComponent
    from dagster.components.loading import build_component_defs as build_component_defs
    from dagster.components.loading import build_defs_for_component as build_defs_for_component
    from dagster.components.loading import component_defs as component_defs
    from dagster.components.loading import load_defs as load_defs
    from dagster.components.loading import load_from_defs_folder as load_from_defs_folder
    from dagster.components.resolutions import ResolutionContext as ResolutionContext
    from dagster.components.resolvables import Model as Model
    from dagster.components.resolvables import Resolvable as Resolvable
    from dagster.components.resolvers import Injected as Injected
    from dagster.components.resolvers import Resolver as Resolver
    from dagster.components.scaffolding import Scaffolder as Scaffolder
    from dagster.components.scaffolding import ScaffoldRequest as ScaffoldRequest
    from dagster.components.scaffolding import scaffold_component as scaffold_component
    from dagster.components.scaffolding import scaffold_with as scaffold_with
    from dagster.components.sql import SqlComponent as SqlComponent
    from dagster.components.sql import TemplatedSqlComponent as TemplatedSqlComponent
    from dagster.components.states import StateBackedComponent as StateBackedComponent
    from dagster.components.template_vars import template_var as template_var
    from dagster.components.trees import ComponentTree as ComponentTree
    from dagster.config.configs import Config as Config
    from dagster.config.configs import PermissiveConfig as PermissiveConfig
    from dagster.config.env import EnvVar as EnvVar
    from dagster.config.fields import Array as Array
    from dagster.config.fields import Field as Field
    from dagster.config.fields import Map as Map
    from dagster.config.fields import Noneable as Noneable
    from dagster.config.fields import Permissive as Permissive
    from dagster.config.fields import ScalarUnion as ScalarUnion
    from dagster.config.fields import Selector as Selector
    from dagster.config.fields import Shape as Shape
    from dagster.config.files import config_from_files as config_from_files
    from dagster.config.files import config_from_pkg_resources as config_from_pkg_resources
    from dagster.config.files import config_from_yaml_strings as config_from_yaml_strings
    from dagster.config.files import file_relative_path as file_relative_path
    from dagster.config.run_config import RunConfig as RunConfig
    from dagster.config.sources import BoolSource as BoolSource
    from dagster.config.sources import IntSource as IntSource
    from dagster.config.sources import StringSource as StringSource
    from dagster.config.types import Enum as Enum
    from dagster.config.types import EnumValue as EnumValue
    from dagster.define.asset_changes import map_asset_specs as map_asset_specs
    from dagster.define.asset_checks import AssetChecksDefinition as AssetChecksDefinition
    from dagster.define.asset_checks import asset_check as asset_check
    from dagster.define.asset_checks import multi_asset_check as multi_asset_check
    from dagster.define.asset_inputs import AssetIn as AssetIn
    from dagster.define.asset_jobs import define_asset_job as define_asset_job
    from dagster.define.asset_loaders import load_asset_checks_from_current_module as load_asset_checks_from_current_module
    from dagster.define.asset_loaders import load_asset_checks_from_modules as load_asset_checks_from_modules
    from dagster.define.asset_loaders import load_asset_checks_from_package_module as load_asset_checks_from_package_module
    from dagster.define.asset_loaders import load_asset_checks_from_package_name as load_asset_checks_from_package_name
    from dagster.define.asset_loaders import load_assets_from_current_module as load_assets_from_current_module
    from dagster.define.asset_loaders import load_assets_from_modules as load_assets_from_modules
    from dagster.define.asset_loaders import load_assets_from_package_module as load_assets_from_package_module
    from dagster.define.asset_loaders import load_assets_from_package_name as load_assets_from_package_name
    from dagster.define.asset_outs import AssetOut as AssetOut
    from dagster.define.asset_sensors import AssetSensorDefinition as AssetSensorDefinition
    from dagster.define.asset_sensors import asset_sensor as asset_sensor
    from dagster.define.assets import asset as asset
    from dagster.define.assets_definitions import AssetsDefinition as AssetsDefinition
    from dagster.define.automation_sensors import AutomationConditionSensorDefinition as AutomationConditionSensorDefinition
    from dagster.define.bound_resources import with_resources as with_resources
    from dagster.define.check_factories import build_column_schema_change_checks as build_column_schema_change_checks
    from dagster.define.check_factories import build_last_update_freshness_checks as build_last_update_freshness_checks
    from dagster.define.check_factories import build_metadata_bounds_checks as build_metadata_bounds_checks
    from dagster.define.check_factories import build_sensor_for_freshness_checks as build_sensor_for_freshness_checks
    from dagster.define.check_factories import build_time_partition_freshness_checks as build_time_partition_freshness_checks
    from dagster.define.code_references import AnchorBasedFilePathMapping as AnchorBasedFilePathMapping
    from dagster.define.code_references import FilePathMapping as FilePathMapping
    from dagster.define.code_references import link_code_references_to_git as link_code_references_to_git
    from dagster.define.code_references import with_source_code_references as with_source_code_references
    from dagster.define.code_versions import CodeVersion as CodeVersion
    from dagster.define.config_mappings import ConfigMapping as ConfigMapping
    from dagster.define.config_mappings import config_mapping as config_mapping
    from dagster.define.configurable_resources import ConfigurableResource as ConfigurableResource
    from dagster.define.configured import configured as configured
    from dagster.define.dataframe_checks import build_dataframe_checks as build_dataframe_checks
    from dagster.define.definitions import Definitions as Definitions
    from dagster.define.definitions_loaders import load_definitions_from_current_module as load_definitions_from_current_module
    from dagster.define.definitions_loaders import load_definitions_from_module as load_definitions_from_module
    from dagster.define.definitions_loaders import load_definitions_from_modules as load_definitions_from_modules
    from dagster.define.definitions_loaders import load_definitions_from_package_module as load_definitions_from_package_module
    from dagster.define.definitions_loaders import load_definitions_from_package_name as load_definitions_from_package_name
    from dagster.define.executors import Executor as Executor
    from dagster.define.executors import ExecutorDefinition as ExecutorDefinition
    from dagster.define.executors import ExecutorRequirement as ExecutorRequirement
    from dagster.define.executors import InitExecutorContext as InitExecutorContext
    from dagster.define.executors import executor as executor
    from dagster.define.executors import in_process_executor as in_process_executor
    from dagster.define.executors import multi_or_in_process_executor as multi_or_in_process_executor
    from dagster.define.executors import multiple_process_executor_requirements as multiple_process_executor_requirements
    from dagster.define.executors import multiprocess_executor as multiprocess_executor
    from dagster.define.file_managers import FileHandle as FileHandle
    from dagster.define.file_managers import LocalFileHandle as LocalFileHandle
    from dagster.define.file_managers import local_file_manager as local_file_manager
    from dagster.define.graph_assets import graph_asset as graph_asset
    from dagster.define.graph_assets import graph_multi_asset as graph_multi_asset
    from dagster.define.graph_bodies import graph as graph
    from dagster.define.graph_jobs import job as job
    from dagster.define.graphs import GraphDefinition as GraphDefinition
    from dagster.define.hook_contexts import HookContext as HookContext
    from dagster.define.hook_contexts import build_hook_context as build_hook_context
    from dagster.define.hooks import HookDefinition as HookDefinition
    from dagster.define.hooks import HookExecutionResult as HookExecutionResult
    from dagster.define.hooks import failure_hook as failure_hook
    from dagster.define.hooks import success_hook as success_hook
    from dagster.define.io_managers import InputManagerDefinition as InputManagerDefinition
    from dagster.define.io_managers import IOManagerDefinition as IOManagerDefinition
    from dagster.define.io_managers import input_manager as input_manager
    from dagster.define.io_managers import io_manager as io_manager
    from dagster.define.jobs import JobDefinition as JobDefinition
    from dagster.define.lazy_definitions import definitions as definitions
    from dagster.define.loggers import InitLoggerContext as InitLoggerContext
    from dagster.define.loggers import LoggerDefinition as LoggerDefinition
    from dagster.define.loggers import build_init_logger_context as build_init_logger_context
    from dagster.define.loggers import colored_console_logger as colored_console_logger
    from dagster.define.loggers import default_loggers as default_loggers
    from dagster.define.loggers import default_system_loggers as default_system_loggers
    from dagster.define.loggers import json_console_logger as json_console_logger
    from dagster.define.loggers import logger as logger
    from dagster.define.multi_asset_contexts import MultiAssetSensorEvaluationContext as MultiAssetSensorEvaluationContext
    from dagster.define.multi_asset_contexts import build_multi_asset_sensor_context as build_multi_asset_sensor_context
    from dagster.define.multi_asset_sensors import MultiAssetSensorDefinition as MultiAssetSensorDefinition
    from dagster.define.multi_asset_sensors import multi_asset_sensor as multi_asset_sensor
    from dagster.define.multi_assets import multi_asset as multi_asset
    from dagster.define.nodes import DependencyDefinition as DependencyDefinition
    from dagster.define.nodes import InputMapping as InputMapping
    from dagster.define.nodes import MultiDependencyDefinition as MultiDependencyDefinition
    from dagster.define.nodes import NodeInvocation as NodeInvocation
    from dagster.define.nodes import OutputMapping as OutputMapping
    from dagster.define.observable_assets import multi_observable_source_asset as multi_observable_source_asset
    from dagster.define.observable_assets import observable_source_asset as observable_source_asset
    from dagster.define.op_ports import DynamicOut as DynamicOut
    from dagster.define.op_ports import GraphIn as GraphIn
    from dagster.define.op_ports import GraphOut as GraphOut
    from dagster.define.op_ports import In as In
    from dagster.define.op_ports import Out as Out
    from dagster.define.ops import OpDefinition as OpDefinition
    from dagster.define.ops import op as op
    from dagster.define.partitioned_configs import PartitionedConfig as PartitionedConfig
    from dagster.define.partitioned_configs import dynamic_partitioned_config as dynamic_partitioned_config
    from dagster.define.partitioned_configs import partitioned_config as partitioned_config
    from dagster.define.partitioned_configs import static_partitioned_config as static_partitioned_config
    from dagster.define.partitioned_schedules import build_schedule_from_partitioned_job as build_schedule_from_partitioned_job
    from dagster.define.reconstructions import build_reconstructable_job as build_reconstructable_job
    from dagster.define.reconstructions import reconstructable as reconstructable
    from dagster.define.repositories import RepositoryDefinition as RepositoryDefinition
    from dagster.define.repository_decorators import (
        create_repository_using_definitions_args as create_repository_using_definitions_args,
    )
    from dagster.define.repository_decorators import repository as repository
    from dagster.define.resource_annotations import ResourceDependency as ResourceDependency
    from dagster.define.resource_annotations import ResourceParam as ResourceParam
    from dagster.define.resource_building import build_init_resource_context as build_init_resource_context
    from dagster.define.resource_building import build_resources as build_resources
    from dagster.define.resource_contexts import InitResourceContext as InitResourceContext
    from dagster.define.resource_values import IAttachDifferentObjectToOpContext as IAttachDifferentObjectToOpContext
    from dagster.define.resources import ResourceDefinition as ResourceDefinition
    from dagster.define.resources import make_values_resource as make_values_resource
    from dagster.define.resources import resource as resource
    from dagster.define.run_status_contexts import RunFailureSensorContext as RunFailureSensorContext
    from dagster.define.run_status_contexts import RunStatusSensorContext as RunStatusSensorContext
    from dagster.define.run_status_contexts import build_run_status_sensor_context as build_run_status_sensor_context
    from dagster.define.run_status_sensors import RunStatusSensorDefinition as RunStatusSensorDefinition
    from dagster.define.run_status_sensors import run_failure_sensor as run_failure_sensor
    from dagster.define.run_status_sensors import run_status_sensor as run_status_sensor
    from dagster.define.schedule_contexts import ScheduleEvaluationContext as ScheduleEvaluationContext
    from dagster.define.schedule_contexts import build_schedule_context as build_schedule_context
    from dagster.define.schedules import ScheduleDefinition as ScheduleDefinition
    from dagster.define.schedules import schedule as schedule
    from dagster.define.sensor_contexts import SensorEvaluationContext as SensorEvaluationContext
    from dagster.define.sensor_contexts import build_sensor_context as build_sensor_context
    from dagster.define.sensors import SensorDefinition as SensorDefinition
    from dagster.define.sensors import sensor as sensor
    from dagster.define.source_assets import SourceAsset as SourceAsset
    from dagster.define.type_checks import TypeCheck as TypeCheck
    from dagster.define.type_checks import TypeCheckContext as TypeCheckContext
    from dagster.define.type_families import Bool as Bool
    from dagster.define.type_families import Dict as Dict
    from dagster.define.type_families import Float as Float
    from dagster.define.type_families import Int as Int
    from dagster.define.type_families import List as List
    from dagster.define.type_families import Nothing as Nothing
    from dagster.define.type_families import Optional as Optional
    from dagster.define.type_families import Set as Set
    from dagster.define.type_families import String as String
    from dagster.define.type_families import Tuple as Tuple
    from dagster.define.type_loaders import DagsterTypeLoader as DagsterTypeLoader
    from dagster.define.type_loaders import dagster_type_loader as dagster_type_loader
    from dagster.define.type_resolution import check_dagster_type as check_dagster_type
    from dagster.define.type_resolution import make_python_type_usable_as_dagster_type as make_python_type_usable_as_dagster_type
    from dagster.define.type_resolution import usable_as_dagster_type as usable_as_dagster_type
    from dagster.define.types import DagsterType as DagsterType
    from dagster.define.types import PythonObjectDagsterType as PythonObjectDagsterType
    from dagster.define.window_configs import daily_partitioned_config as daily_partitioned_config
    from dagster.define.window_configs import hourly_partitioned_config as hourly_partitioned_config
    from dagster.define.window_configs import monthly_partitioned_config as monthly_partitioned_config
    from dagster.define.window_configs import weekly_partitioned_config as weekly_partitioned_config
    from dagster.errors import DagsterConfigMappingFunctionError as DagsterConfigMappingFunctionError
    from dagster.errors import DagsterError as DagsterError
    from dagster.errors import DagsterExecutionInterruptedError as DagsterExecutionInterruptedError
    from dagster.errors import DagsterExecutionStepExecutionError as DagsterExecutionStepExecutionError
    from dagster.errors import DagsterExecutionStepNotFoundError as DagsterExecutionStepNotFoundError
    from dagster.errors import DagsterInvalidConfigDefinitionError as DagsterInvalidConfigDefinitionError
    from dagster.errors import DagsterInvalidConfigError as DagsterInvalidConfigError
    from dagster.errors import DagsterInvalidDefinitionError as DagsterInvalidDefinitionError
    from dagster.errors import DagsterInvalidInvocationError as DagsterInvalidInvocationError
    from dagster.errors import DagsterInvalidSubsetError as DagsterInvalidSubsetError
    from dagster.errors import DagsterInvariantViolationError as DagsterInvariantViolationError
    from dagster.errors import DagsterResourceFunctionError as DagsterResourceFunctionError
    from dagster.errors import DagsterRunNotFoundError as DagsterRunNotFoundError
    from dagster.errors import DagsterStepOutputNotFoundError as DagsterStepOutputNotFoundError
    from dagster.errors import DagsterSubprocessError as DagsterSubprocessError
    from dagster.errors import DagsterTypeCheckDidNotPass as DagsterTypeCheckDidNotPass
    from dagster.errors import DagsterTypeCheckError as DagsterTypeCheckError
    from dagster.errors import DagsterUnknownPartitionError as DagsterUnknownPartitionError
    from dagster.errors import DagsterUnknownResourceError as DagsterUnknownResourceError
    from dagster.errors import DagsterUnmetExecutorRequirementsError as DagsterUnmetExecutorRequirementsError
    from dagster.errors import DagsterUserCodeExecutionError as DagsterUserCodeExecutionError
    from dagster.events.asset_events import AssetCheckEvaluation as AssetCheckEvaluation
    from dagster.events.asset_events import AssetCheckResult as AssetCheckResult
    from dagster.events.asset_events import AssetCheckSeverity as AssetCheckSeverity
    from dagster.events.asset_events import AssetMaterialization as AssetMaterialization
    from dagster.events.asset_events import AssetObservation as AssetObservation
    from dagster.events.data_versions import DataProvenance as DataProvenance
    from dagster.events.data_versions import DataVersion as DataVersion
    from dagster.events.data_versions import DataVersionsByPartition as DataVersionsByPartition
    from dagster.events.entries import EventLogEntry as EventLogEntry
    from dagster.events.events import DagsterEvent as DagsterEvent
    from dagster.events.expectations import ExpectationResult as ExpectationResult
    from dagster.events.failures import FailedStep as FailedStep
    from dagster.events.failures import Failure as Failure
    from dagster.events.failures import RetryRequested as RetryRequested
    from dagster.events.records import AssetRecordsFilter as AssetRecordsFilter
    from dagster.events.records import EventLogRecord as EventLogRecord
    from dagster.events.records import EventRecordsFilter as EventRecordsFilter
    from dagster.events.records import EventRecordsResult as EventRecordsResult
    from dagster.events.records import RunStatusChangeRecordsFilter as RunStatusChangeRecordsFilter
    from dagster.events.results import DynamicOutput as DynamicOutput
    from dagster.events.results import MaterializeResult as MaterializeResult
    from dagster.events.results import ObserveResult as ObserveResult
    from dagster.events.results import Output as Output
    from dagster.events.types import DagsterEventType as DagsterEventType
    from dagster.execution.ambient_loggers import get_dagster_logger as get_dagster_logger
    from dagster.execution.asset_values import AssetValueLoader as AssetValueLoader
    from dagster.execution.automation import EvaluateAutomationConditionsResult as EvaluateAutomationConditionsResult
    from dagster.execution.automation import evaluate_automation_conditions as evaluate_automation_conditions
    from dagster.execution.check_contexts import AssetCheckExecutionContext as AssetCheckExecutionContext
    from dagster.execution.contexts import AssetExecutionContext as AssetExecutionContext
    from dagster.execution.contexts import OpExecutionContext as OpExecutionContext
    from dagster.execution.direct_check_contexts import build_asset_check_context as build_asset_check_context
    from dagster.execution.direct_contexts import build_asset_context as build_asset_context
    from dagster.execution.direct_contexts import build_op_context as build_op_context
    from dagster.execution.job_executions import execute_job as execute_job
    from dagster.execution.job_results import JobExecutionResult as JobExecutionResult
    from dagster.execution.loggers import DagsterLogManager as DagsterLogManager
    from dagster.execution.materialize import materialize as materialize
    from dagster.execution.materialize import materialize_to_memory as materialize_to_memory
    from dagster.execution.op_jobs import validate_run_config as validate_run_config
    from dagster.execution.reexecutions import ReexecutionOptions as ReexecutionOptions
    from dagster.execution.results import ExecuteInProcessResult as ExecuteInProcessResult
    from dagster.execution.step_contexts import StepExecutionContext as StepExecutionContext
    from dagster.instance.coordinators import QueuedRunCoordinator as QueuedRunCoordinator
    from dagster.instance.defs_states import UPathDefsStateStorage as UPathDefsStateStorage
    from dagster.instance.instance import DagsterInstance as DagsterInstance
    from dagster.instance.launchers import DefaultRunLauncher as DefaultRunLauncher
    from dagster.io.building import build_input_context as build_input_context
    from dagster.io.building import build_output_context as build_output_context
    from dagster.io.classics import custom_path_fs_io_manager as custom_path_fs_io_manager
    from dagster.io.classics import fs_io_manager as fs_io_manager
    from dagster.io.classics import mem_io_manager as mem_io_manager
    from dagster.io.configurable import ConfigurableIOManager as ConfigurableIOManager
    from dagster.io.configurable import ConfigurableIOManagerFactory as ConfigurableIOManagerFactory
    from dagster.io.configurable import ConfigurableLegacyIOManagerAdapter as ConfigurableLegacyIOManagerAdapter
    from dagster.io.contexts import InputContext as InputContext
    from dagster.io.contexts import OutputContext as OutputContext
    from dagster.io.filesystem import FilesystemIOManager as FilesystemIOManager
    from dagster.io.managers import InputManager as InputManager
    from dagster.io.managers import IOManager as IOManager
    from dagster.io.memory import InMemoryIOManager as InMemoryIOManager
    from dagster.io.upath import UPathIOManager as UPathIOManager
    from dagster.keys import AssetCheckKey as AssetCheckKey
    from dagster.keys import AssetJobKey as AssetJobKey
    from dagster.keys import AssetKey as AssetKey
    from dagster.libraries import DagsterLibraryRegistry as DagsterLibraryRegistry
    from dagster.metadata.code_references import LocalFileCodeReference as LocalFileCodeReference
    from dagster.metadata.code_references import UrlCodeReference as UrlCodeReference
    from dagster.metadata.coercion import MetadataEntry as MetadataEntry
    from dagster.metadata.tables import TableColumn as TableColumn
    from dagster.metadata.tables import TableColumnConstraints as TableColumnConstraints
    from dagster.metadata.tables import TableColumnDep as TableColumnDep
    from dagster.metadata.tables import TableColumnLineage as TableColumnLineage
    from dagster.metadata.tables import TableConstraints as TableConstraints
    from dagster.metadata.tables import TableRecord as TableRecord
    from dagster.metadata.tables import TableSchema as TableSchema
    from dagster.metadata.values import BoolMetadataValue as BoolMetadataValue
    from dagster.metadata.values import CodeReferencesMetadataValue as CodeReferencesMetadataValue
    from dagster.metadata.values import DagsterAssetMetadataValue as DagsterAssetMetadataValue
    from dagster.metadata.values import DagsterJobMetadataValue as DagsterJobMetadataValue
    from dagster.metadata.values import DagsterRunMetadataValue as DagsterRunMetadataValue
    from dagster.metadata.values import FloatMetadataValue as FloatMetadataValue
    from dagster.metadata.values import IntMetadataValue as IntMetadataValue
    from dagster.metadata.values import JsonMetadataValue as JsonMetadataValue
    from dagster.metadata.values import MarkdownMetadataValue as MarkdownMetadataValue
    from dagster.metadata.values import MetadataValue as MetadataValue
    from dagster.metadata.values import NotebookMetadataValue as NotebookMetadataValue
    from dagster.metadata.values import NullMetadataValue as NullMetadataValue
    from dagster.metadata.values import PathMetadataValue as PathMetadataValue
    from dagster.metadata.values import PoolMetadataValue as PoolMetadataValue
    from dagster.metadata.values import PythonArtifactMetadataValue as PythonArtifactMetadataValue
    from dagster.metadata.values import TableColumnLineageMetadataValue as TableColumnLineageMetadataValue
    from dagster.metadata.values import TableMetadataValue as TableMetadataValue
    from dagster.metadata.values import TableSchemaMetadataValue as TableSchemaMetadataValue
    from dagster.metadata.values import TextMetadataValue as TextMetadataValue
    from dagster.metadata.values import TimestampMetadataValue as TimestampMetadataValue
    from dagster.metadata.values import UrlMetadataValue as UrlMetadataValue
    from dagster.partitions.definitions import PartitionsDefinition as PartitionsDefinition
    from dagster.partitions.dynamic import AddDynamicPartitionsRequest as AddDynamicPartitionsRequest
    from dagster.partitions.dynamic import DeleteDynamicPartitionsRequest as DeleteDynamicPartitionsRequest
    from dagster.partitions.dynamic import DynamicPartitionsDefinition as DynamicPartitionsDefinition
    from dagster.partitions.dynamic import Partition as Partition
    from dagster.partitions.fixed_windows import DailyPartitionsDefinition as DailyPartitionsDefinition
    from dagster.partitions.fixed_windows import HourlyPartitionsDefinition as HourlyPartitionsDefinition
    from dagster.partitions.fixed_windows import MonthlyPartitionsDefinition as MonthlyPartitionsDefinition
    from dagster.partitions.fixed_windows import WeeklyPartitionsDefinition as WeeklyPartitionsDefinition
    from dagster.partitions.key_ranges import PartitionKeyRange as PartitionKeyRange
    from dagster.partitions.loading import partition_loading_context as partition_loading_context
    from dagster.partitions.mappings import AllPartitionMapping as AllPartitionMapping
    from dagster.partitions.mappings import IdentityPartitionMapping as IdentityPartitionMapping
    from dagster.partitions.mappings import LastPartitionMapping as LastPartitionMapping
    from dagster.partitions.mappings import PartitionMapping as PartitionMapping
    from dagster.partitions.mappings import SpecificPartitionsPartitionMapping as SpecificPartitionsPartitionMapping
    from dagster.partitions.multi import MultiPartitionsDefinition as MultiPartitionsDefinition
    from dagster.partitions.multi_keys import MultiPartitionKey as MultiPartitionKey
    from dagster.partitions.multi_mappings import DimensionPartitionMapping as DimensionPartitionMapping
    from dagster.partitions.multi_mappings import MultiPartitionMapping as MultiPartitionMapping
    from dagster.partitions.pages import PaginatedResults as PaginatedResults
    from dagster.partitions.single_dimension_mappings import (
        MultiToSingleDimensionPartitionMapping as MultiToSingleDimensionPartitionMapping,
    )
    from dagster.partitions.static import StaticPartitionsDefinition as StaticPartitionsDefinition
    from dagster.partitions.static_mappings import StaticPartitionMapping as StaticPartitionMapping
    from dagster.partitions.time_windows import TimeWindowPartitionsDefinition as TimeWindowPartitionsDefinition
    from dagster.partitions.window_mappings import TimeWindowPartitionMapping as TimeWindowPartitionMapping
    from dagster.partitions.windows import TimeWindow as TimeWindow
    from dagster.pipes.chunk_readers import PipesBlobStoreMessageReader as PipesBlobStoreMessageReader
    from dagster.pipes.clients import PipesClient as PipesClient
    from dagster.pipes.clients import PipesClientCompletedInvocation as PipesClientCompletedInvocation
    from dagster.pipes.composite_readers import PipesCompositeMessageReader as PipesCompositeMessageReader
    from dagster.pipes.context_injectors import PipesContextInjector as PipesContextInjector
    from dagster.pipes.context_injectors import PipesEnvContextInjector as PipesEnvContextInjector
    from dagster.pipes.context_injectors import PipesFileContextInjector as PipesFileContextInjector
    from dagster.pipes.context_injectors import PipesTempFileContextInjector as PipesTempFileContextInjector
    from dagster.pipes.file_readers import PipesFileMessageReader as PipesFileMessageReader
    from dagster.pipes.file_readers import PipesTempFileMessageReader as PipesTempFileMessageReader
    from dagster.pipes.log_readers import PipesLogReader as PipesLogReader
    from dagster.pipes.messages import PipesExecutionResult as PipesExecutionResult
    from dagster.pipes.messages import PipesLaunchedData as PipesLaunchedData
    from dagster.pipes.messages import PipesMessageHandler as PipesMessageHandler
    from dagster.pipes.messages import PipesMessageReader as PipesMessageReader
    from dagster.pipes.sessions import PipesSession as PipesSession
    from dagster.pipes.sessions import open_pipes_session as open_pipes_session
    from dagster.pipes.subprocesses import PipesSubprocessClient as PipesSubprocessClient
    from dagster.runs.requests import RunRequest as RunRequest
    from dagster.runs.requests import SensorResult as SensorResult
    from dagster.runs.requests import SkipReason as SkipReason
    from dagster.runs.runs import DagsterRun as DagsterRun
    from dagster.runs.runs import RunRecord as RunRecord
    from dagster.runs.runs import RunsFilter as RunsFilter
    from dagster.runs.statuses import DagsterRunStatus as DagsterRunStatus
    from dagster.runs.tags import MAX_RUNTIME_SECONDS_TAG as MAX_RUNTIME_SECONDS_TAG
    from dagster.serialization.values import deserialize_value as deserialize_value
    from dagster.serialization.values import serialize_value as serialize_value
    from dagster.specs.assets import AssetDep as AssetDep
    from dagster.specs.assets import AssetSpec as AssetSpec
    from dagster.specs.auto_materialize import AutoMaterializeAssetPartitionsFilter as AutoMaterializeAssetPartitionsFilter
    from dagster.specs.auto_materialize import AutoMaterializePolicy as AutoMaterializePolicy
    from dagster.specs.auto_materialize import AutoMaterializeRule as AutoMaterializeRule
    from dagster.specs.automation_conditions import AutomationCondition as AutomationCondition
    from dagster.specs.backfills import BackfillPolicy as BackfillPolicy
    from dagster.specs.caching import CachePolicy as CachePolicy
    from dagster.specs.checks import AssetCheckSpec as AssetCheckSpec
    from dagster.specs.freshness import FreshnessPolicy as FreshnessPolicy
    from dagster.specs.freshness import LegacyFreshnessPolicy as LegacyFreshnessPolicy
    from dagster.specs.freshness import apply_freshness_policy as apply_freshness_policy
    from dagster.specs.retries import Backoff as Backoff
    from dagster.specs.retries import Jitter as Jitter
    from dagster.specs.retries import RetryPolicy as RetryPolicy
    from dagster.specs.schedules import DefaultScheduleStatus as DefaultScheduleStatus
    from dagster.specs.selections import AssetSelection as AssetSelection
    from dagster.specs.sensors import DefaultSensorStatus as DefaultSensorStatus
    from dagster.testing.instances import instance_for_test as instance_for_test

# Public name -> module that defines it.
_EXPORTS = {
    "AddDynamicPartitionsRequest": "dagster.partitions.dynamic",
    "AllPartitionMapping": "dagster.partitions.mappings",
    "AnchorBasedFilePathMapping": "dagster.define.code_references",
    "Any": "typing",
    "Array": "dagster.config.fields",
    "AssetAttributesModel": "dagster.components.asset_models",
    "AssetCheckEvaluation": "dagster.events.asset_events",
    "AssetCheckExecutionContext": "dagster.execution.check_contexts",
    "AssetCheckKey": "dagster.keys",
    "AssetCheckResult": "dagster.events.asset_events",
    "AssetCheckSeverity": "dagster.events.asset_events",
    "AssetCheckSpec": "dagster.specs.checks",
    "AssetChecksDefinition": "dagster.define.asset_checks",
    "AssetDep": "dagster.specs.assets",
    "AssetExecutionContext": "dagster.execution.contexts",
    "AssetIn": "dagster.define.asset_inputs",
    "AssetJobKey": "dagster.keys",
    "AssetKey": "dagster.keys",
    "AssetMaterialization": "dagster.events.asset_events",
    "AssetObservation": "dagster.events.asset_events",
    "AssetOut": "dagster.define.asset_outs",
    "AssetRecordsFilter": "dagster.events.records",
    "AssetSelection": "dagster.specs.selections",
    "AssetSensorDefinition": "dagster.define.asset_sensors",
    "AssetSpec": "dagster.specs.assets",
    "AssetValueLoader": "dagster.execution.asset_values",
    "AssetsDefinition": "dagster.define.assets_definitions",
    "AutoMaterializeAssetPartitionsFilter": "dagster.specs.auto_materialize",
    "AutoMaterializePolicy": "dagster.specs.auto_materialize",
    "AutoMaterializeRule": "dagster.specs.auto_materialize",
    "AutomationCondition": "dagster.specs.automation_conditions",
    "AutomationConditionSensorDefinition": "dagster.define.automation_sensors",
    "AutomationContext": "dagster.automation.contexts",
    "AutomationResult": "dagster.automation.contexts",
    "BackfillPolicy": "dagster.specs.backfills",
    "Backoff": "dagster.specs.retries",
    "BetaWarning": "dagster.api_warnings",
    "Bool": "dagster.define.type_families",
    "BoolMetadataValue": "dagster.metadata.values",
    "BoolSource": "dagster.config.sources",
    "CachePolicy": "dagster.specs.caching",
    "CodeReferencesMetadataValue": "dagster.metadata.values",
    "CodeVersion": "dagster.define.code_versions",
    "Component": "dagster.components.component_types",
    "ComponentLoadContext": "dagster.components.contexts",
    "ComponentTree": "dagster.components.trees",
    "ComponentTypeSpec": "dagster.components.component_types",
    "Config": "dagster.config.configs",
    "ConfigArgumentWarning": "dagster.api_warnings",
    "ConfigMapping": "dagster.define.config_mappings",
    "ConfigurableIOManager": "dagster.io.configurable",
    "ConfigurableIOManagerFactory": "dagster.io.configurable",
    "ConfigurableLegacyIOManagerAdapter": "dagster.io.configurable",
    "ConfigurableResource": "dagster.define.configurable_resources",
    "DagsterAssetMetadataValue": "dagster.metadata.values",
    "DagsterConfigMappingFunctionError": "dagster.errors",
    "DagsterError": "dagster.errors",
    "DagsterEvent": "dagster.events.events",
    "DagsterEventType": "dagster.events.types",
    "DagsterExecutionInterruptedError": "dagster.errors",
    "DagsterExecutionStepExecutionError": "dagster.errors",
    "DagsterExecutionStepNotFoundError": "dagster.errors",
    "DagsterInstance": "dagster.instance.instance",
    "DagsterInvalidConfigDefinitionError": "dagster.errors",
    "DagsterInvalidConfigError": "dagster.errors",
    "DagsterInvalidDefinitionError": "dagster.errors",
    "DagsterInvalidInvocationError": "dagster.errors",
    "DagsterInvalidSubsetError": "dagster.errors",
    "DagsterInvariantViolationError": "dagster.errors",
    "DagsterJobMetadataValue": "dagster.metadata.values",
    "DagsterLibraryRegistry": "dagster.libraries",
    "DagsterLogManager": "dagster.execution.loggers",
    "DagsterResourceFunctionError": "dagster.errors",
    "DagsterRun": "dagster.runs.runs",
    "DagsterRunMetadataValue": "dagster.metadata.values",
    "DagsterRunNotFoundError": "dagster.errors",
    "DagsterRunStatus": "dagster.runs.statuses",
    "DagsterStepOutputNotFoundError": "dagster.errors",
    "DagsterSubprocessError": "dagster.errors",
    "DagsterType": "dagster.define.types",
    "DagsterTypeCheckDidNotPass": "dagster.errors",
    "DagsterTypeCheckError": "dagster.errors",
    "DagsterTypeLoader": "dagster.define.type_loaders",
    "DagsterUnknownPartitionError": "dagster.errors",
    "DagsterUnknownResourceError": "dagster.errors",
    "DagsterUnmetExecutorRequirementsError": "dagster.errors",
    "DagsterUserCodeExecutionError": "dagster.errors",
    "DailyPartitionsDefinition": "dagster.partitions.fixed_windows",
    "DataProvenance": "dagster.events.data_versions",
    "DataVersion": "dagster.events.data_versions",
    "DataVersionsByPartition": "dagster.events.data_versions",
    "DefaultRunLauncher": "dagster.instance.launchers",
    "DefaultScheduleStatus": "dagster.specs.schedules",
    "DefaultSensorStatus": "dagster.specs.sensors",
    "Definitions": "dagster.define.definitions",
    "DefinitionsComponent": "dagster.components.definitions_components",
    "DefsFolderComponent": "dagster.components.folders",
    "DeleteDynamicPartitionsRequest": "dagster.partitions.dynamic",
    "DependencyDefinition": "dagster.define.nodes",
    "Dict": "dagster.define.type_families",
    "DimensionPartitionMapping": "dagster.partitions.multi_mappings",
    "DynamicOut": "dagster.define.op_ports",
    "DynamicOutput": "dagster.events.results",
    "DynamicPartitionsDefinition": "dagster.partitions.dynamic",
    "Enum": "dagster.config.types",
    "EnumValue": "dagster.config.types",
    "EnvVar": "dagster.config.env",
    "EvaluateAutomationConditionsResult": "dagster.execution.automation",
    "EventLogEntry": "dagster.events.entries",
    "EventLogRecord": "dagster.events.records",
    "EventRecordsFilter": "dagster.events.records",
    "EventRecordsResult": "dagster.events.records",
    "ExecuteInProcessResult": "dagster.execution.results",
    "Executor": "dagster.define.executors",
    "ExecutorDefinition": "dagster.define.executors",
    "ExecutorRequirement": "dagster.define.executors",
    "ExpectationResult": "dagster.events.expectations",
    "FailedStep": "dagster.events.failures",
    "Failure": "dagster.events.failures",
    "Field": "dagster.config.fields",
    "FileHandle": "dagster.define.file_managers",
    "FilePathMapping": "dagster.define.code_references",
    "FilesystemIOManager": "dagster.io.filesystem",
    "Float": "dagster.define.type_families",
    "FloatMetadataValue": "dagster.metadata.values",
    "FreshnessPolicy": "dagster.specs.freshness",
    "FunctionComponent": "dagster.components.executables",
    "GraphDefinition": "dagster.define.graphs",
    "GraphIn": "dagster.define.op_ports",
    "GraphOut": "dagster.define.op_ports",
    "HookContext": "dagster.define.hook_contexts",
    "HookDefinition": "dagster.define.hooks",
    "HookExecutionResult": "dagster.define.hooks",
    "HourlyPartitionsDefinition": "dagster.partitions.fixed_windows",
    "IAttachDifferentObjectToOpContext": "dagster.define.resource_values",
    "IOManager": "dagster.io.managers",
    "IOManagerDefinition": "dagster.define.io_managers",
    "IdentityPartitionMapping": "dagster.partitions.mappings",
    "In": "dagster.define.op_ports",
    "InMemoryIOManager": "dagster.io.memory",
    "InitExecutorContext": "dagster.define.executors",
    "InitLoggerContext": "dagster.define.loggers",
    "InitResourceContext": "dagster.define.resource_contexts",
    "Injected": "dagster.components.resolvers",
    "InputContext": "dagster.io.contexts",
    "InputManager": "dagster.io.managers",
    "InputManagerDefinition": "dagster.define.io_managers",
    "InputMapping": "dagster.define.nodes",
    "Int": "dagster.define.type_families",
    "IntMetadataValue": "dagster.metadata.values",
    "IntSource": "dagster.config.sources",
    "Jitter": "dagster.specs.retries",
    "JobDefinition": "dagster.define.jobs",
    "LocalFileHandle": "dagster.define.file_managers",
    "local_file_manager": "dagster.define.file_managers",
    "Model": "dagster.components.resolvables",
    "PythonScriptComponent": "dagster.components.executables",
    "ResolutionContext": "dagster.components.resolutions",
    "Resolvable": "dagster.components.resolvables",
    "ResolvedAssetCheckSpec": "dagster.components.asset_models",
    "ResolvedAssetKey": "dagster.components.asset_models",
    "ResolvedAssetSpec": "dagster.components.asset_models",
    "Resolver": "dagster.components.resolvers",
    "ScaffoldRequest": "dagster.components.scaffolding",
    "Scaffolder": "dagster.components.scaffolding",
    "SqlComponent": "dagster.components.sql",
    "StateBackedComponent": "dagster.components.states",
    "TemplatedSqlComponent": "dagster.components.sql",
    "UPathDefsStateStorage": "dagster.instance.defs_states",
    "UvRunComponent": "dagster.components.executables",
    "build_component_defs": "dagster.components.loading",
    "build_dataframe_checks": "dagster.define.dataframe_checks",
    "build_defs_for_component": "dagster.components.loading",
    "component_defs": "dagster.components.loading",
    "component_instance": "dagster.components.component_types",
    "load_defs": "dagster.components.loading",
    "load_from_defs_folder": "dagster.components.loading",
    "scaffold_component": "dagster.components.scaffolding",
    "scaffold_with": "dagster.components.scaffolding",
    "template_var": "dagster.components.template_vars",
    "PartitionedConfig": "dagster.define.partitioned_configs",
    "daily_partitioned_config": "dagster.define.window_configs",
    "deserialize_value": "dagster.serialization.values",
    "dynamic_partitioned_config": "dagster.define.partitioned_configs",
    "hourly_partitioned_config": "dagster.define.window_configs",
    "monthly_partitioned_config": "dagster.define.window_configs",
    "partitioned_config": "dagster.define.partitioned_configs",
    "serialize_value": "dagster.serialization.values",
    "static_partitioned_config": "dagster.define.partitioned_configs",
    "JobExecutionResult": "dagster.execution.job_results",
    "ReexecutionOptions": "dagster.execution.reexecutions",
    "StepExecutionContext": "dagster.execution.step_contexts",
    "build_reconstructable_job": "dagster.define.reconstructions",
    "execute_job": "dagster.execution.job_executions",
    "reconstructable": "dagster.define.reconstructions",
    "evaluate_automation_conditions": "dagster.execution.automation",
    "validate_run_config": "dagster.execution.op_jobs",
    "graph_multi_asset": "dagster.define.graph_assets",
    "graph_asset": "dagster.define.graph_assets",
    "JsonMetadataValue": "dagster.metadata.values",
    "LastPartitionMapping": "dagster.partitions.mappings",
    "LegacyFreshnessPolicy": "dagster.specs.freshness",
    "List": "dagster.define.type_families",
    "LocalFileCodeReference": "dagster.metadata.code_references",
    "LoggerDefinition": "dagster.define.loggers",
    "MAX_RUNTIME_SECONDS_TAG": "dagster.runs.tags",
    "Map": "dagster.config.fields",
    "MarkdownMetadataValue": "dagster.metadata.values",
    "MaterializeResult": "dagster.events.results",
    "MetadataEntry": "dagster.metadata.coercion",
    "MetadataValue": "dagster.metadata.values",
    "MonthlyPartitionsDefinition": "dagster.partitions.fixed_windows",
    "MultiAssetSensorDefinition": "dagster.define.multi_asset_sensors",
    "MultiAssetSensorEvaluationContext": "dagster.define.multi_asset_contexts",
    "MultiDependencyDefinition": "dagster.define.nodes",
    "MultiPartitionKey": "dagster.partitions.multi_keys",
    "MultiPartitionMapping": "dagster.partitions.multi_mappings",
    "MultiPartitionsDefinition": "dagster.partitions.multi",
    "MultiToSingleDimensionPartitionMapping": "dagster.partitions.single_dimension_mappings",
    "NodeInvocation": "dagster.define.nodes",
    "Noneable": "dagster.config.fields",
    "NotebookMetadataValue": "dagster.metadata.values",
    "Nothing": "dagster.define.type_families",
    "NullMetadataValue": "dagster.metadata.values",
    "ObserveResult": "dagster.events.results",
    "OpDefinition": "dagster.define.ops",
    "OpExecutionContext": "dagster.execution.contexts",
    "Optional": "dagster.define.type_families",
    "Out": "dagster.define.op_ports",
    "Output": "dagster.events.results",
    "OutputContext": "dagster.io.contexts",
    "OutputMapping": "dagster.define.nodes",
    "PaginatedResults": "dagster.partitions.pages",
    "Partition": "dagster.partitions.dynamic",
    "PartitionKeyRange": "dagster.partitions.key_ranges",
    "PartitionMapping": "dagster.partitions.mappings",
    "PartitionsDefinition": "dagster.partitions.definitions",
    "PathMetadataValue": "dagster.metadata.values",
    "Permissive": "dagster.config.fields",
    "PermissiveConfig": "dagster.config.configs",
    "PipesBlobStoreMessageReader": "dagster.pipes.chunk_readers",
    "PipesClient": "dagster.pipes.clients",
    "PipesClientCompletedInvocation": "dagster.pipes.clients",
    "PipesCompositeMessageReader": "dagster.pipes.composite_readers",
    "PipesContextInjector": "dagster.pipes.context_injectors",
    "PipesEnvContextInjector": "dagster.pipes.context_injectors",
    "PipesExecutionResult": "dagster.pipes.messages",
    "PipesFileContextInjector": "dagster.pipes.context_injectors",
    "PipesFileMessageReader": "dagster.pipes.file_readers",
    "PipesLaunchedData": "dagster.pipes.messages",
    "PipesLogReader": "dagster.pipes.log_readers",
    "PipesMessageHandler": "dagster.pipes.messages",
    "PipesMessageReader": "dagster.pipes.messages",
    "PipesSession": "dagster.pipes.sessions",
    "PipesSubprocessClient": "dagster.pipes.subprocesses",
    "PipesTempFileContextInjector": "dagster.pipes.context_injectors",
    "PipesTempFileMessageReader": "dagster.pipes.file_readers",
    "PoolMetadataValue": "dagster.metadata.values",
    "PreviewWarning": "dagster.api_warnings",
    "PythonArtifactMetadataValue": "dagster.metadata.values",
    "PythonObjectDagsterType": "dagster.define.types",
    "QueuedRunCoordinator": "dagster.instance.coordinators",
    "RepositoryDefinition": "dagster.define.repositories",
    "ResourceDefinition": "dagster.define.resources",
    "ResourceDependency": "dagster.define.resource_annotations",
    "ResourceParam": "dagster.define.resource_annotations",
    "RetryPolicy": "dagster.specs.retries",
    "RetryRequested": "dagster.events.failures",
    "RunConfig": "dagster.config.run_config",
    "RunFailureSensorContext": "dagster.define.run_status_contexts",
    "RunRecord": "dagster.runs.runs",
    "RunRequest": "dagster.runs.requests",
    "RunStatusChangeRecordsFilter": "dagster.events.records",
    "RunStatusSensorContext": "dagster.define.run_status_contexts",
    "RunStatusSensorDefinition": "dagster.define.run_status_sensors",
    "RunsFilter": "dagster.runs.runs",
    "ScalarUnion": "dagster.config.fields",
    "ScheduleDefinition": "dagster.define.schedules",
    "ScheduleEvaluationContext": "dagster.define.schedule_contexts",
    "Selector": "dagster.config.fields",
    "SensorDefinition": "dagster.define.sensors",
    "SensorEvaluationContext": "dagster.define.sensor_contexts",
    "SensorResult": "dagster.runs.requests",
    "Set": "dagster.define.type_families",
    "Shape": "dagster.config.fields",
    "SkipReason": "dagster.runs.requests",
    "SourceAsset": "dagster.define.source_assets",
    "SpecificPartitionsPartitionMapping": "dagster.partitions.mappings",
    "StaticPartitionMapping": "dagster.partitions.static_mappings",
    "StaticPartitionsDefinition": "dagster.partitions.static",
    "String": "dagster.define.type_families",
    "StringSource": "dagster.config.sources",
    "SupersessionWarning": "dagster.api_warnings",
    "TableColumn": "dagster.metadata.tables",
    "TableColumnConstraints": "dagster.metadata.tables",
    "TableColumnDep": "dagster.metadata.tables",
    "TableColumnLineage": "dagster.metadata.tables",
    "TableColumnLineageMetadataValue": "dagster.metadata.values",
    "TableConstraints": "dagster.metadata.tables",
    "TableMetadataValue": "dagster.metadata.values",
    "TableRecord": "dagster.metadata.tables",
    "TableSchema": "dagster.metadata.tables",
    "TableSchemaMetadataValue": "dagster.metadata.values",
    "TextMetadataValue": "dagster.metadata.values",
    "TimeWindow": "dagster.partitions.windows",
    "TimeWindowPartitionMapping": "dagster.partitions.window_mappings",
    "TimeWindowPartitionsDefinition": "dagster.partitions.time_windows",
    "TimestampMetadataValue": "dagster.metadata.values",
    "Tuple": "dagster.define.type_families",
    "TypeCheck": "dagster.define.type_checks",
    "TypeCheckContext": "dagster.define.type_checks",
    "UPathIOManager": "dagster.io.upath",
    "UrlCodeReference": "dagster.metadata.code_references",
    "UrlMetadataValue": "dagster.metadata.values",
    "WeeklyPartitionsDefinition": "dagster.partitions.fixed_windows",
    "apply_freshness_policy": "dagster.specs.freshness",
    "asset": "dagster.define.assets",
    "asset_check": "dagster.define.asset_checks",
    "asset_sensor": "dagster.define.asset_sensors",
    "build_asset_check_context": "dagster.execution.direct_check_contexts",
    "build_asset_context": "dagster.execution.direct_contexts",
    "build_column_schema_change_checks": "dagster.define.check_factories",
    "build_hook_context": "dagster.define.hook_contexts",
    "build_init_logger_context": "dagster.define.loggers",
    "build_init_resource_context": "dagster.define.resource_building",
    "build_input_context": "dagster.io.building",
    "build_last_update_freshness_checks": "dagster.define.check_factories",
    "build_metadata_bounds_checks": "dagster.define.check_factories",
    "build_multi_asset_sensor_context": "dagster.define.multi_asset_contexts",
    "build_op_context": "dagster.execution.direct_contexts",
    "build_output_context": "dagster.io.building",
    "build_resources": "dagster.define.resource_building",
    "build_run_status_sensor_context": "dagster.define.run_status_contexts",
    "build_schedule_context": "dagster.define.schedule_contexts",
    "build_schedule_from_partitioned_job": "dagster.define.partitioned_schedules",
    "build_sensor_context": "dagster.define.sensor_contexts",
    "build_sensor_for_freshness_checks": "dagster.define.check_factories",
    "build_time_partition_freshness_checks": "dagster.define.check_factories",
    "check_dagster_type": "dagster.define.type_resolution",
    "colored_console_logger": "dagster.define.loggers",
    "config_from_files": "dagster.config.files",
    "config_from_pkg_resources": "dagster.config.files",
    "config_from_yaml_strings": "dagster.config.files",
    "config_mapping": "dagster.define.config_mappings",
    "configured": "dagster.define.configured",
    "create_repository_using_definitions_args": "dagster.define.repository_decorators",
    "custom_path_fs_io_manager": "dagster.io.classics",
    "dagster_type_loader": "dagster.define.type_loaders",
    "default_loggers": "dagster.define.loggers",
    "default_system_loggers": "dagster.define.loggers",
    "define_asset_job": "dagster.define.asset_jobs",
    "definitions": "dagster.define.lazy_definitions",
    "executor": "dagster.define.executors",
    "failure_hook": "dagster.define.hooks",
    "file_relative_path": "dagster.config.files",
    "fs_io_manager": "dagster.io.classics",
    "get_dagster_logger": "dagster.execution.ambient_loggers",
    "graph": "dagster.define.graph_bodies",
    "in_process_executor": "dagster.define.executors",
    "input_manager": "dagster.define.io_managers",
    "instance_for_test": "dagster.testing.instances",
    "io_manager": "dagster.define.io_managers",
    "job": "dagster.define.graph_jobs",
    "json_console_logger": "dagster.define.loggers",
    "link_code_references_to_git": "dagster.define.code_references",
    "load_asset_checks_from_current_module": "dagster.define.asset_loaders",
    "load_asset_checks_from_modules": "dagster.define.asset_loaders",
    "load_asset_checks_from_package_module": "dagster.define.asset_loaders",
    "load_asset_checks_from_package_name": "dagster.define.asset_loaders",
    "load_assets_from_current_module": "dagster.define.asset_loaders",
    "load_assets_from_modules": "dagster.define.asset_loaders",
    "load_assets_from_package_module": "dagster.define.asset_loaders",
    "load_assets_from_package_name": "dagster.define.asset_loaders",
    "load_definitions_from_current_module": "dagster.define.definitions_loaders",
    "load_definitions_from_module": "dagster.define.definitions_loaders",
    "load_definitions_from_modules": "dagster.define.definitions_loaders",
    "load_definitions_from_package_module": "dagster.define.definitions_loaders",
    "load_definitions_from_package_name": "dagster.define.definitions_loaders",
    "logger": "dagster.define.loggers",
    "make_python_type_usable_as_dagster_type": "dagster.define.type_resolution",
    "make_values_resource": "dagster.define.resources",
    "map_asset_specs": "dagster.define.asset_changes",
    "materialize": "dagster.execution.materialize",
    "materialize_to_memory": "dagster.execution.materialize",
    "mem_io_manager": "dagster.io.classics",
    "multi_asset": "dagster.define.multi_assets",
    "multi_asset_check": "dagster.define.asset_checks",
    "multi_asset_sensor": "dagster.define.multi_asset_sensors",
    "multi_observable_source_asset": "dagster.define.observable_assets",
    "multi_or_in_process_executor": "dagster.define.executors",
    "multiple_process_executor_requirements": "dagster.define.executors",
    "multiprocess_executor": "dagster.define.executors",
    "observable_source_asset": "dagster.define.observable_assets",
    "op": "dagster.define.ops",
    "open_pipes_session": "dagster.pipes.sessions",
    "partition_loading_context": "dagster.partitions.loading",
    "repository": "dagster.define.repository_decorators",
    "resource": "dagster.define.resources",
    "run_failure_sensor": "dagster.define.run_status_sensors",
    "run_status_sensor": "dagster.define.run_status_sensors",
    "schedule": "dagster.define.schedules",
    "sensor": "dagster.define.sensors",
    "success_hook": "dagster.define.hooks",
    "usable_as_dagster_type": "dagster.define.type_resolution",
    "weekly_partitioned_config": "dagster.define.window_configs",
    "with_resources": "dagster.define.bound_resources",
    "with_source_code_references": "dagster.define.code_references",
}

__all__ = [
    "AddDynamicPartitionsRequest",
    "AllPartitionMapping",
    "AnchorBasedFilePathMapping",
    "Any",
    "Array",
    "AssetAttributesModel",
    "AssetCheckEvaluation",
    "AssetCheckExecutionContext",
    "AssetCheckKey",
    "AssetCheckResult",
    "AssetCheckSeverity",
    "AssetCheckSpec",
    "AssetChecksDefinition",
    "AssetDep",
    "AssetExecutionContext",
    "AssetIn",
    "AssetJobKey",
    "AssetKey",
    "AssetMaterialization",
    "AssetObservation",
    "AssetOut",
    "AssetRecordsFilter",
    "AssetSelection",
    "AssetSensorDefinition",
    "AssetSpec",
    "AssetValueLoader",
    "AssetsDefinition",
    "AutoMaterializeAssetPartitionsFilter",
    "AutoMaterializePolicy",
    "AutoMaterializeRule",
    "AutomationCondition",
    "AutomationConditionSensorDefinition",
    "AutomationContext",
    "AutomationResult",
    "BackfillPolicy",
    "Backoff",
    "BetaWarning",
    "Bool",
    "BoolMetadataValue",
    "BoolSource",
    "CachePolicy",
    "CodeReferencesMetadataValue",
    "CodeVersion",
    "Component",
    "ComponentLoadContext",
    "ComponentTree",
    "ComponentTypeSpec",
    "Config",
    "ConfigArgumentWarning",
    "ConfigMapping",
    "ConfigurableIOManager",
    "ConfigurableIOManagerFactory",
    "ConfigurableLegacyIOManagerAdapter",
    "ConfigurableResource",
    "DagsterAssetMetadataValue",
    "DagsterConfigMappingFunctionError",
    "DagsterError",
    "DagsterEvent",
    "DagsterEventType",
    "DagsterExecutionInterruptedError",
    "DagsterExecutionStepExecutionError",
    "DagsterExecutionStepNotFoundError",
    "DagsterInstance",
    "DagsterInvalidConfigDefinitionError",
    "DagsterInvalidConfigError",
    "DagsterInvalidDefinitionError",
    "DagsterInvalidInvocationError",
    "DagsterInvalidSubsetError",
    "DagsterInvariantViolationError",
    "DagsterJobMetadataValue",
    "DagsterLibraryRegistry",
    "DagsterLogManager",
    "DagsterResourceFunctionError",
    "DagsterRun",
    "DagsterRunMetadataValue",
    "DagsterRunNotFoundError",
    "DagsterRunStatus",
    "DagsterStepOutputNotFoundError",
    "DagsterSubprocessError",
    "DagsterType",
    "DagsterTypeCheckDidNotPass",
    "DagsterTypeCheckError",
    "DagsterTypeLoader",
    "DagsterUnknownPartitionError",
    "DagsterUnknownResourceError",
    "DagsterUnmetExecutorRequirementsError",
    "DagsterUserCodeExecutionError",
    "DailyPartitionsDefinition",
    "DataProvenance",
    "DataVersion",
    "DataVersionsByPartition",
    "DefaultRunLauncher",
    "DefaultScheduleStatus",
    "DefaultSensorStatus",
    "Definitions",
    "DefinitionsComponent",
    "DefsFolderComponent",
    "DeleteDynamicPartitionsRequest",
    "DependencyDefinition",
    "Dict",
    "DimensionPartitionMapping",
    "DynamicOut",
    "DynamicOutput",
    "DynamicPartitionsDefinition",
    "Enum",
    "EnumValue",
    "EnvVar",
    "EvaluateAutomationConditionsResult",
    "EventLogEntry",
    "EventLogRecord",
    "EventRecordsFilter",
    "EventRecordsResult",
    "ExecuteInProcessResult",
    "Executor",
    "ExecutorDefinition",
    "ExecutorRequirement",
    "ExpectationResult",
    "FailedStep",
    "Failure",
    "Field",
    "FileHandle",
    "FilePathMapping",
    "FilesystemIOManager",
    "Float",
    "FloatMetadataValue",
    "FreshnessPolicy",
    "FunctionComponent",
    "GraphDefinition",
    "GraphIn",
    "GraphOut",
    "HookContext",
    "HookDefinition",
    "HookExecutionResult",
    "HourlyPartitionsDefinition",
    "IAttachDifferentObjectToOpContext",
    "IOManager",
    "IOManagerDefinition",
    "IdentityPartitionMapping",
    "In",
    "InMemoryIOManager",
    "InitExecutorContext",
    "InitLoggerContext",
    "InitResourceContext",
    "Injected",
    "InputContext",
    "InputManager",
    "InputManagerDefinition",
    "InputMapping",
    "Int",
    "IntMetadataValue",
    "IntSource",
    "Jitter",
    "JobDefinition",
    "LocalFileHandle",
    "local_file_manager",
    "Model",
    "PythonScriptComponent",
    "ResolutionContext",
    "Resolvable",
    "ResolvedAssetCheckSpec",
    "ResolvedAssetKey",
    "ResolvedAssetSpec",
    "Resolver",
    "ScaffoldRequest",
    "Scaffolder",
    "SqlComponent",
    "StateBackedComponent",
    "TemplatedSqlComponent",
    "UPathDefsStateStorage",
    "UvRunComponent",
    "build_component_defs",
    "build_dataframe_checks",
    "build_defs_for_component",
    "component_defs",
    "component_instance",
    "load_defs",
    "load_from_defs_folder",
    "scaffold_component",
    "scaffold_with",
    "template_var",
    "PartitionedConfig",
    "daily_partitioned_config",
    "deserialize_value",
    "dynamic_partitioned_config",
    "hourly_partitioned_config",
    "monthly_partitioned_config",
    "partitioned_config",
    "serialize_value",
    "static_partitioned_config",
    "JobExecutionResult",
    "ReexecutionOptions",
    "StepExecutionContext",
    "build_reconstructable_job",
    "execute_job",
    "reconstructable",
    "evaluate_automation_conditions",
    "validate_run_config",
    "graph_multi_asset",
    "graph_asset",
    "JsonMetadataValue",
    "LastPartitionMapping",
    "LegacyFreshnessPolicy",
    "List",
    "LocalFileCodeReference",
    "LoggerDefinition",
    "MAX_RUNTIME_SECONDS_TAG",
    "Map",
    "MarkdownMetadataValue",
    "MaterializeResult",
    "MetadataEntry",
    "MetadataValue",
    "MonthlyPartitionsDefinition",
    "MultiAssetSensorDefinition",
    "MultiAssetSensorEvaluationContext",
    "MultiDependencyDefinition",
    "MultiPartitionKey",
    "MultiPartitionMapping",
    "MultiPartitionsDefinition",
    "MultiToSingleDimensionPartitionMapping",
    "NodeInvocation",
    "Noneable",
    "NotebookMetadataValue",
    "Nothing",
    "NullMetadataValue",
    "ObserveResult",
    "OpDefinition",
    "OpExecutionContext",
    "Optional",
    "Out",
    "Output",
    "OutputContext",
    "OutputMapping",
    "PaginatedResults",
    "Partition",
    "PartitionKeyRange",
    "PartitionMapping",
    "PartitionsDefinition",
    "PathMetadataValue",
    "Permissive",
    "PermissiveConfig",
    "PipesBlobStoreMessageReader",
    "PipesClient",
    "PipesClientCompletedInvocation",
    "PipesCompositeMessageReader",
    "PipesContextInjector",
    "PipesEnvContextInjector",
    "PipesExecutionResult",
    "PipesFileContextInjector",
    "PipesFileMessageReader",
    "PipesLaunchedData",
    "PipesLogReader",
    "PipesMessageHandler",
    "PipesMessageReader",
    "PipesSession",
    "PipesSubprocessClient",
    "PipesTempFileContextInjector",
    "PipesTempFileMessageReader",
    "PoolMetadataValue",
    "PreviewWarning",
    "PythonArtifactMetadataValue",
    "PythonObjectDagsterType",
    "QueuedRunCoordinator",
    "RepositoryDefinition",
    "ResourceDefinition",
    "ResourceDependency",
    "ResourceParam",
    "RetryPolicy",
    "RetryRequested",
    "RunConfig",
    "RunFailureSensorContext",
    "RunRecord",
    "RunRequest",
    "RunStatusChangeRecordsFilter",
    "RunStatusSensorContext",
    "RunStatusSensorDefinition",
    "RunsFilter",
    "ScalarUnion",
    "ScheduleDefinition",
    "ScheduleEvaluationContext",
    "Selector",
    "SensorDefinition",
    "SensorEvaluationContext",
    "SensorResult",
    "Set",
    "Shape",
    "SkipReason",
    "SourceAsset",
    "SpecificPartitionsPartitionMapping",
    "StaticPartitionMapping",
    "StaticPartitionsDefinition",
    "String",
    "StringSource",
    "SupersessionWarning",
    "TableColumn",
    "TableColumnConstraints",
    "TableColumnDep",
    "TableColumnLineage",
    "TableColumnLineageMetadataValue",
    "TableConstraints",
    "TableMetadataValue",
    "TableRecord",
    "TableSchema",
    "TableSchemaMetadataValue",
    "TextMetadataValue",
    "TimeWindow",
    "TimeWindowPartitionMapping",
    "TimeWindowPartitionsDefinition",
    "TimestampMetadataValue",
    "Tuple",
    "TypeCheck",
    "TypeCheckContext",
    "UPathIOManager",
    "UrlCodeReference",
    "UrlMetadataValue",
    "WeeklyPartitionsDefinition",
    "apply_freshness_policy",
    "asset",
    "asset_check",
    "asset_sensor",
    "build_asset_check_context",
    "build_asset_context",
    "build_column_schema_change_checks",
    "build_hook_context",
    "build_init_logger_context",
    "build_init_resource_context",
    "build_input_context",
    "build_last_update_freshness_checks",
    "build_metadata_bounds_checks",
    "build_multi_asset_sensor_context",
    "build_op_context",
    "build_output_context",
    "build_resources",
    "build_run_status_sensor_context",
    "build_schedule_context",
    "build_schedule_from_partitioned_job",
    "build_sensor_context",
    "build_sensor_for_freshness_checks",
    "build_time_partition_freshness_checks",
    "check_dagster_type",
    "colored_console_logger",
    "config_from_files",
    "config_from_pkg_resources",
    "config_from_yaml_strings",
    "config_mapping",
    "configured",
    "create_repository_using_definitions_args",
    "custom_path_fs_io_manager",
    "dagster_type_loader",
    "default_loggers",
    "default_system_loggers",
    "define_asset_job",
    "definitions",
    "executor",
    "failure_hook",
    "file_relative_path",
    "fs_io_manager",
    "get_dagster_logger",
    "graph",
    "in_process_executor",
    "input_manager",
    "instance_for_test",
    "io_manager",
    "job",
    "json_console_logger",
    "link_code_references_to_git",
    "load_asset_checks_from_current_module",
    "load_asset_checks_from_modules",
    "load_asset_checks_from_package_module",
    "load_asset_checks_from_package_name",
    "load_assets_from_current_module",
    "load_assets_from_modules",
    "load_assets_from_package_module",
    "load_assets_from_package_name",
    "load_definitions_from_current_module",
    "load_definitions_from_module",
    "load_definitions_from_modules",
    "load_definitions_from_package_module",
    "load_definitions_from_package_name",
    "logger",
    "make_python_type_usable_as_dagster_type",
    "make_values_resource",
    "map_asset_specs",
    "materialize",
    "materialize_to_memory",
    "mem_io_manager",
    "multi_asset",
    "multi_asset_check",
    "multi_asset_sensor",
    "multi_observable_source_asset",
    "multi_or_in_process_executor",
    "multiple_process_executor_requirements",
    "multiprocess_executor",
    "observable_source_asset",
    "op",
    "open_pipes_session",
    "partition_loading_context",
    "repository",
    "resource",
    "run_failure_sensor",
    "run_status_sensor",
    "schedule",
    "sensor",
    "success_hook",
    "usable_as_dagster_type",
    "weekly_partitioned_config",
    "with_resources",
    "with_source_code_references",
]

# Names of the API that are left out on purpose, with what to use instead.
_LEFT_OUT = {
    "AssetGroup": "Definitions",
    "build_assets_job": "define_asset_job",
}

# No names of the API, but projects found them here, since the package imported them for itself.
_FOUND_HERE = {
    "Callable": "collections.abc",
    "Final": "typing",
    "Mapping": "collections.abc",
    "Sequence": "collections.abc",
}


def __getattr__(name: str) -> Any:
    module = _EXPORTS.get(name) or _FOUND_HERE.get(name)
    from importlib import import_module

    if module is None:
        if name.startswith("_") and import_module("dagster.old_paths").is_root(name):
            return import_module(f"dagster.{name}")
        raise AttributeError(_why_not(name))
    value = getattr(import_module(module), name)
    globals()[name] = value
    return value


def _why_not(name: str) -> str:
    instead = _LEFT_OUT.get(name)
    if instead is not None:
        return f'module "dagster" leaves "{name}" out on purpose. Use `{instead}` instead.'
    if name.startswith("_"):
        return f'module "dagster" has no attribute "{name}"'
    from difflib import get_close_matches

    close = get_close_matches(name, _EXPORTS, n=1)
    return f'module "dagster" has no attribute "{name}".{f" Close: {close[0]}." if close else ""}'


def __dir__() -> list[str]:
    return sorted([*globals(), *_EXPORTS])


class _OldPaths:
    """Asked when no one else knows a module: private paths that public names had before, such as `dagster._core`."""

    @staticmethod
    def find_spec(path: str, *_: object) -> Any:
        if not path.startswith(("dagster._", "dagster.components.", "dagster_shared.")):
            return None
        from dagster.old_paths import find

        return find(path)


# At import, since `import dagster._core.errors` asks for nothing else of this module first.
sys.meta_path.append(_OldPaths)  # pyright: ignore[reportArgumentType] - a class with the one method that finders need
