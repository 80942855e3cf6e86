import { describe, expect, it } from "vitest";
import { contrast } from "./contrast";
import { darkTokens, lightTokens, type TokenName, tokenVariable } from "./tokens";

const surfaces: TokenName[] = ["canvas", "surface", "raised", "sunken", "hover"];
const texts: TokenName[] = [
  "text",
  "textMuted",
  "textFaint",
  "accent",
  "ok",
  "failed",
  "running",
  "stale",
  "idle",
];
const pairs: [TokenName, TokenName][] = [
  ...surfaces.flatMap((surface) => texts.map((text): [TokenName, TokenName] => [text, surface])),
  ["ok", "okSoft"],
  ["failed", "failedSoft"],
  ["running", "runningSoft"],
  ["stale", "staleSoft"],
  ["idle", "idleSoft"],
  ["accent", "accentSoft"],
  ["text", "accentSoft"],
  ["textMuted", "accentSoft"],
  ["text", "failedSoft"],
  ["textMuted", "failedSoft"],
  ["onAccent", "accentFill"],
  ["onAccent", "failedFill"],
  ["codeKeyword", "sunken"],
  ["codeString", "sunken"],
  ["codeNumber", "sunken"],
];

describe.each([
  ["light", lightTokens],
  ["dark", darkTokens],
] as const)("the %s theme", (_, tokens) => {
  it.each(pairs)("lets one read %s on %s", (text, surface) => {
    expect(contrast(tokens[text], tokens[surface])).toBeGreaterThanOrEqual(4.5);
  });

  it("shows the focus ring on every surface", () => {
    for (const surface of surfaces) expect(contrast(tokens.focus, tokens[surface])).toBeGreaterThanOrEqual(3);
  });
});

it("names custom properties in kebab case", () => {
  expect(tokenVariable("accentSoft")).toBe("--accent-soft");
});

it("knows the extremes of contrast", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5);
  expect(contrast("#777777", "#777777")).toBe(1);
});
