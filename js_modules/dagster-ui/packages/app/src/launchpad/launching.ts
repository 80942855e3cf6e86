import type { LaunchJobMutation, LaunchJobMutationVariables } from "@dagster-ui/client/schema";
import { type ConfigError, configError } from "./errors";
import { type LaunchTarget, type TypedTag, targetSelector, targetText } from "./target";

/** What is about to be launched; kept in the browser until it is changed again. */
export interface Draft {
  readonly text: string;
  readonly tags: readonly TypedTag[];
}

export function launchParams(target: LaunchTarget, draft: Draft): LaunchJobMutationVariables["params"] {
  return {
    mode: "default",
    selector: targetSelector(target),
    runConfigData: draft.text.trim() === "" ? "{}" : draft.text,
    executionMetadata: {
      tags: draft.tags.flatMap(({ key, value }) => (key.trim() === "" ? [] : [{ key: key.trim(), value }])),
    },
  };
}

/** What came of a launch: the run, or why there is none. */
export type Launched =
  | { readonly kind: "run"; readonly runId: string }
  | { readonly kind: "refused"; readonly errors: readonly ConfigError[] }
  | { readonly kind: "failed"; readonly message: string };

export function launched(answer: LaunchJobMutation): Launched {
  const result = answer.launchRun;
  if (result.__typename === "LaunchRunSuccess") return { kind: "run", runId: result.run.id };
  if (result.__typename === "RunConfigValidationInvalid")
    return { kind: "refused", errors: result.errors.map(configError) };
  return { kind: "failed", message: "message" in result ? result.message : "The run could not be launched." };
}

const draftKey = (target: LaunchTarget) => `dagster-launchpad:${targetText(target)}`;

export function storedDraft(target: LaunchTarget): Draft | undefined {
  return readDraft(localStorage.getItem(draftKey(target)));
}

/** Reads what was stored; anything that is no draft is nothing. */
export function readDraft(stored: string | null): Draft | undefined {
  try {
    const value: unknown = JSON.parse(stored ?? "null");
    if (typeof value !== "object" || value === null || !("text" in value) || typeof value.text !== "string")
      return undefined;
    const tags: unknown = "tags" in value ? value.tags : [];
    return { text: value.text, tags: Array.isArray(tags) ? tags.flatMap(readTag) : [] };
  } catch {
    return undefined;
  }
}

function readTag(tag: unknown): TypedTag[] {
  if (typeof tag !== "object" || tag === null || !("key" in tag) || !("value" in tag)) return [];
  return typeof tag.key === "string" && typeof tag.value === "string"
    ? [{ key: tag.key, value: tag.value }]
    : [];
}

export function storeDraft(target: LaunchTarget, draft: Draft | undefined): void {
  if (draft) localStorage.setItem(draftKey(target), JSON.stringify(draft));
  else localStorage.removeItem(draftKey(target));
}
