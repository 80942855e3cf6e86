import type { MetadataItem, MetadataValue, TableColumn } from "@dagster-ui/kit";
import type { MetadataFragment, TableColumnsFragment } from "../generated/schema";

/** The entries of an event or a definition as values that the kit draws. */
export function metadataItems(entries: readonly MetadataFragment[]): MetadataItem[] {
  return entries.map((entry) => ({
    label: entry.label,
    description: entry.description ?? undefined,
    value: metadataValue(entry),
  }));
}

/** The number in an entry, for trends; undefined for anything that is no number. */
export function metadataNumber(entry: MetadataFragment): number | undefined {
  const value = metadataValue(entry);
  return value.kind === "number" && value.value !== undefined && Number.isFinite(value.value)
    ? value.value
    : undefined;
}

function metadataValue(entry: MetadataFragment): MetadataValue {
  switch (entry.__typename) {
    case "TextMetadataEntry":
      return { kind: "text", text: entry.text };
    case "MarkdownMetadataEntry":
      return { kind: "markdown", text: entry.mdStr };
    case "JsonMetadataEntry":
      return { kind: "json", text: entry.jsonString };
    case "UrlMetadataEntry":
      return { kind: "url", url: entry.url };
    case "PathMetadataEntry":
    case "NotebookMetadataEntry":
      return { kind: "path", path: entry.path };
    case "PythonArtifactMetadataEntry":
      return { kind: "text", text: `${entry.module}.${entry.name}` };
    case "IntMetadataEntry":
      return { kind: "number", value: entry.intValue ?? undefined, text: entry.intRepr };
    case "FloatMetadataEntry":
      return { kind: "number", value: entry.floatValue ?? undefined, text: entry.floatRepr };
    case "BoolMetadataEntry":
      return { kind: "bool", value: entry.boolValue ?? undefined };
    case "TimestampMetadataEntry":
      return { kind: "time", at: entry.timestamp * 1000 };
    case "PipelineRunMetadataEntry":
      return { kind: "run", runId: entry.runId };
    case "AssetMetadataEntry":
      return { kind: "asset", path: entry.assetKey.path };
    case "JobMetadataEntry":
      return { kind: "job", name: entry.jobName, location: entry.locationName };
    case "PoolMetadataEntry":
      return { kind: "text", text: entry.pool };
    case "CodeReferencesMetadataEntry":
      return {
        kind: "code",
        places: entry.codeReferences.map((place) =>
          place.__typename === "LocalFileCodeReference"
            ? { file: place.filePath, line: place.lineNumber ?? undefined, url: undefined }
            : { file: place.label ?? place.url, line: undefined, url: place.url },
        ),
      };
    case "TableSchemaMetadataEntry":
      return { kind: "schema", columns: tableColumns(entry.schema) };
    case "TableMetadataEntry":
      return { kind: "table", columns: tableColumns(entry.table.schema), records: entry.table.records };
    case "TableColumnLineageMetadataEntry":
      return {
        kind: "lineage",
        columns: entry.lineage.map((column) => ({
          column: column.columnName,
          from: column.columnDeps.map((source) => ({
            path: source.assetKey.path,
            column: source.columnName,
          })),
        })),
      };
    case "NullMetadataEntry":
      return { kind: "null" };
  }
}

function tableColumns(schema: TableColumnsFragment): TableColumn[] {
  return schema.columns.map((column) => ({
    name: column.name,
    type: column.type,
    description: column.description ?? undefined,
    constraints: [
      ...(column.constraints.nullable ? [] : ["not null"]),
      ...(column.constraints.unique ? ["unique"] : []),
      ...column.constraints.other,
    ],
  }));
}
