import { expect, it } from "vitest";
import { parseLine, splitLines } from "./lines";

it("keeps the last state of a progress bar", () => {
  expect(splitLines("start\n10%\r50%\r100%\ndone\r\n")).toEqual(["start", "100%", "done"]);
});

it("turns ANSI colours into classes of the theme", () => {
  expect(parseLine("a \u001b[31;1mred\u001b[0m b")).toEqual([
    { text: "a ", className: "" },
    { text: "red", className: "ansi-red ansi-bold" },
    { text: " b", className: "" },
  ]);
});

it("never lets markup through as markup", () => {
  expect(parseLine("<img src=x>")).toEqual([{ text: "<img src=x>", className: "" }]);
});
