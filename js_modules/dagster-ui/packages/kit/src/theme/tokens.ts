/**
 * The colours of both themes. Every text colour keeps a contrast of 4.5:1 on every surface that it is used on; the test beside
 * this file checks each pair, so that a nicer grey cannot slip in unread.
 */
export interface Tokens {
  readonly canvas: string;
  readonly surface: string;
  readonly raised: string;
  readonly sunken: string;
  readonly hover: string;
  readonly border: string;
  readonly borderStrong: string;
  readonly text: string;
  readonly textMuted: string;
  readonly textFaint: string;
  readonly accent: string;
  readonly accentSoft: string;
  readonly accentFill: string;
  readonly onAccent: string;
  readonly ok: string;
  readonly okSoft: string;
  readonly okTile: string;
  readonly failed: string;
  readonly failedSoft: string;
  readonly failedFill: string;
  readonly running: string;
  readonly runningSoft: string;
  readonly stale: string;
  readonly staleSoft: string;
  readonly idle: string;
  readonly idleSoft: string;
  readonly idleTile: string;
  readonly edge: string;
  readonly edgeStrong: string;
  readonly focus: string;
  readonly codeKeyword: string;
  readonly codeString: string;
  readonly codeNumber: string;
}

export type TokenName = keyof Tokens;

export const lightTokens: Tokens = {
  canvas: "#f6f7f9",
  surface: "#ffffff",
  raised: "#ffffff",
  sunken: "#eff1f5",
  hover: "#f1f3f7",
  border: "#e2e5ec",
  borderStrong: "#c3c9d4",
  text: "#161a22",
  textMuted: "#505967",
  textFaint: "#626b7a",
  accent: "#4338ca",
  accentSoft: "#eeeffe",
  accentFill: "#4f46e5",
  onAccent: "#ffffff",
  ok: "#0b6b62",
  okSoft: "#dff4f0",
  okTile: "#86cfc3",
  failed: "#b3181f",
  failedSoft: "#fdeaea",
  failedFill: "#c8232b",
  running: "#4338ca",
  runningSoft: "#eaebfe",
  stale: "#86480b",
  staleSoft: "#fcf0da",
  idle: "#566071",
  idleSoft: "#eceff4",
  idleTile: "#c6cdd8",
  edge: "#a7b0c0",
  edgeStrong: "#4f46e5",
  focus: "#4f46e5",
  codeKeyword: "#6d28a8",
  codeString: "#0b6b62",
  codeNumber: "#9a3412",
};

export const darkTokens: Tokens = {
  canvas: "#0d0f13",
  surface: "#14171d",
  raised: "#1b1f27",
  sunken: "#0a0b0e",
  hover: "#1c2029",
  border: "#262b35",
  borderStrong: "#3b4352",
  text: "#e8ebf1",
  textMuted: "#a6aebd",
  textFaint: "#8f98a8",
  accent: "#a5a8ff",
  accentSoft: "#23264a",
  accentFill: "#5a55e0",
  onAccent: "#ffffff",
  ok: "#48c9b8",
  okSoft: "#10302d",
  okTile: "#1d6e65",
  failed: "#ff8f8f",
  failedSoft: "#3b191d",
  failedFill: "#c4343b",
  running: "#a5a8ff",
  runningSoft: "#23264a",
  stale: "#edb15c",
  staleSoft: "#38290f",
  idle: "#9ba5b5",
  idleSoft: "#20252e",
  idleTile: "#39414e",
  edge: "#556074",
  edgeStrong: "#8b8ff8",
  focus: "#8b8ff8",
  codeKeyword: "#d0a6ff",
  codeString: "#6fd6c6",
  codeNumber: "#f2b279",
};

/** `textMuted` → `--text-muted`, the custom property that a stylesheet uses. */
export function tokenVariable(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** The custom properties of one theme. */
export function tokenVariables(tokens: Tokens): Record<string, string> {
  return Object.fromEntries(Object.entries(tokens).map(([name, value]) => [tokenVariable(name), value]));
}
