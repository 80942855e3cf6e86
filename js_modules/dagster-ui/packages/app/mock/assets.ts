import type { MockRuns } from "./runs";
import { seeded } from "./seed";
import { shop } from "./shop";

interface Key {
  path: string[];
}

interface Standing {
  made: number | null;
  run: string;
  failed: boolean;
  running: boolean;
}

/** Where all of it is defined. */
export const repository = {
  __typename: "Repository",
  id: "repository",
  name: "__repository__",
  location: { __typename: "RepositoryLocation", id: "shop", name: "shop" },
};

export interface MockAssets {
  readonly roots: Record<string, unknown>;
  /** How the assets stand that changed since the last time. */
  readonly takeChanges: () => object[];
}

/** The assets, their states and what launching does to them. */
export function makeAssets(extra: number, runs: MockRuns): MockAssets {
  const random = seeded(3);
  const rows = [...shop, ...more(extra)];
  const downstream = new Map<string, string[]>();
  for (const [key, , , upstream] of rows) {
    for (const parent of words(upstream)) downstream.set(parent, [...(downstream.get(parent) ?? []), key]);
  }
  const standing = new Map(rows.map(([key, group], index) => [key, standingOf(key, group, index, random)]));
  const newerParents = (key: string, parents: string[]) => {
    const made = standing.get(key)?.made;
    return made ? parents.filter((parent) => (standing.get(parent)?.made ?? 0) > made) : [];
  };
  const nodes = rows.map(([key, group, kinds, upstream, description]) => ({
    __typename: "AssetNode",
    id: key,
    assetKey: keyOf(key),
    groupName: group,
    description,
    kinds: words(kinds),
    computeKind: words(kinds)[0] ?? null,
    owners:
      group === "ml"
        ? [{ __typename: "TeamAssetOwner", team: "data-science" }]
        : [{ __typename: "UserAssetOwner", email: "ana@example.org" }],
    tags: group === "marts" ? [{ key: "tier", value: "1" }] : [],
    dependencyKeys: words(upstream).map(keyOf),
    dependedByKeys: (downstream.get(key) ?? []).map(keyOf),
    isMaterializable: true,
    isExecutable: true,
    isPartitioned: false,
    jobNames: ["__ASSET_JOB", group === "ingest" ? "hourly_ingest" : "daily_marts"],
    repository,
    hasMaterializePermission: true,
    assetMaterializations: ({ limit }: { limit?: number }) =>
      events(key, standing.get(key)).slice(0, limit ?? 50),
    metadataEntries: definitionMetadata(key),
    staleStatus: () => (newerParents(key, words(upstream)).length > 0 ? "STALE" : "FRESH"),
    staleCauses: () =>
      newerParents(key, words(upstream)).map((parent) => ({
        __typename: "StaleCause",
        key: keyOf(parent),
        category: "DATA",
        reason: "has a new data version",
      })),
    assetChecksOrError: { __typename: "AssetChecks", checks: [] },
  }));
  const byKey = new Map(nodes.map((node) => [node.id, node]));
  const find = (keys: Key[] | undefined) =>
    keys ? keys.flatMap((key) => byKey.get(text(key)) ?? []) : nodes;

  const changed = new Set<string>();
  const takeChanges = () => {
    const keys = [...changed];
    changed.clear();
    return keys.map((key) => latest(key, standing.get(key)));
  };
  const roots = {
    assetNodes: ({ assetKeys }: { assetKeys?: Key[] }) => find(assetKeys),
    assetNodeOrError: ({ assetKey }: { assetKey: Key }) => byKey.get(text(assetKey)) ?? notFound(assetKey),
    assetOrError: ({ assetKey }: { assetKey: Key }) => {
      const node = byKey.get(text(assetKey));
      if (!node) return notFound(assetKey);
      const own = { __typename: "Asset", id: node.id, key: assetKey, definition: node };
      return { ...own, assetMaterializations: node.assetMaterializations, assetObservations: [] };
    },
    assetsLatestInfo: ({ assetKeys }: { assetKeys: Key[] }) =>
      find(assetKeys).map((node) => latest(node.id, standing.get(node.id))),
    launchMultipleRuns: ({
      executionParamsList,
    }: {
      executionParamsList: { selector: { assetSelection: Key[] } }[];
    }) => ({
      __typename: "LaunchMultipleRunsResult",
      launchMultipleRunsResult: executionParamsList.map(({ selector }) => {
        const run = runs.add("__ASSET_JOB");
        for (const key of selector.assetSelection) {
          const state = standing.get(text(key));
          if (state) Object.assign(state, { running: true, run: run.id });
          changed.add(text(key));
        }
        setTimeout(() => {
          Object.assign(run, { status: "SUCCESS", endTime: Date.now() / 1000 });
          for (const key of selector.assetSelection) {
            const state = standing.get(text(key));
            if (state) Object.assign(state, { running: false, failed: false, made: Date.now() });
            changed.add(text(key));
          }
        }, 4000);
        return { __typename: "LaunchRunSuccess", run };
      }),
    }),
  };
  return { roots, takeChanges };
}

