const days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const aliases: Record<string, string> = {
  "@hourly": "0 * * * *",
  "@daily": "0 0 * * *",
  "@midnight": "0 0 * * *",
  "@weekly": "0 0 * * 0",
  "@monthly": "0 0 1 * *",
  "@yearly": "0 0 1 1 *",
  "@annually": "0 0 1 1 *",
};

/** A cron schedule in words when it is one of the usual ones, else as it is written; several are joined. */
export function cronWords(cron: string): string {
  const parts = cron.startsWith("[")
    ? [...cron.matchAll(/['"]([^'"]+)['"]/g)].map((found) => found[1] ?? "")
    : [cron];
  return parts.map(oneInWords).join(", or ");
}

function oneInWords(cron: string): string {
  const fields = (aliases[cron.trim()] ?? cron).trim().split(/\s+/);
  const [minute = "", hour = "", day = "", month = "", weekday = ""] = fields;
  if (fields.length !== 5 || month !== "*") return cron;
  if (day === "*" && weekday === "*") {
    if (hour === "*") return minutesInWords(minute) ?? cron;
    const each = /^\*\/(\d+)$/.exec(hour)?.[1];
    if (each !== undefined && /^\d+$/.test(minute))
      return minute === "0" ? `every ${each} hours` : `every ${each} hours, ${minute} min past`;
  }
  const at = clock(minute, hour);
  if (at === undefined) return cron;
  if (day === "*" && weekday === "*") return `daily at ${at}`;
  if (day === "*") {
    const named = weekdayWords(weekday);
    return named === undefined ? cron : `${named} at ${at}`;
  }
  return weekday === "*" && /^\d+$/.test(day) ? `on day ${day} of the month at ${at}` : cron;
}

function minutesInWords(minute: string): string | undefined {
  if (minute === "*") return "every minute";
  const each = /^\*\/(\d+)$/.exec(minute)?.[1];
  if (each !== undefined) return each === "1" ? "every minute" : `every ${each} minutes`;
  if (!/^\d+$/.test(minute)) return undefined;
  return minute === "0" ? "every hour" : `every hour, ${minute} min past`;
}

function clock(minute: string, hour: string): string | undefined {
  if (!/^\d+$/.test(minute) || !/^\d+$/.test(hour)) return undefined;
  return `${hour.padStart(2, "0")}:${minute.padStart(2, "0")}`;
}

function weekdayWords(weekday: string): string | undefined {
  if (weekday === "1-5" || weekday.toUpperCase() === "MON-FRI") return "on weekdays";
  const names = weekday.split(",").map((each) => (/^[0-7]$/.test(each) ? days[Number(each) % 7] : undefined));
  return names.every((name) => name !== undefined) ? `on ${names.join(" and ")}` : undefined;
}
