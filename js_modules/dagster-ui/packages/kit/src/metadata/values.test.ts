import { expect, it } from "vitest";
import { isImageUrl, numberText, prettyJson, safeUrl, tableRows } from "./values";

it.each([
  ["https://example.org/a", true],
  ["mailto:ana@example.org", true],
  ["/runs/1", true],
  ["//evil.example", false],
  ["javascript:alert(1)", false],
  [" JavaScript:alert(1)", false],
  ["data:text/html,x", false],
])("follows %s: %s", (url, isSafe) => {
  expect(safeUrl(url) !== undefined).toBe(isSafe);
});

it("shows images only from addresses that end as one", () => {
  expect(isImageUrl("https://example.org/plot.png?x=1")).toBe(true);
  expect(isImageUrl("https://example.org/png")).toBe(false);
  expect(isImageUrl("javascript:x.png")).toBe(false);
});

it("reads the rows of a table in the order of its columns", () => {
  const columns = [
    { name: "b", type: "int" },
    { name: "a", type: "string" },
  ];
  expect(tableRows(columns, ['{"a":"x","b":1}', "no json", '{"a":{"deep":true}}'])).toEqual([
    ["1", "x"],
    ["", '{"deep":true}'],
  ]);
});

it("never shows another number than the server wrote", () => {
  expect(numberText(1234567, "1234567")).toBe("1,234,567");
  expect(numberText(2 ** 53, "9007199254740993")).toBe("9007199254740993");
  expect(numberText(undefined, "123456789012345678901")).toBe("123456789012345678901");
  expect(numberText(Number.NaN, "nan")).toBe("nan");
});

it("leaves text that is no JSON alone", () => {
  expect(prettyJson('{"a":1}')).toBe('{\n  "a": 1\n}');
  expect(prettyJson("{broken")).toBe("{broken");
});
