import type { Tally } from "./standing";

/** `20 materialized, 1 failed, 3 missing`; for a single partition only the word. */
export function tallyText(tally: Tally): string {
  const parts: [number, string][] = [
    [tally.failed, "failed"],
    [tally.materializing, "materializing"],
    [tally.materialized, "materialized"],
    [tally.missing, "missing"],
  ];
  const told = parts.filter(([count]) => count > 0);
  if (tally.all === 1) return told[0]?.[1] ?? "missing";
  return told.map(([count, word]) => `${count.toLocaleString("en")} ${word}`).join(", ") || "none";
}
