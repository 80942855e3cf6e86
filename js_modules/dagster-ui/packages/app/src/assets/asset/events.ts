import { metadataItems, metadataNumber } from "@dagster-ui/client";
import type { AssetQuery } from "@dagster-ui/client/schema";
import { type MetadataItem, numberText } from "@dagster-ui/kit";

type AssetAnswer = Extract<AssetQuery["assetOrError"], { __typename: "Asset" }>;

/** A materialization or observation of an asset. */
export interface AssetEvent {
  /** Names the event in an address. */
  readonly id: string;
  readonly kind: "materialization" | "observation";
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly runId: string;
  readonly partition: string | undefined;
  readonly step: string | undefined;
  readonly metadata: readonly MetadataItem[];
  readonly tags: readonly { readonly key: string; readonly value: string }[];
}

/** Both kinds of events together, newest first. */
export function assetEvents(asset: AssetAnswer): AssetEvent[] {
  const made = asset.assetMaterializations.map((event) => assetEvent("materialization", event));
  const seen = asset.assetObservations.map((event) => assetEvent("observation", event));
  return [...made, ...seen].sort((one, other) => other.at - one.at);
}

type Reported = AssetAnswer["assetMaterializations"][number] | AssetAnswer["assetObservations"][number];

function assetEvent(kind: AssetEvent["kind"], event: Reported): AssetEvent {
  const at = Number(event.timestamp);
  return {
    id: `${kind.charAt(0)}${event.timestamp}${event.partition ? `-${event.partition}` : ""}`,
    kind,
    at,
    runId: event.runId,
    partition: event.partition ?? undefined,
    step: event.stepKey ?? undefined,
    metadata: metadataItems(event.metadataEntries),
    tags: event.tags.map(({ key, value }) => ({ key, value })),
  };
}

/** An entry on one line: with its value where that is short, as numbers are. */
export function itemWords({ label, value }: MetadataItem): string {
  switch (value.kind) {
    case "number":
      return `${label}: ${numberText(value.value, value.text)}`;
    case "bool":
      return `${label}: ${value.value}`;
    case "text":
      return value.text.length <= 40 && !value.text.includes("\n") ? `${label}: ${value.text}` : label;
    default:
      return label;
  }
}

/** The numbers that materializations carry, by label: milliseconds and value, oldest first. */
export function metadataTrends(asset: AssetAnswer): Map<string, [number, number][]> {
  const trends = new Map<string, [number, number][]>();
  for (const event of [...asset.assetMaterializations].reverse()) {
    for (const entry of event.metadataEntries) {
      const value = metadataNumber(entry);
      if (value === undefined) continue;
      const points = trends.get(entry.label) ?? [];
      trends.set(entry.label, points);
      points.push([Number(event.timestamp), value]);
    }
  }
  return trends;
}
