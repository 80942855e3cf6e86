import type { ReexecutionStrategy } from "@dagster-ui/client/schema";

/** A way to execute a run again. */
export interface Again {
  readonly label: string;
  readonly strategy: ReexecutionStrategy;
  readonly reloads: boolean;
  readonly why?: string;
}

const fromFailure: Again = {
  label: "Re-execute from failure",
  strategy: "FROM_FAILURE",
  reloads: false,
  why: "Executes what failed and what did not begin because of it; what went well is kept.",
};
const everything: Again = { label: "Re-execute", strategy: "ALL_STEPS", reloads: false };

/** The ways to execute a run again, the one to offer first: from failure if it failed, with new code if that was loaded since. */
export function againsOf(canResume: boolean, isReloaded: boolean, hasLocation: boolean): Again[] {
  const plain = canResume ? [fromFailure, { ...everything, label: "Re-execute all of it" }] : [everything];
  if (!hasLocation) return plain;
  const reloading = plain.map(
    (again): Again => ({
      ...again,
      label: `Reload and ${again.label.replace("Re-", "re-")}`,
      reloads: true,
      why: "Loads the code of its location first.",
    }),
  );
  return isReloaded ? [...reloading.slice(0, 1), ...plain, ...reloading.slice(1)] : [...plain, ...reloading];
}
