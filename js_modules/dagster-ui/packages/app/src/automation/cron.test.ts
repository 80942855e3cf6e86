import { expect, it } from "vitest";
import { cronWords } from "./cron";

it.each([
  ["* * * * *", "every minute"],
  ["*/5 * * * *", "every 5 minutes"],
  ["0 * * * *", "every hour"],
  ["15 * * * *", "every hour, 15 min past"],
  ["0 */6 * * *", "every 6 hours"],
  ["0 2 * * *", "daily at 02:00"],
  ["@daily", "daily at 00:00"],
  ["30 7 * * 1-5", "on weekdays at 07:30"],
  ["0 9 * * 1,5", "on Monday and Friday at 09:00"],
  ["0 9 * * 7", "on Sunday at 09:00"],
  ["0 0 1 * *", "on day 1 of the month at 00:00"],
  ["0 0 1 1 *", "0 0 1 1 *"],
  ["0 8-18 * * *", "0 8-18 * * *"],
  ["0 9 * * L5", "0 9 * * L5"],
  ["['0 2 * * *', '0 14 * * *']", "daily at 02:00, or daily at 14:00"],
])("says %s in words", (cron, words) => {
  expect(cronWords(cron)).toBe(words);
});
