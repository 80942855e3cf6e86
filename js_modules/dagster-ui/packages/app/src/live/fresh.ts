import { type Changes, useFeed } from "@dagster-ui/client";
import { useEffect, useRef } from "react";

/** Changes come in bursts while runs go on; a page that has to ask anew does so once per such a time. */
const calmMillis = 400;

/** Asks again, a moment later, when runs or code locations changed. */
export function useFresh(
  refresh: () => void,
  concerns: (changes: Changes) => boolean = anyRunOrLocation,
): void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef(refresh);
  latest.current = refresh;
  useFeed((changes) => {
    if (!changes.isReset && !concerns(changes)) return;
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      latest.current();
    }, calmMillis);
  });
  useEffect(() => () => clearTimeout(timer.current), []);
}

function anyRunOrLocation(changes: Changes): boolean {
  return changes.runs.length > 0 || changes.locations.length > 0;
}

export function anyLocation(changes: Changes): boolean {
  return changes.locations.length > 0;
}

/** Whether a schedule or sensor was asked, or switched on or off. */
export function instigator(id: string): (changes: Changes) => boolean {
  return (changes) => changes.instigators.some((each) => each.id === id);
}

/**
 * Asks again when the next of the moments has passed, given in milliseconds since the epoch: when time itself changes the answer,
 * no message comes. Every answer, which is told by its identity, begins anew.
 */
export function useFreshAt(moments: readonly number[], answer: unknown, refresh: () => void): void {
  const latest = useRef(refresh);
  latest.current = refresh;
  const asked = useRef(moments);
  asked.current = moments;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the answer stands for its moments
  useEffect(() => {
    const wait = waitFor(asked.current, Date.now());
    if (wait === undefined) return;
    const timer = setTimeout(() => latest.current(), wait);
    return () => clearTimeout(timer);
  }, [answer]);
}

const afterDue = 1200;
const leastWait = 2500;
const longestWait = 2 ** 31 - 1;
/** What is late by more than this will not come soon: nothing evaluates it. */
const longestDelay = 30_000;

/** How long to wait for the first of the moments: a little beyond it, never in a hurry; undefined when there is none to wait for. */
export function waitFor(moments: readonly number[], now: number): number | undefined {
  const awaited = moments.filter((moment) => moment > now - longestDelay);
  if (awaited.length === 0) return undefined;
  return Math.min(longestWait, Math.max(leastWait, Math.min(...awaited) - now + afterDue));
}
