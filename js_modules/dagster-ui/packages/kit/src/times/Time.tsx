import { createContext, type ReactNode, useContext, useSyncExternalStore } from "react";
import { formatAgo, formatDuration, formatTime } from "./times";

const ZoneContext = createContext<string | undefined>(undefined);

/** The time zone in which everything below writes its times; undefined is the browser's own. */
export function TimeZoneProvider({ zone, children }: { zone: string | undefined; children: ReactNode }) {
  return <ZoneContext.Provider value={zone}>{children}</ZoneContext.Provider>;
}

export function useTimeZone(): string | undefined {
  return useContext(ZoneContext);
}

// One timer for the whole page: a hundred rows that say "12 s ago" wake up together.
const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) now = Date.now();
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

const currentNow = () => now;

/** The time in milliseconds, anew each second while something shows it. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, currentNow, currentNow);
}

/** How long ago, with the full time on hover. */
export function Ago({ at }: { at: number }) {
  const zone = useTimeZone();
  const words = formatAgo(at, useNow());
  return (
    <time className="number" dateTime={new Date(at).toISOString()} title={formatTime(at, zone)}>
      {words}
    </time>
  );
}

/** The full time, with how long ago on hover. */
export function Time({ at }: { at: number }) {
  const zone = useTimeZone();
  return (
    <time className="number" dateTime={new Date(at).toISOString()} title={formatAgo(at, Date.now())}>
      {formatTime(at, zone)}
    </time>
  );
}

/** How long something took, or takes so far when it has no end. */
export function Duration({ start, end }: { start: number; end: number | undefined }) {
  return (
    <span className="number">
      {end === undefined ? <Elapsed start={start} /> : formatDuration(end - start)}
    </span>
  );
}

function Elapsed({ start }: { start: number }) {
  return formatDuration(Math.max(0, useNow() - start));
}
