"""The outside half of Pipes: what a process that is not ours imports to report to the run that started it.

    from dagster_pipes import open_dagster_pipes

    with open_dagster_pipes() as pipes:
        pipes.log.info("reading")
        pipes.report_asset_materialization(metadata={"rows": 3})

Names are loaded when they are first used.
"""

from __future__ import annotations

import sys

from dagster_pipes.version import __version__ as __version__

# Not `typing.TYPE_CHECKING`: importing `typing` would take longer than all the rest.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from dagster_pipes.channels import PipesBufferedStreamMessageWriterChannel as PipesBufferedStreamMessageWriterChannel
    from dagster_pipes.channels import PipesFileMessageWriterChannel as PipesFileMessageWriterChannel
    from dagster_pipes.channels import PipesMessageWriterChannel as PipesMessageWriterChannel
    from dagster_pipes.channels import PipesStreamMessageWriterChannel as PipesStreamMessageWriterChannel
    from dagster_pipes.chunk_channels import PipesBlobStoreMessageWriterChannel as PipesBlobStoreMessageWriterChannel
    from dagster_pipes.chunk_channels import (
        PipesBufferedFilesystemMessageWriterChannel as PipesBufferedFilesystemMessageWriterChannel,
    )
    from dagster_pipes.cli_arguments import DAGSTER_PIPES_CLI_PARSER as DAGSTER_PIPES_CLI_PARSER
    from dagster_pipes.cli_arguments import PipesCliArgsParamsLoader as PipesCliArgsParamsLoader
    from dagster_pipes.context_loaders import PipesContextLoader as PipesContextLoader
    from dagster_pipes.context_loaders import PipesDbfsContextLoader as PipesDbfsContextLoader
    from dagster_pipes.context_loaders import PipesDefaultContextLoader as PipesDefaultContextLoader
    from dagster_pipes.context_loaders import PipesUnityCatalogVolumesContextLoader as PipesUnityCatalogVolumesContextLoader
    from dagster_pipes.contexts import PipesContext as PipesContext
    from dagster_pipes.databricks import PipesDbfsMessageWriter as PipesDbfsMessageWriter
    from dagster_pipes.databricks import PipesUnityCatalogVolumesMessageWriter as PipesUnityCatalogVolumesMessageWriter
    from dagster_pipes.encoding import decode_env_var as decode_env_var
    from dagster_pipes.encoding import decode_param as decode_param
    from dagster_pipes.encoding import encode_env_var as encode_env_var
    from dagster_pipes.encoding import encode_param as encode_param
    from dagster_pipes.errors import DagsterPipesError as DagsterPipesError
    from dagster_pipes.errors import DagsterPipesWarning as DagsterPipesWarning
    from dagster_pipes.log_writers import PipesDefaultLogWriter as PipesDefaultLogWriter
    from dagster_pipes.log_writers import PipesDefaultLogWriterChannel as PipesDefaultLogWriterChannel
    from dagster_pipes.log_writers import PipesLogWriter as PipesLogWriter
    from dagster_pipes.log_writers import PipesLogWriterChannel as PipesLogWriterChannel
    from dagster_pipes.log_writers import PipesStdioFileLogWriter as PipesStdioFileLogWriter
    from dagster_pipes.log_writers import PipesStdioFileLogWriterChannel as PipesStdioFileLogWriterChannel
    from dagster_pipes.log_writers import PipesStdioLogWriter as PipesStdioLogWriter
    from dagster_pipes.log_writers import PipesStdioLogWriterChannel as PipesStdioLogWriterChannel
    from dagster_pipes.message_writers import PipesBlobStoreMessageWriter as PipesBlobStoreMessageWriter
    from dagster_pipes.message_writers import PipesDefaultMessageWriter as PipesDefaultMessageWriter
    from dagster_pipes.message_writers import PipesMessageWriter as PipesMessageWriter
    from dagster_pipes.object_stores import PipesAzureBlobStorageContextLoader as PipesAzureBlobStorageContextLoader
    from dagster_pipes.object_stores import PipesAzureBlobStorageMessageWriter as PipesAzureBlobStorageMessageWriter
    from dagster_pipes.object_stores import PipesAzureBlobStorageMessageWriterChannel as PipesAzureBlobStorageMessageWriterChannel
    from dagster_pipes.object_stores import PipesGCSContextLoader as PipesGCSContextLoader
    from dagster_pipes.object_stores import PipesGCSMessageWriter as PipesGCSMessageWriter
    from dagster_pipes.object_stores import PipesGCSMessageWriterChannel as PipesGCSMessageWriterChannel
    from dagster_pipes.object_stores import PipesS3ContextLoader as PipesS3ContextLoader
    from dagster_pipes.object_stores import PipesS3MessageWriter as PipesS3MessageWriter
    from dagster_pipes.object_stores import PipesS3MessageWriterChannel as PipesS3MessageWriterChannel
    from dagster_pipes.params_loaders import (
        PipesDatabricksNotebookWidgetsParamsLoader as PipesDatabricksNotebookWidgetsParamsLoader,
    )
    from dagster_pipes.params_loaders import PipesEnvVarParamsLoader as PipesEnvVarParamsLoader
    from dagster_pipes.params_loaders import PipesMappingParamsLoader as PipesMappingParamsLoader
    from dagster_pipes.params_loaders import PipesParamsLoader as PipesParamsLoader
    from dagster_pipes.prefect import PipesPrefectLogsMessageWriter as PipesPrefectLogsMessageWriter
    from dagster_pipes.prefect import PipesPrefectLogsMessageWriterChannel as PipesPrefectLogsMessageWriterChannel
    from dagster_pipes.protocol import DAGSTER_PIPES_CONTEXT_CLI_ARGUMENT as DAGSTER_PIPES_CONTEXT_CLI_ARGUMENT
    from dagster_pipes.protocol import DAGSTER_PIPES_CONTEXT_ENV_VAR as DAGSTER_PIPES_CONTEXT_ENV_VAR
    from dagster_pipes.protocol import DAGSTER_PIPES_CONTEXT_WIDGET_KEY as DAGSTER_PIPES_CONTEXT_WIDGET_KEY
    from dagster_pipes.protocol import DAGSTER_PIPES_MESSAGES_CLI_ARGUMENT as DAGSTER_PIPES_MESSAGES_CLI_ARGUMENT
    from dagster_pipes.protocol import DAGSTER_PIPES_MESSAGES_ENV_VAR as DAGSTER_PIPES_MESSAGES_ENV_VAR
    from dagster_pipes.protocol import DAGSTER_PIPES_MESSAGES_WIDGET_KEY as DAGSTER_PIPES_MESSAGES_WIDGET_KEY
    from dagster_pipes.protocol import PIPES_METADATA_TYPE_INFER as PIPES_METADATA_TYPE_INFER
    from dagster_pipes.protocol import PIPES_PROTOCOL_VERSION as PIPES_PROTOCOL_VERSION
    from dagster_pipes.protocol import PIPES_PROTOCOL_VERSION_FIELD as PIPES_PROTOCOL_VERSION_FIELD
    from dagster_pipes.protocol import Method as Method
    from dagster_pipes.protocol import PipesAssetCheckSeverity as PipesAssetCheckSeverity
    from dagster_pipes.protocol import PipesContextData as PipesContextData
    from dagster_pipes.protocol import PipesDataProvenance as PipesDataProvenance
    from dagster_pipes.protocol import PipesException as PipesException
    from dagster_pipes.protocol import PipesExtras as PipesExtras
    from dagster_pipes.protocol import PipesLogWriterOpenedData as PipesLogWriterOpenedData
    from dagster_pipes.protocol import PipesMessage as PipesMessage
    from dagster_pipes.protocol import PipesMetadataRawValue as PipesMetadataRawValue
    from dagster_pipes.protocol import PipesMetadataType as PipesMetadataType
    from dagster_pipes.protocol import PipesMetadataValue as PipesMetadataValue
    from dagster_pipes.protocol import PipesOpenedData as PipesOpenedData
    from dagster_pipes.protocol import PipesParams as PipesParams
    from dagster_pipes.protocol import PipesPartitionKeyRange as PipesPartitionKeyRange
    from dagster_pipes.protocol import PipesTimeWindow as PipesTimeWindow
    from dagster_pipes.sessions import open_dagster_pipes as open_dagster_pipes

