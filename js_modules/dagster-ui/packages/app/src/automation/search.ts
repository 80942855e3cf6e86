import { flag, oneOf, type RawSearch, text } from "../search/search";

export const automationKinds = ["schedule", "sensor"] as const;
export type AutomationKind = (typeof automationKinds)[number];

export interface AutomationSearch {
  q?: string;
  kind?: AutomationKind;
  /** Only what is switched on, off, or failed at its last tick. */
  state?: "on" | "off" | "failed";
  /** The schedule or sensor that the inspector shows: its location and its name. */
  focus?: string;
  /** Only ticks that failed or asked for runs. */
  quiet?: true;
}

export function readAutomationSearch(raw: RawSearch): AutomationSearch {
  return {
    q: text(raw.q),
    kind: oneOf(raw.kind, automationKinds),
    state: oneOf(raw.state, ["on", "off", "failed"]),
    focus: text(raw.focus),
    quiet: flag(raw.quiet),
  };
}
