import type { AssetQuery } from "@dagster-ui/client/schema";
import { expect, it } from "vitest";
import { assetEvents, metadataTrends } from "./events";

type AssetAnswer = Extract<AssetQuery["assetOrError"], { __typename: "Asset" }>;

function made(at: number, rows: number): AssetAnswer["assetMaterializations"][number] {
  const entry = { description: null, intRepr: String(rows), intValue: rows, label: "rows" };
  return {
    __typename: "MaterializationEvent",
    runId: `run-${at}`,
    timestamp: String(at),
    partition: null,
    stepKey: null,
    metadataEntries: [{ __typename: "IntMetadataEntry", ...entry }],
    tags: [],
  };
}

const asset: AssetAnswer = {
  __typename: "Asset",
  id: "a",
  key: { __typename: "AssetKey", path: ["a"] },
  definition: null,
  assetMaterializations: [made(30, 7), made(10, 5)],
  assetObservations: [
    {
      __typename: "ObservationEvent",
      runId: "x",
      timestamp: "20",
      partition: "2026-01-01",
      stepKey: null,
      metadataEntries: [],
      tags: [],
    },
  ],
};

it("lists materializations and observations together, newest first", () => {
  expect(assetEvents(asset).map((event) => [event.kind, event.at])).toEqual([
    ["materialization", 30],
    ["observation", 20],
    ["materialization", 10],
  ]);
});

it("names each event apart", () => {
  const ids = assetEvents(asset).map((event) => event.id);
  expect(new Set(ids).size).toBe(3);
});

it("follows a number over time, oldest first", () => {
  expect(metadataTrends(asset).get("rows")).toEqual([
    [10, 5],
    [30, 7],
  ]);
});