# Public name -> module that holds it.
_EXPORTS = {
    "DAGSTER_PIPES_CLI_PARSER": "dagster_pipes.cli_arguments",
    "DAGSTER_PIPES_CONTEXT_CLI_ARGUMENT": "dagster_pipes.protocol",
    "DAGSTER_PIPES_CONTEXT_ENV_VAR": "dagster_pipes.protocol",
    "DAGSTER_PIPES_CONTEXT_WIDGET_KEY": "dagster_pipes.protocol",
    "DAGSTER_PIPES_MESSAGES_CLI_ARGUMENT": "dagster_pipes.protocol",
    "DAGSTER_PIPES_MESSAGES_ENV_VAR": "dagster_pipes.protocol",
    "DAGSTER_PIPES_MESSAGES_WIDGET_KEY": "dagster_pipes.protocol",
    "DagsterPipesError": "dagster_pipes.errors",
    "DagsterPipesWarning": "dagster_pipes.errors",
    "Method": "dagster_pipes.protocol",
    "PIPES_METADATA_TYPE_INFER": "dagster_pipes.protocol",
    "PIPES_PROTOCOL_VERSION": "dagster_pipes.protocol",
    "PIPES_PROTOCOL_VERSION_FIELD": "dagster_pipes.protocol",
    "PipesAssetCheckSeverity": "dagster_pipes.protocol",
    "PipesAzureBlobStorageContextLoader": "dagster_pipes.object_stores",
    "PipesAzureBlobStorageMessageWriter": "dagster_pipes.object_stores",
    "PipesAzureBlobStorageMessageWriterChannel": "dagster_pipes.object_stores",
    "PipesBlobStoreMessageWriter": "dagster_pipes.message_writers",
    "PipesBlobStoreMessageWriterChannel": "dagster_pipes.chunk_channels",
    "PipesBufferedFilesystemMessageWriterChannel": "dagster_pipes.chunk_channels",
    "PipesBufferedStreamMessageWriterChannel": "dagster_pipes.channels",
    "PipesCliArgsParamsLoader": "dagster_pipes.cli_arguments",
    "PipesContext": "dagster_pipes.contexts",
    "PipesContextData": "dagster_pipes.protocol",
    "PipesContextLoader": "dagster_pipes.context_loaders",
    "PipesDataProvenance": "dagster_pipes.protocol",
    "PipesDatabricksNotebookWidgetsParamsLoader": "dagster_pipes.params_loaders",
    "PipesDbfsContextLoader": "dagster_pipes.context_loaders",
    "PipesDbfsMessageWriter": "dagster_pipes.databricks",
    "PipesDefaultContextLoader": "dagster_pipes.context_loaders",
    "PipesDefaultLogWriter": "dagster_pipes.log_writers",
    "PipesDefaultLogWriterChannel": "dagster_pipes.log_writers",
    "PipesDefaultMessageWriter": "dagster_pipes.message_writers",
    "PipesEnvVarParamsLoader": "dagster_pipes.params_loaders",
    "PipesException": "dagster_pipes.protocol",
    "PipesExtras": "dagster_pipes.protocol",
    "PipesFileMessageWriterChannel": "dagster_pipes.channels",
    "PipesGCSContextLoader": "dagster_pipes.object_stores",
    "PipesGCSMessageWriter": "dagster_pipes.object_stores",
    "PipesGCSMessageWriterChannel": "dagster_pipes.object_stores",
    "PipesLogWriter": "dagster_pipes.log_writers",
    "PipesLogWriterChannel": "dagster_pipes.log_writers",
    "PipesLogWriterOpenedData": "dagster_pipes.protocol",
    "PipesMappingParamsLoader": "dagster_pipes.params_loaders",
    "PipesMessage": "dagster_pipes.protocol",
    "PipesMessageWriter": "dagster_pipes.message_writers",
    "PipesMessageWriterChannel": "dagster_pipes.channels",
    "PipesMetadataRawValue": "dagster_pipes.protocol",
    "PipesMetadataType": "dagster_pipes.protocol",
    "PipesMetadataValue": "dagster_pipes.protocol",
    "PipesOpenedData": "dagster_pipes.protocol",
    "PipesParams": "dagster_pipes.protocol",
    "PipesParamsLoader": "dagster_pipes.params_loaders",
    "PipesPartitionKeyRange": "dagster_pipes.protocol",
    "PipesPrefectLogsMessageWriter": "dagster_pipes.prefect",
    "PipesPrefectLogsMessageWriterChannel": "dagster_pipes.prefect",
    "PipesS3ContextLoader": "dagster_pipes.object_stores",
    "PipesS3MessageWriter": "dagster_pipes.object_stores",
    "PipesS3MessageWriterChannel": "dagster_pipes.object_stores",
    "PipesStdioFileLogWriter": "dagster_pipes.log_writers",
    "PipesStdioFileLogWriterChannel": "dagster_pipes.log_writers",
    "PipesStdioLogWriter": "dagster_pipes.log_writers",
    "PipesStdioLogWriterChannel": "dagster_pipes.log_writers",
    "PipesStreamMessageWriterChannel": "dagster_pipes.channels",
    "PipesTimeWindow": "dagster_pipes.protocol",
    "PipesUnityCatalogVolumesContextLoader": "dagster_pipes.context_loaders",
    "PipesUnityCatalogVolumesMessageWriter": "dagster_pipes.databricks",
    "decode_env_var": "dagster_pipes.encoding",
    "decode_param": "dagster_pipes.encoding",
    "encode_env_var": "dagster_pipes.encoding",
    "encode_param": "dagster_pipes.encoding",
    "open_dagster_pipes": "dagster_pipes.sessions",
}

