import { isRunActive, useFeed, useQuestion } from "@dagster-ui/client";
import { PageHeader, Panel, type Status, StatusMark } from "@dagster-ui/kit";
import { IconAlertTriangle } from "@tabler/icons-react";
import { getRouteApi, Link } from "@tanstack/react-router";
import { type ReactNode, useMemo, useState } from "react";
import { type Assets, stateOf } from "../assets/store";
import { useAssets } from "../assets/use";
import { useCommands } from "../commands/commands";
import { activeStatuses, beganAt, repeatedBy, workOf } from "../runs/facts";
import { mostRuns, type Runs, useRuns } from "../runs/useRuns";
import { usePage } from "../shell/page";
import { openFailures } from "./failures";
import styles from "./home.module.css";
import { HomeLocationsDocument } from "./locations.gql";
import { Failed, Running } from "./RunPanels";
import { Timeline } from "./Timeline";
import { fittingRange, type Range, ranges } from "./timeline";
import { Wanting } from "./Wanting";

const route = getRouteApi("/");

/** What failed, what runs, what is missing, and the last day at a glance. */
export function HomePage() {
  usePage("Home");
  const assets = useAssets();
  const [since] = useState(() => Math.floor((Date.now() - ranges["24h"]) / 1000));
  const recent = useRuns({ updatedAfter: since }, { atOnce: mostRuns });
  const active = useRuns({ statuses: activeStatuses }, { atOnce: 50 });
  const going = active.rows.filter((run) => isRunActive(run.status));
  const failures = useMemo(
    () => openFailures(recent.rows.map((run) => ({ ...run, work: workOf(run), repeats: repeatedBy(run) }))),
    [recent.rows],
  );
  return (
    <>
      <PageHeader
        title="Home"
        facts={<Numbers assets={assets} failures={failures.length} going={going.length} />}
      />
      <div className={styles.page}>
        <LocationProblems />
        <div className={styles.columns}>
          <div className={styles.column}>
            <Failed runs={recent} failures={failures} />
            <Running runs={active} going={going} />
            <LastDay runs={recent} />
          </div>
          <div className={styles.column}>
            <Wanting assets={assets} />
          </div>
        </div>
      </div>
    </>
  );
}

function Numbers({ assets, failures, going }: { assets: Assets; failures: number; going: number }) {
  const statuses = assets.facts.map((each) => stateOf(assets, each.key).status);
  const count = (status: Status) => statuses.filter((each) => each === status).length;
  const all: [Status, number, string][] = [
    ["failed", failures, "failed"],
    ["running", going, "running"],
    ["stale", count("stale"), "stale"],
    ["missing", count("missing"), "never materialized"],
  ];
  const shown = all.filter(([status, number]) => number > 0 || status === "failed");
  return (
    <div className={styles.numbers}>
      {shown.map(([status, number, word]) => (
        <NumberLink key={status} status={status}>
          <StatusMark status={number > 0 ? status : "ok"} />
          <span>
            <strong>{number}</strong> {word}
          </span>
        </NumberLink>
      ))}
    </div>
  );
}

function NumberLink({ status, children }: { status: Status; children: ReactNode }) {
  if (status === "failed" || status === "running")
    return (
      <Link
        className={styles.number}
        to="/runs"
        search={{ status: status === "failed" ? ["failed"] : ["running", "queued"] }}
      >
        {children}
      </Link>
    );
  return (
    <Link className={styles.number} to="/assets" search={{ status: [status] }}>
      {children}
    </Link>
  );
}

/** Locations whose code does not load, which explains what else is missing. */
function LocationProblems() {
  const { data, refresh } = useQuestion(HomeLocationsDocument, {});
  useFeed((changes) => {
    if (changes.locations.length > 0) refresh();
  });
  const workspace = data?.workspaceOrError;
  if (workspace?.__typename !== "Workspace") return null;
  return workspace.locationEntries.map((entry) => {
    const loaded = entry.locationOrLoadError;
    const message =
      entry.error?.message ?? (loaded?.__typename === "PythonError" ? loaded.message : undefined);
    if (message === undefined) return null;
    return (
      <div key={entry.id} className={styles.problem} role="status">
        <IconAlertTriangle size={16} />
        <Link to="/locations" className="ellipsis">
          <strong>{entry.name}</strong> does not load: {message.split("\n", 1)[0]}
        </Link>
      </div>
    );
  });
}

/** The runs of the last day, or of the last hours when there are none before. */
function LastDay({ runs }: { runs: Runs }) {
  const { range: chosen } = route.useSearch();
  const navigate = route.useNavigate();
  const fitting = useMemo(
    () =>
      fittingRange(
        runs.rows.map((run) => ({ start: beganAt(run) })),
        Date.now(),
      ),
    [runs.rows],
  );
  const range = chosen ?? fitting;
  const choose = (next: Range) =>
    void navigate({ search: (old) => ({ ...old, range: next }), replace: true });
  useCommands(
    rangeChoices.map(({ value, label }, index) => ({
      id: `range-${value}`,
      label: `Show the last ${label}`,
      group: "Home",
      keys: String(index + 1),
      run: () => choose(value),
    })),
  );
  return (
    <Panel
      title="Runs over time"
      flush
      actions={
        <div role="group" aria-label="Time" className={styles.ranges}>
          {rangeChoices.map(({ value, label }) => (
            <button key={value} type="button" aria-pressed={value === range} onClick={() => choose(value)}>
              {label}
            </button>
          ))}
        </div>
      }
    >
      {runs.isLoading ? (
        <div className={styles.placeholder} />
      ) : runs.rows.length === 0 ? (
        <p className={styles.quiet}>
          <span>
            Nothing ran in the last 24 hours. Materialize{" "}
            <Link className="link" to="/assets">
              assets
            </Link>{" "}
            or launch{" "}
            <Link className="link" to="/jobs">
              a job
            </Link>
            .
          </span>
        </p>
      ) : (
        <Timeline runs={runs.rows} millis={ranges[range]} />
      )}
    </Panel>
  );
}

const rangeChoices: readonly { value: Range; label: string }[] = [
  { value: "1h", label: "1 h" },
  { value: "6h", label: "6 h" },
  { value: "24h", label: "24 h" },
];
