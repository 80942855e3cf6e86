import { keyText } from "@dagster-ui/client";
import type { MetadataLinks } from "@dagster-ui/kit";
import { Link } from "@tanstack/react-router";

/** The first characters of a run's id: enough to tell it from others. */
export function shortRunId(runId: string): string {
  return runId.slice(0, 8);
}

export function RunLink({ runId }: { runId: string }) {
  return (
    <Link className="link mono" to="/runs/$runId" params={{ runId }}>
      {shortRunId(runId)}
    </Link>
  );
}

export function AssetLink({ path }: { path: readonly string[] }) {
  return (
    <Link className="link" to="/assets/$" params={{ _splat: path.join("/") }} search={{}}>
      {keyText({ path })}
    </Link>
  );
}

/** How metadata links to the pages of this application. */
export const metadataLinks: MetadataLinks = {
  run: (runId) => <RunLink runId={runId} />,
  asset: (path) => <AssetLink path={path} />,
  job: (name, location) => (
    <Link className="link" to="/jobs/$repository/$job" params={{ repository: location, job: name }}>
      {name}
    </Link>
  ),
};
