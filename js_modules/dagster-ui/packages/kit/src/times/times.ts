const secondMillis = 1000;
const minuteMillis = 60 * secondMillis;
const hourMillis = 60 * minuteMillis;
const dayMillis = 24 * hourMillis;

/** "12 s ago", "3 min ago", "yesterday"-free: what a row has room for. Both in milliseconds since the epoch. */
export function formatAgo(atMillis: number, nowMillis: number): string {
  const age = nowMillis - atMillis;
  if (age <= -secondMillis) return `in ${span(-age)}`;
  if (age < 5 * secondMillis) return "just now";
  return `${span(age)} ago`;
}

function span(millis: number): string {
  if (millis < minuteMillis) return `${Math.round(millis / secondMillis)} s`;
  if (millis < hourMillis) return `${Math.floor(millis / minuteMillis)} min`;
  if (millis < 2 * dayMillis) return `${Math.floor(millis / hourMillis)} h`;
  return `${Math.floor(millis / dayMillis)} d`;
}

/** "430 ms", "12.4 s", "3 m 05 s", "2 h 10 m": two units at most, so that columns line up. */
export function formatDuration(millis: number): string {
  if (!Number.isFinite(millis) || millis < 0) return "–";
  if (millis < secondMillis) return `${Math.round(millis)} ms`;
  if (millis < 59_950) return `${(millis / secondMillis).toFixed(1)} s`;
  const seconds = Math.round(millis / secondMillis);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} m ${pad(seconds % 60)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h ${pad(minutes % 60)} m`;
  return `${Math.floor(minutes / 1440)} d ${Math.floor((minutes % 1440) / 60)} h`;
}

function pad(number: number): string {
  return String(number).padStart(2, "0");
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(zone: string | undefined, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone}|${JSON.stringify(options)}`;
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-GB", { ...options, timeZone: zone });
  formatters.set(key, made);
  return made;
}

const dayAndTime: Intl.DateTimeFormatOptions = {
  day: "2-digit",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
};

/** "20 Nov 2026, 14:03:07" in the zone (the browser's own without one). */
export function formatTime(atMillis: number, zone?: string): string {
  return formatter(zone, dayAndTime).format(atMillis);
}

/** "14:03" in the zone. */
export function formatClock(atMillis: number, zone?: string): string {
  return formatter(zone, { hour: "2-digit", minute: "2-digit" }).format(atMillis);
}

const minuteSeconds = 60;
const daySeconds = 24 * 60 * minuteSeconds;

/** Labels of an axis, as short as the step between them allows: the day, the minute or the second; all in seconds since the epoch. */
export function axisTimes(atSeconds: readonly number[], step: number, zone?: string): string[] {
  const options: Intl.DateTimeFormatOptions =
    step >= daySeconds
      ? { day: "numeric", month: "short" }
      : { hour: "2-digit", minute: "2-digit", ...(step < minuteSeconds ? { second: "2-digit" } : {}) };
  const labels = atSeconds.map((at) => formatter(zone, options).format(at * 1000));
  return labels.map((label, index) => (label === labels[index - 1] ? "" : label));
}

/** "14:03:07.123" in the zone, for log lines. */
export function formatClockMillis(atMillis: number, zone?: string): string {
  const clock = formatter(zone, { hour: "2-digit", minute: "2-digit", second: "2-digit" }).format(atMillis);
  return `${clock}.${String(Math.floor(atMillis % 1000)).padStart(3, "0")}`;
}