function standingOf(key: string, group: string, index: number, random: () => number): Standing {
  const isFailed = key === "marts/funnel" || (index > 40 && random() < 0.01);
  const isMissing = group === "reports" || (index > 40 && random() < 0.05);
  return {
    made: isMissing
      ? null
      : Date.now() - 21_600_000 + (key === "raw/inventory" ? 20_000_000 : index * 120_000),
    run: `run-${2 + (index % 40)}`,
    failed: isFailed,
    running: key === "staging/sessions",
  };
}

function latest(key: string, state: Standing | undefined) {
  const run = state?.failed ? { __typename: "Run", id: "run-failed", status: "FAILURE", endTime: 1 } : null;
  return {
    __typename: "AssetLatestInfo",
    id: key,
    assetKey: keyOf(key),
    latestMaterialization: state?.made
      ? { ...materialization(key, state.made, state.run), metadataEntries: [] }
      : null,
    unstartedRunIds: [],
    inProgressRunIds: state?.running ? [state.run] : [],
    latestRun: run,
  };
}

function materialization(key: string, at: number, runId: string) {
  return {
    __typename: "MaterializationEvent",
    runId,
    timestamp: String(at),
    assetKey: keyOf(key),
    stepKey: key.replace("/", "__"),
    runOrError: { __typename: "Run", id: runId, status: "SUCCESS", jobName: "daily_marts" },
  };
}

function events(key: string, state: Standing | undefined) {
  if (!state?.made) return [];
  const random = seeded(key.length * 31 + key.charCodeAt(key.length - 1));
  const { made, run } = state;
  const hours = Array.from({ length: 30 }, (_, index) => index * 3_600_000 * (1 + random() * 0.2));
  return hours.map((age, index) => ({
    ...materialization(key, Math.floor(made - age), index === 0 ? run : `run-${(index * 3) % 60}`),
    metadataEntries: eventMetadata(random, index),
  }));
}

function eventMetadata(random: () => number, index: number) {
  const rows = 120_000 - index * 900 + Math.floor(random() * 4000);
  return [
    { __typename: "IntMetadataEntry", label: "dagster/row_count", intValue: rows, intRepr: String(rows) },
    { __typename: "FloatMetadataEntry", label: "seconds", floatValue: 12 + random() * 5, floatRepr: "" },
    { __typename: "UrlMetadataEntry", label: "dashboard", url: "https://example.org/dashboards/42" },
    {
      __typename: "MarkdownMetadataEntry",
      label: "preview",
      mdStr: "| country | revenue |\n|---|---|\n| DE | 12 340 |\n| FR | 9 870 |\n| PL | 4 410 |",
    },
    {
      __typename: "JsonMetadataEntry",
      label: "profile",
      jsonString: '{"nulls": {"email": 12}, "distinct": 118204}',
    },
    {
      __typename: "TableMetadataEntry",
      label: "sample",
      table: {
        schema: { columns: [column("id", "int", "Key of the order"), column("total", "float", "In euro")] },
        records: ['{"id": 1, "total": 19.9}', '{"id": 2, "total": 5.5}', '{"id": 3, "total": 120}'],
      },
    },
  ];
}

function definitionMetadata(key: string) {
  return [
    {
      __typename: "CodeReferencesMetadataEntry",
      label: "dagster/code_references",
      codeReferences: [
        {
          __typename: "LocalFileCodeReference",
          filePath: `/home/ada/shop/${key.split("/")[0]}.py`,
          lineNumber: 41,
          label: null,
        },
      ],
    },
    {
      __typename: "TableSchemaMetadataEntry",
      label: "dagster/column_schema",
      schema: {
        columns: [
          column("id", "int", "Key of the row"),
          column("created_at", "timestamp", "When the row was made, in UTC"),
          column("country", "varchar", "Two letters, ISO 3166"),
          column("revenue", "decimal(12,2)", "In euro"),
        ],
      },
    },
    {
      __typename: "TextMetadataEntry",
      label: "dagster/relation_identifier",
      text: `warehouse.${key.replace("/", ".")}`,
    },
  ];
}

function column(name: string, type: string, description: string) {
  return {
    name,
    type,
    description,
    constraints: { nullable: name !== "id", unique: name === "id", other: [] },
  };
}

/** A layered graph of so many nodes in groups of a hundred, with one to four parents each. */
function more(count: number): [string, string, string, string, string][] {
  const random = seeded(11);
  return Array.from({ length: count }, (_, index): [string, string, string, string, string] => {
    const parents = new Set<string>();
    const wanted = index < 50 ? 0 : 1 + Math.floor(random() * random() * 4);
    for (let each = 0; each < wanted; each++) {
      const back = 1 + Math.floor(random() * (random() < 0.8 ? 60 : Math.min(index, 600)));
      if (index - back >= 0) parents.add(`area_${Math.floor((index - back) / 100)}/asset_${index - back}`);
    }
    const area = Math.floor(index / 100);
    return [`area_${area}/asset_${index}`, `area_${area}`, "python", [...parents].join(" "), ""];
  });
}

function words(text: string): string[] {
  return text.split(" ").filter(Boolean);
}

function keyOf(key: string) {
  return { __typename: "AssetKey", path: key.split("/") };
}

function text(key: Key): string {
  return key.path.join("/");
}

function notFound(key: Key) {
  return { __typename: "AssetNotFoundError", message: `There is no asset ${text(key)}.` };
}
