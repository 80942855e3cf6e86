import { type Changes, isRunActive } from "@dagster-ui/client";
import type { RunRow } from "./facts";

/**
 * Whether a list of runs has to be asked for anew. Runs that are listed change by themselves; only what the feed does not tell is
 * missing: runs that are not listed, the error of one that failed, and that one is gone (an ended run whose log changes).
 */
export function isNews(
  changes: Pick<Changes, "isReset" | "runs" | "runIds">,
  rows: readonly Pick<RunRow, "id" | "status">[],
): boolean {
  if (changes.isReset) return true;
  const known = new Map(rows.map((row) => [row.id, row]));
  if (changes.runs.some((run) => !known.has(run.id) || run.status === "FAILURE")) return true;
  return changes.runIds.some((id) => {
    const row = known.get(id);
    return row !== undefined && !isRunActive(row.status);
  });
}
