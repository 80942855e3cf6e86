import { expect, it } from "vitest";
import {
  groupFrames,
  ownFrame,
  type Problem,
  parseFrames,
  plainMessage,
  relativesOf,
  rootProblem,
  shortPath,
} from "./frames";

const foreign =
  '  File "/venv/lib/python3.12/site-packages/dagster/execution/step.py", line 88, in call\n    yield fn(x)\n';
const own = '  File "/home/ada/project/trips.py", line 41, in trips\n    fare / distance\n';
const deep = '  File "/venv/lib/python3.12/site-packages/pandas/core.py", line 7, in div\n';

function problem(stack: string[], causes: Problem[] = []): Problem {
  return { className: "ZeroDivisionError", message: "ZeroDivisionError: division by zero\n", stack, causes };
}

it("reads file, line, place and source of each frame", () => {
  expect(parseFrames([own])).toEqual([
    { file: "/home/ada/project/trips.py", line: 41, place: "trips", source: "fare / distance", isOwn: true },
  ]);
  expect(parseFrames([deep, own])[0]?.source).toBeUndefined();
});

it("finds the user's last line among those of packages", () => {
  expect(ownFrame(problem([foreign, own, deep]))?.line).toBe(41);
  expect(ownFrame(problem([foreign]))).toBeUndefined();
});

it("shows the innermost cause in which the user's code stands", () => {
  const cause = problem([own]);
  expect(rootProblem(problem([foreign], [cause]))).toBe(cause);
  const wrapped = problem([own], [problem([deep])]);
  expect(rootProblem(wrapped)).toBe(wrapped);
  const bare = problem([], []);
  expect(rootProblem(bare)).toBe(bare);
});

it("takes compiled sources of packages for foreign", () => {
  const compiled = '  File "pandas/_libs/hashtable_class_helper.pxi", line 7734, in get_item\n';
  expect(ownFrame(problem([own, compiled]))?.file).toBe("/home/ada/project/trips.py");
});

it("says what else was raised, outwards and inwards, and what the user has no part in", () => {
  const cause = problem([deep]);
  const shown = problem([own]);
  const relatives = relativesOf(problem([foreign], [shown, cause]));
  expect(relatives.map((each) => [each.kind, each.isOwn])).toEqual([
    ["led to", false],
    ["because of", false],
  ]);
  expect(relatives[1]?.problem).toBe(cause);
});

it("folds neighbours that are not the user's", () => {
  expect(groupFrames(parseFrames([foreign, foreign, own, deep])).map((group) => group.frames.length)).toEqual(
    [2, 1, 1],
  );
});

it("does not say the class twice", () => {
  expect(plainMessage(problem([]))).toBe("division by zero");
  expect(
    plainMessage({ className: "KeyboardInterrupt", message: "KeyboardInterrupt", stack: [], causes: [] }),
  ).toBe("");
});

it("shortens paths to their end", () => {
  expect(shortPath("/home/ada/project/trips.py")).toBe("ada/project/trips.py");
  expect(shortPath("trips.py")).toBe("trips.py");
});

it("reads the line of a location that does not load", () => {
  expect(parseFrames(['  shop/rates.py:10: eur = RATES["eur"]\n'])).toEqual([
    { file: "shop/rates.py", line: 10, place: "", source: 'eur = RATES["eur"]', isOwn: true },
  ]);
});

it.each([
  ["KeyError: 'eur'\n", "'eur'"],
  ["shop.errors.KeyError: 'eur'", "'eur'"],
  ["Not there: 'eur'", "Not there: 'eur'"],
])("leaves out the class before the message %j", (message, plain) => {
  expect(plainMessage({ className: "KeyError", message, stack: [], causes: [] })).toBe(plain);
});
