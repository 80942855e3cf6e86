import { type Tick, tickWords } from "./facts";

/** Ticks one after the other of which the same is to be said: a sensor that finds nothing says so every few seconds. */
export interface TickGroup {
  /** The newest of them. */
  readonly tick: Tick;
  readonly count: number;
  /** When the oldest of them was. */
  readonly since: number;
}

/** Ticks, newest first, with those that say the same put together. Each one that started runs stands alone. */
export function groupTicks(ticks: readonly Tick[]): TickGroup[] {
  const groups: TickGroup[] = [];
  for (const tick of ticks) {
    const last = groups.at(-1);
    if (last && isSame(last.tick, tick))
      groups[groups.length - 1] = { ...last, count: last.count + 1, since: tick.at };
    else groups.push({ tick, count: 1, since: tick.at });
  }
  return groups;
}

function isSame(one: Tick, other: Tick): boolean {
  return (
    one.status === other.status &&
    one.status !== "running" &&
    one.runIds.length === 0 &&
    other.runIds.length === 0 &&
    tickWords(one) === tickWords(other)
  );
}
