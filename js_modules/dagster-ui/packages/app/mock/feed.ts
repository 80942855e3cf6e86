import type { MockAssets } from "./assets";
import type { MockRuns } from "./runs";

/** What the imagined workspace tells: twice a second, when something changed. One page watches it at a time. */
export async function* watchWorld(
  runs: MockRuns,
  assets: MockAssets,
): AsyncGenerator<{ workspaceFeed: object }> {
  let sequence = 0;
  let known = new Map(runs.list.map((run) => [run.id, run.status]));
  yield message(sequence, true, [], []);
  while (true) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    const moved = runs.list.filter((run) => known.get(run.id) !== run.status);
    known = new Map(runs.list.map((run) => [run.id, run.status]));
    const changed = assets.takeChanges();
    if (moved.length === 0 && changed.length === 0) continue;
    sequence++;
    yield message(sequence, false, moved, changed);
  }
}

function message(sequence: number, isReset: boolean, runs: readonly object[], assets: readonly object[]) {
  return {
    workspaceFeed: {
      sequence: String(sequence),
      isReset,
      assets,
      runs,
      runIds: [],
      instigators: [],
      locations: [],
    },
  };
}
