import { useQuestion } from "@dagster-ui/client";
import { Ago, EmptyState, ErrorCard, ErrorState, PageHeader, Skeletons, StatusBadge } from "@dagster-ui/kit";
import { Button } from "@mantine/core";
import { IconCloudComputing, IconHourglassLow, IconRefresh } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useCommands } from "../commands/commands";
import { anyLocation, useFresh } from "../live/fresh";
import { usePage } from "../shell/page";
import { type Holdings, type LocationFacts, locationFacts, sortLocations } from "./facts";
import styles from "./Locations.module.css";
import { LocationsDocument } from "./locations.gql";
import { useReload } from "./reloading";

/** The code locations: whether they load, what is wrong where they do not, and what they hold. */
export function LocationsPage() {
  usePage("Locations");
  const { data, isLoading, problem, refresh } = useQuestion(LocationsDocument, {});
  useFresh(refresh, anyLocation);
  const answer = data?.workspaceOrError;
  const repositories = data?.repositoriesOrError;
  const locations = useMemo(() => {
    const served = repositories?.__typename === "RepositoryConnection" ? repositories.nodes : [];
    return answer?.__typename === "Workspace"
      ? sortLocations(answer.locationEntries.map((entry) => locationFacts(entry, served)))
      : undefined;
  }, [answer, repositories]);
  const refusal = answer?.__typename === "PythonError" ? answer.message : problem;
  if (isLoading) return <Skeletons lines={10} height={24} />;
  if (!locations)
    return <ErrorState title="The locations could not be loaded" message={refusal ?? ""} onRetry={refresh} />;
  return <Loaded locations={locations} />;
}

function Loaded({ locations }: { locations: readonly LocationFacts[] }) {
  const { reload, busy } = useBusyReload();
  useCommands([
    {
      id: "reload-all",
      label: "Reload all locations",
      group: "Locations",
      keys: "shift+r",
      icon: <IconRefresh size={15} />,
      run: () => reload(),
    },
  ]);
  const broken = locations.filter((each) => each.problem !== undefined).length;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard
    <div className={styles.page} tabIndex={0}>
      <PageHeader
        title="Locations"
        facts={
          <span>
            {locations.length} {locations.length === 1 ? "location" : "locations"}
            {broken > 0 && `, ${broken} with an error`}
          </span>
        }
        actions={
          <Button
            size="xs"
            variant="default"
            leftSection={<IconRefresh size={14} />}
            loading={busy.has(everything)}
            onClick={() => reload()}
          >
            Reload all
          </Button>
        }
      />
      {locations.length === 0 ? (
        <EmptyState title="No code location is given" icon={<IconCloudComputing size={22} />}>
          Name a file or a module when starting: <code>dagster dev -f definitions.py</code>, or list several
          in a workspace.yaml.
        </EmptyState>
      ) : (
        <ul className={styles.cards}>
          {locations.map((location) => (
            <li key={location.name}>
              <LocationCard
                location={location}
                isReloading={busy.has(everything) || busy.has(location.name)}
                onReload={() => reload(location.name)}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

const everything = "";

/** Reloads, and knows what is being reloaded. */
function useBusyReload() {
  const act = useReload();
  const [busy, setBusy] = useState<ReadonlySet<string>>(new Set());
  const reload = (name?: string) => {
    const key = name ?? everything;
    setBusy((old) => new Set([...old, key]));
    void act(name).finally(() => setBusy((old) => new Set([...old].filter((each) => each !== key))));
  };
  return { reload, busy };
}

interface CardProps {
  location: LocationFacts;
  isReloading: boolean;
  onReload: () => void;
}

function LocationCard({ location, isReloading, onReload }: CardProps) {
  return (
    <article className={styles.card} aria-label={location.name}>
      <header className={styles.head}>
        <h2>{location.name}</h2>
        <StatusBadge status={location.status} word={location.word} />
        <span className={`${styles.age} muted`}>
          <Ago at={location.updatedAt} />
        </span>
        <span className={styles.grow} />
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconRefresh size={13} />}
          loading={isReloading || location.status === "running"}
          aria-label={`Reload ${location.name}`}
          onClick={onReload}
        >
          Reload
        </Button>
      </header>
      <Source location={location} />
      {location.problem && (
        <ErrorCard
          problem={location.problem}
          title={
            location.isServingOld
              ? "The code as it is now cannot be loaded; that of before is served"
              : "The code cannot be loaded"
          }
        />
      )}
      {location.holds && <Holds name={location.name} holds={location.holds} />}
      {location.slowStartReasons.length > 0 && <SlowStart reasons={location.slowStartReasons} />}
    </article>
  );
}

function Source({ location: { source, folder, version } }: { location: LocationFacts }) {
  return (
    <p className={styles.source}>
      {source && <code title={source}>{source}</code>}
      {folder && !source?.startsWith(folder) && (
        <span className="muted">
          in <code title={folder}>{folder}</code>
        </span>
      )}
      {version && <span className="muted">dagster {version}</span>}
    </p>
  );
}

function Holds({ name, holds }: { name: string; holds: Holdings }) {
  return (
    <p className={styles.holds}>
      <Link to="/assets" search={{ q: `code_location:"${name}"` }}>
        <Count count={holds.assets} word="asset" />
      </Link>
      <Link to="/jobs" search={{ q: name }}>
        <Count count={holds.jobs} word="job" />
      </Link>
      <Link to="/automation" search={{ q: name, kind: "schedule" }}>
        <Count count={holds.schedules} word="schedule" />
      </Link>
      <Link to="/automation" search={{ q: name, kind: "sensor" }}>
        <Count count={holds.sensors} word="sensor" />
      </Link>
    </p>
  );
}

function Count({ count, word }: { count: number; word: string }) {
  return (
    <span className={count === 0 ? "faint" : undefined}>
      <strong className="number">{count}</strong> {count === 1 ? word : `${word}s`}
    </span>
  );
}

/** Why runs of this location begin slower than they could. */
function SlowStart({ reasons }: { reasons: readonly string[] }) {
  return (
    <div className={styles.slow}>
      <IconHourglassLow size={16} aria-hidden="true" />
      <div>
        <p>
          <strong>Its steps start slower than they could.</strong> Processes are started anew instead of
          forked, because:
        </p>
        <ul>
          {reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      </div>
    </div>
  );
}