__all__ = [
    "DAGSTER_PIPES_CLI_PARSER",
    "DAGSTER_PIPES_CONTEXT_CLI_ARGUMENT",
    "DAGSTER_PIPES_CONTEXT_ENV_VAR",
    "DAGSTER_PIPES_CONTEXT_WIDGET_KEY",
    "DAGSTER_PIPES_MESSAGES_CLI_ARGUMENT",
    "DAGSTER_PIPES_MESSAGES_ENV_VAR",
    "DAGSTER_PIPES_MESSAGES_WIDGET_KEY",
    "DagsterPipesError",
    "DagsterPipesWarning",
    "Method",
    "PIPES_METADATA_TYPE_INFER",
    "PIPES_PROTOCOL_VERSION",
    "PIPES_PROTOCOL_VERSION_FIELD",
    "PipesAssetCheckSeverity",
    "PipesAzureBlobStorageContextLoader",
    "PipesAzureBlobStorageMessageWriter",
    "PipesAzureBlobStorageMessageWriterChannel",
    "PipesBlobStoreMessageWriter",
    "PipesBlobStoreMessageWriterChannel",
    "PipesBufferedFilesystemMessageWriterChannel",
    "PipesBufferedStreamMessageWriterChannel",
    "PipesCliArgsParamsLoader",
    "PipesContext",
    "PipesContextData",
    "PipesContextLoader",
    "PipesDataProvenance",
    "PipesDatabricksNotebookWidgetsParamsLoader",
    "PipesDbfsContextLoader",
    "PipesDbfsMessageWriter",
    "PipesDefaultContextLoader",
    "PipesDefaultLogWriter",
    "PipesDefaultLogWriterChannel",
    "PipesDefaultMessageWriter",
    "PipesEnvVarParamsLoader",
    "PipesException",
    "PipesExtras",
    "PipesFileMessageWriterChannel",
    "PipesGCSContextLoader",
    "PipesGCSMessageWriter",
    "PipesGCSMessageWriterChannel",
    "PipesLogWriter",
    "PipesLogWriterChannel",
    "PipesLogWriterOpenedData",
    "PipesMappingParamsLoader",
    "PipesMessage",
    "PipesMessageWriter",
    "PipesMessageWriterChannel",
    "PipesMetadataRawValue",
    "PipesMetadataType",
    "PipesMetadataValue",
    "PipesOpenedData",
    "PipesParams",
    "PipesParamsLoader",
    "PipesPartitionKeyRange",
    "PipesPrefectLogsMessageWriter",
    "PipesPrefectLogsMessageWriterChannel",
    "PipesS3ContextLoader",
    "PipesS3MessageWriter",
    "PipesS3MessageWriterChannel",
    "PipesStdioFileLogWriter",
    "PipesStdioFileLogWriterChannel",
    "PipesStdioLogWriter",
    "PipesStdioLogWriterChannel",
    "PipesStreamMessageWriterChannel",
    "PipesTimeWindow",
    "PipesUnityCatalogVolumesContextLoader",
    "PipesUnityCatalogVolumesMessageWriter",
    "decode_env_var",
    "decode_param",
    "encode_env_var",
    "encode_param",
    "open_dagster_pipes",
]


def __getattr__(name: str) -> object:
    module_name = _EXPORTS.get(name)
    if module_name is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    __import__(module_name)
    value = getattr(sys.modules[module_name], name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_EXPORTS})
