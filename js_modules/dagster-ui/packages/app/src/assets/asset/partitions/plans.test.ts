import type { Rectangle } from "@dagster-ui/kit";
import { expect, it } from "vitest";
import { type BackfillPolicy, planRuns, tagsOf } from "./plans";

const month: Rectangle = { rows: [0, 1], columns: [0, 31] };

function policy(
  policyType: NonNullable<BackfillPolicy>["policyType"],
  maxPartitionsPerRun: number | null,
): BackfillPolicy {
  return { __typename: "BackfillPolicy", policyType, maxPartitionsPerRun };
}

function runs(chosen: readonly Rectangle[], given: BackfillPolicy = null) {
  const plan = planRuns(chosen, given);
  return plan.refusal === undefined ? plan.runs : [];
}

it("makes each partition by a run of its own", () => {
  expect(runs([month])).toHaveLength(31);
  expect(runs([month])[4]).toEqual({ first: { row: 0, column: 4 }, last: { row: 0, column: 4 } });
});

it("makes a range in one run where the policy says so", () => {
  const squares: Rectangle = { rows: [2, 4], columns: [0, 500] };
  expect(runs([squares], policy("SINGLE_RUN", null))).toEqual([
    { first: { row: 2, column: 0 }, last: { row: 3, column: 499 } },
  ]);
});

it("makes as many in a run as the policy allows, never over two rows", () => {
  const plan = runs([{ rows: [0, 2], columns: [0, 25] }], policy("MULTI_RUN", 10));
  expect(plan.map(({ first, last }) => [first.row, first.column, last.column])).toEqual([
    [0, 0, 9],
    [0, 10, 19],
    [0, 20, 24],
    [1, 0, 9],
    [1, 10, 19],
    [1, 20, 24],
  ]);
});

it("refuses more runs than are launched at once, in a sentence", () => {
  const year: Rectangle = { rows: [0, 1], columns: [0, 1203] };
  expect(planRuns([year], null).refusal).toBe(
    "These 1,203 partitions would take 1,203 runs, and at most 100 are launched at once. Choose fewer, or give the asset a backfill policy that makes several in one run.",
  );
  expect(planRuns([year], policy("MULTI_RUN", 100)).refusal).toBeUndefined();
  expect(planRuns([], null).refusal).toBe("No partition is chosen.");
});

it("tells a run what it makes by its tags", () => {
  expect(tagsOf("a", "a")).toEqual([{ key: "dagster/partition", value: "a" }]);
  expect(tagsOf("a", "c").map((tag) => tag.value)).toEqual(["a", "c"]);
});
