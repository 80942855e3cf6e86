import { expect, it } from "vitest";
import { readSettings } from "./settings";

it("keeps what it knows and drops the rest", () => {
  expect(readSettings('{"timeZone":"Asia/Tokyo","density":"comfortable","isRailNarrow":true,"x":1}')).toEqual(
    {
      timeZone: "Asia/Tokyo",
      density: "comfortable",
      isRailNarrow: true,
    },
  );
  const standard = { timeZone: undefined, density: "dense", isRailNarrow: false };
  for (const stored of [null, "", "[]", "7", "null", '{"timeZone":"Mars/Olympus","density":4}'])
    expect(readSettings(stored)).toEqual(standard);
});
