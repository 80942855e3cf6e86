import { Ago, type Column, StatusWord, useNow, VirtualTable } from "@dagster-ui/kit";
import { Switch } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconBolt, IconClock } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useRowHeight } from "../settings/settings";
import styles from "./Automation.module.css";
import { type Instigator, tickWords } from "./facts";
import { useSwitch } from "./switching";

interface TableProps {
  rows: readonly Instigator[];
  focused: string | undefined;
  onFocus: (key: string) => void;
}

/** One row per schedule or sensor; a narrow screen gives each two lines, so that an error is read there too. */
export function AutomationTable({ rows, focused, onFocus }: TableProps) {
  const isNarrow = useMediaQuery("(max-width: 900px)") ?? false;
  const rowHeight = useRowHeight();
  const columns = useMemo(
    () => (isNarrow ? narrowColumns(focused) : wideColumns(focused)),
    [isNarrow, focused],
  );
  return (
    <VirtualTable
      label="Schedules and sensors"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.key}
      rowHeight={isNarrow ? 58 : rowHeight}
      onOpen={(row) => onFocus(row.key)}
    />
  );
}

function wideColumns(focused: string | undefined): Column<Instigator>[] {
  return [
    { id: "on", header: "On", width: "38px", cell: (row) => <OnOff of={row} /> },
    {
      id: "name",
      header: "Name",
      width: "minmax(150px, 2fr)",
      cell: (row) => <Name of={row} isFocused={row.key === focused} />,
    },
    {
      id: "cadence",
      header: "When",
      width: "minmax(110px, 1.3fr)",
      cell: (row) => (
        <span className="muted" title={row.cron ?? row.cadence}>
          {row.cadence}
        </span>
      ),
    },
    { id: "next", header: "Next tick", width: "84px", cell: (row) => <Next of={row} /> },
    { id: "last", header: "Last tick", width: "minmax(220px, 3fr)", cell: (row) => <LastTick of={row} /> },
    {
      id: "job",
      header: "Starts",
      width: "minmax(80px, 1fr)",
      fromWidth: 860,
      cell: (row) => <Jobs of={row} />,
    },
    {
      id: "location",
      header: "Location",
      width: "minmax(80px, 1fr)",
      fromWidth: 1100,
      cell: (row) => <span className="muted">{row.address}</span>,
    },
  ];
}

function narrowColumns(focused: string | undefined): Column<Instigator>[] {
  return [
    { id: "on", header: "On", width: "38px", cell: (row) => <OnOff of={row} /> },
    {
      id: "name",
      header: "Name and last tick",
      width: "minmax(0, 1fr)",
      cell: (row) => (
        <span className={styles.twoLines}>
          <Name of={row} isFocused={row.key === focused} />
          <LastTick of={row} />
        </span>
      ),
    },
    { id: "next", header: "Next tick", width: "66px", align: "end", cell: (row) => <Next of={row} /> },
  ];
}

/** The switch in its place. It shows what is wanted at once and returns when the server refuses. */
export function OnOff({ of }: { of: Instigator }) {
  const turn = useSwitch();
  const [wanted, setWanted] = useState<boolean>();
  const change = async (next: boolean) => {
    setWanted(next);
    await turn(of, next);
    setWanted(undefined);
  };
  return (
    <Switch
      size="xs"
      aria-label={`${of.name} is on`}
      checked={wanted ?? of.isOn}
      disabled={wanted !== undefined}
      onChange={(event) => void change(event.currentTarget.checked)}
    />
  );
}

function Name({ of, isFocused }: { of: Instigator; isFocused: boolean }) {
  return (
    <span className={styles.name}>
      {of.kind === "schedule" ? (
        <IconClock size={14} aria-label="Schedule" />
      ) : (
        <IconBolt size={14} aria-label="Sensor" />
      )}
      <Link
        from="/automation"
        to="."
        search={(old) => ({ ...old, focus: of.key })}
        className="ellipsis"
        title={of.description === "" ? of.name : `${of.name}\n${of.description}`}
        aria-current={isFocused ? "true" : undefined}
      >
        {of.name}
      </Link>
    </span>
  );
}

function Next({ of }: { of: Instigator }) {
  const now = useNow();
  if (!of.isOn) return <span className="faint">off</span>;
  if (of.nextTick === undefined) return <span className="faint">–</span>;
  return of.nextTick <= now ? <span className="muted">due</span> : <Ago at={of.nextTick} />;
}

/** What the last tick said: its error at once, or why it asked for nothing. */
function LastTick({ of }: { of: Instigator }) {
  const tick = of.lastTick;
  if (!tick) return <span className="faint">Never</span>;
  const words = tickWords(tick);
  return (
    <span className={styles.lastTick}>
      <TickWord of={of} />
      <span className={styles.when}>
        <Ago at={tick.at} />
      </span>
      {words !== "" && (
        <span className={`ellipsis ${tick.status === "failed" ? styles.failed : "muted"}`} title={words}>
          {words}
        </span>
      )}
    </span>
  );
}

function TickWord({ of: { lastTick: tick } }: { of: Instigator }) {
  if (!tick) return null;
  const word = <StatusWord status={tick.status} word={tick.word} />;
  const run = tick.runIds.length === 1 ? tick.runIds[0] : undefined;
  return run === undefined ? (
    word
  ) : (
    <Link to="/runs/$runId" params={{ runId: run }} title="See the run">
      {word}
    </Link>
  );
}

function Jobs({ of }: { of: Instigator }) {
  if (of.jobs.length === 0) return <span className="faint">assets</span>;
  return (
    <span className={styles.jobs}>
      {of.jobs.map((job) => (
        <Link
          key={job}
          to="/jobs/$repository/$job"
          params={{ repository: of.address, job }}
          className="ellipsis"
        >
          {job}
        </Link>
      ))}
    </span>
  );
}
