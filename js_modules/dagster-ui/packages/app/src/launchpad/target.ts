import { repositorySelector } from "@dagster-ui/client";

/** A tag as it is typed; those without a key are not sent. */
export interface TypedTag {
  readonly key: string;
  readonly value: string;
}

/** The selector of a job at an address. */
export function jobSelector(address: string, job: string) {
  return { ...repositorySelector(address), pipelineName: job };
}

/** What the launchpad launches. */
export interface LaunchTarget {
  /** Of the repository. */
  readonly address: string;
  readonly job: string;
  /** Keys of the assets that the run shall make; undefined for all of the job. */
  readonly assets: readonly string[] | undefined;
}

export function targetSelector({ address, job, assets }: LaunchTarget) {
  return {
    ...jobSelector(address, job),
    assetSelection: assets?.map((key) => ({ path: key.split("/") })),
  };
}

/** One text per target. */
export function targetText({ address, job, assets }: LaunchTarget): string {
  return [`${address}/${job}`, ...(assets ?? [])].join(" ");
}

/** The tags of a run that make sense for another one: those that the framework writes are left to it. */
export function ownTags(tags: readonly TypedTag[]): TypedTag[] {
  const kept = ["dagster/priority", "dagster/max_retries", "dagster/max_runtime"];
  return tags
    .filter(
      ({ key }) =>
        !key.startsWith(".dagster/") &&
        (!key.startsWith("dagster/") || kept.includes(key) || key.startsWith("dagster/partition")),
    )
    .map(({ key, value }) => ({ key, value }));
}
