import { expect, it } from "vitest";
import { testAsset } from "../../testing";
import { checkState, checkTrends, type Execution } from "./facts";
import { launchOfChecks } from "./running";

function execution(part: Partial<Execution>, rows = 1, severity: "ERROR" | "WARN" = "ERROR"): Execution {
  return {
    __typename: "AssetCheckExecution",
    id: "1",
    runId: "r",
    status: "SUCCEEDED",
    timestamp: 1,
    partition: null,
    evaluation: {
      __typename: "AssetCheckEvaluation",
      timestamp: rows,
      success: true,
      severity,
      description: null,
      targetMaterialization: null,
      metadataEntries: [
        {
          __typename: "IntMetadataEntry",
          label: "rows",
          description: null,
          intValue: rows,
          intRepr: String(rows),
        },
      ],
    },
    ...part,
  };
}

it("says of each execution how it ended", () => {
  expect(checkState(null).word).toBe("Never run");
  expect(checkState(execution({})).status).toBe("ok");
  expect(checkState(execution({ status: "FAILED" })).status).toBe("failed");
  expect(checkState(execution({ status: "FAILED" }, 1, "WARN"))).toEqual({
    status: "stale",
    word: "Warning",
  });
  expect(checkState(execution({ status: "EXECUTION_FAILED", evaluation: null })).word).toBe("Broke off");
  expect(checkState(execution({ status: "IN_PROGRESS", evaluation: null })).status).toBe("running");
});

it("draws numbers over time, the oldest first", () => {
  expect(checkTrends([execution({}, 3), execution({}, 2)]).get("rows")).toEqual([
    [2000, 2],
    [3000, 3],
  ]);
});

it("launches checks without what they look at", () => {
  const { selector } = launchOfChecks(testAsset("shop/orders"), [{ name: "fresh" }]);
  expect(selector.assetSelection).toEqual([]);
  expect(selector.assetCheckSelection).toEqual([{ assetKey: { path: ["shop", "orders"] }, name: "fresh" }]);
});
