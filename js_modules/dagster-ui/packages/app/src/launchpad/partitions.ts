import type { PartitionOfJobQuery } from "@dagster-ui/client/schema";
import type { Draft } from "./launching";
import type { TypedTag } from "./target";

type Pipeline = Extract<PartitionOfJobQuery["pipelineOrError"], { __typename: "Pipeline" }>;
type Slice = NonNullable<Pipeline["partition"]>;

const prefix = "dagster/partition";

/** The partition that a run with these tags makes. */
export function partitionIn(tags: readonly TypedTag[]): string | undefined {
  return tags.find((tag) => tag.key === prefix)?.value;
}

/** Whether the tag says which partition it is, so that it is chosen and not typed. */
export function isOfPartition(tag: TypedTag): boolean {
  return tag.key === prefix || tag.key.startsWith(`${prefix}/`) || tag.key === `${prefix}_set`;
}

export function withoutPartition(draft: Draft): Draft {
  return { ...draft, tags: draft.tags.filter((tag) => !isOfPartition(tag)) };
}

/** The draft for a partition: with its tags, and with its configuration where the job has one for it. Or why there is none. */
export function withPartition(draft: Draft, slice: Slice): Draft | string {
  const { runConfigOrError: config, tagsOrError: tags } = slice;
  if (tags.__typename === "PythonError") return tags.message;
  if (config.__typename === "PythonError") return config.message;
  const own = tags.results.map(({ key, value }) => ({ key, value }));
  const others = draft.tags.filter((tag) => !isOfPartition(tag) && !own.some((each) => each.key === tag.key));
  return { text: config.yaml.trim() === "{}" ? draft.text : config.yaml, tags: [...own, ...others] };
}

/** What is offered for what is typed: the newest first, `keys` are in their order. */
export function offersOf(keys: readonly string[], typed: string): string[] {
  const found = typed === "" || keys.includes(typed) ? keys : keys.filter((key) => key.includes(typed));
  return [...found].reverse();
}
