import { expect, it } from "vitest";
import { axisTimes, formatAgo, formatClockMillis, formatDuration, formatTime } from "./times";

it.each([
  [0, "just now"],
  [4_000, "just now"],
  [12_000, "12 s ago"],
  [61_000, "1 min ago"],
  [7_300_000, "2 h ago"],
  [47 * 3_600_000, "47 h ago"],
  [3 * 86_400_000, "3 d ago"],
  [-90_000, "in 1 min"],
])("says how long ago %i ms was", (age, words) => {
  expect(formatAgo(1_000_000_000_000 - age, 1_000_000_000_000)).toBe(words);
});

it.each([
  [430, "430 ms"],
  [12_400, "12.4 s"],
  [59_970, "1 m 00 s"],
  [185_000, "3 m 05 s"],
  [7_800_000, "2 h 10 m"],
  [200_000_000, "2 d 7 h"],
  [Number.NaN, "–"],
])("writes a duration of %d ms in two units at most", (millis, words) => {
  expect(formatDuration(millis)).toBe(words);
});

it("labels an axis by its step, each label once", () => {
  const noon = Date.UTC(2026, 10, 20, 12) / 1000;
  expect(axisTimes([noon, noon + 86_400], 86_400, "UTC")).toEqual(["20 Nov", "21 Nov"]);
  expect(axisTimes([noon, noon + 600], 600, "UTC")).toEqual(["12:00", "12:10"]);
  expect(axisTimes([noon, noon + 0.5, noon + 1], 0.5, "UTC")).toEqual(["12:00:00", "", "12:00:01"]);
});

it("writes times in the zone that was chosen", () => {
  const at = Date.UTC(2026, 10, 20, 14, 3, 7, 123);
  expect(formatTime(at, "UTC")).toBe("20 Nov 2026, 14:03:07");
  expect(formatTime(at, "Asia/Tokyo")).toBe("20 Nov 2026, 23:03:07");
  expect(formatClockMillis(at, "UTC")).toBe("14:03:07.123");
});
