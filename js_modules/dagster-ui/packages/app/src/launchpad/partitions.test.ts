import { expect, it } from "vitest";
import { isOfPartition, offersOf, partitionIn, withoutPartition, withPartition } from "./partitions";

type Slice = Parameters<typeof withPartition>[1];

function slice(yaml: string, tags: Record<string, string>): Slice {
  return {
    __typename: "PartitionTagsAndConfig",
    runConfigOrError: { __typename: "PartitionRunConfig", yaml },
    tagsOrError: {
      __typename: "PartitionTags",
      results: Object.entries(tags).map(([key, value]) => ({ __typename: "PipelineTag", key, value })),
    },
  };
}

const draft = {
  text: "ops: {}",
  tags: [
    { key: "dagster/partition", value: "a" },
    { key: "team", value: "x" },
  ],
};

it("puts another partition in the place of the one before", () => {
  const next = withPartition(
    draft,
    slice("{}\n", { "dagster/partition": "b", "dagster/partition_set": "s" }),
  );
  expect(next).toEqual({
    text: "ops: {}",
    tags: [
      { key: "dagster/partition", value: "b" },
      { key: "dagster/partition_set", value: "s" },
      { key: "team", value: "x" },
    ],
  });
  expect(typeof next !== "string" && partitionIn(next.tags)).toBe("b");
  expect(withoutPartition(draft)).toEqual({ text: "ops: {}", tags: [{ key: "team", value: "x" }] });
});

it("takes over the configuration that the job has for the partition", () => {
  const next = withPartition(draft, slice("ops:\n  a: {}\n", { "dagster/partition": "b" }));
  expect(next).toMatchObject({ text: "ops:\n  a: {}\n" });
});

it("says why there is nothing for a partition", () => {
  const problem = { __typename: "PythonError" as const, message: "No partition c." };
  expect(withPartition(draft, { ...slice("{}", {}), tagsOrError: problem })).toBe("No partition c.");
});

it("chooses what the dimensions of a partition are called as well", () => {
  const key = (text: string) => isOfPartition({ key: text, value: "" });
  expect([key("dagster/partition/day"), key("dagster/partition"), key("dagster/partitions")]).toEqual([
    true,
    true,
    false,
  ]);
});

it("offers the newest first, and all of them while nothing else is typed", () => {
  expect(offersOf(["a1", "a2", "b1"], "")).toEqual(["b1", "a2", "a1"]);
  expect(offersOf(["a1", "a2", "b1"], "a")).toEqual(["a2", "a1"]);
  expect(offersOf(["a1", "a2", "b1"], "a1")).toEqual(["b1", "a2", "a1"]);
});
