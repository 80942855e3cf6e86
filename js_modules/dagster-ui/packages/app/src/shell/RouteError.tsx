import { ErrorState } from "@dagster-ui/kit";
import type { ErrorComponentProps } from "@tanstack/react-router";

/** A page that broke; the rest of the application goes on. */
export function RouteError({ error, reset }: ErrorComponentProps) {
  return (
    <ErrorState
      title="This page broke"
      message={error instanceof Error ? error.message : String(error)}
      onRetry={reset}
    />
  );
}
