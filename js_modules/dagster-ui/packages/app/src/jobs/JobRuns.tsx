import { statusOfRun, wordOfRun } from "@dagster-ui/client";
import { Ago, type Column, Duration, EmptyState, StatusWord, Tag, VirtualTable } from "@dagster-ui/kit";
import { IconPlayerPlay } from "@tabler/icons-react";
import { Link, useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { ownTags } from "../launchpad/target";
import { useRowHeight } from "../settings/settings";
import { LinkButton } from "../shell/LinkButton";
import type { Job } from "./JobPage";
import styles from "./Jobs.module.css";

type Run = Job["runs"][number];

/** The latest runs of the job; every one can be taken as the beginning of another. */
export function JobRuns({ address, job }: { address: string; job: Job }) {
  const navigate = useNavigate();
  const rowHeight = useRowHeight();
  const columns = useMemo(() => columnsOf(address, job.name), [address, job.name]);
  if (job.runs.length === 0) {
    return (
      <EmptyState
        title="This job never ran"
        icon={<IconPlayerPlay size={22} />}
        actions={
          <LinkButton
            to="/jobs/$repository/$job"
            params={{ repository: address, job: job.name }}
            search={{ tab: "launchpad" }}
          >
            Open the launchpad
          </LinkButton>
        }
      >
        Its runs will be listed here as soon as something starts it.
      </EmptyState>
    );
  }
  return (
    <div className={styles.runs}>
      <VirtualTable
        label={`Runs of ${job.name}`}
        columns={columns}
        rows={job.runs}
        rowKey={(run) => run.id}
        rowHeight={rowHeight}
        onOpen={(run) => void navigate({ to: "/runs/$runId", params: { runId: run.id } })}
        footer={
          job.runs.length === 30 && (
            <p className={styles.footer}>
              <Link className="link" to="/runs" search={{ job: job.name }}>
                All runs of {job.name}
              </Link>
            </p>
          )
        }
      />
    </div>
  );
}

function columnsOf(address: string, job: string): Column<Run>[] {
  return [
    {
      id: "status",
      header: "Status",
      width: "110px",
      cell: (run) => <StatusWord status={statusOfRun(run.status)} word={wordOfRun(run.status)} />,
    },
    {
      id: "run",
      header: "Run",
      width: "80px",
      cell: (run) => (
        <Link className="link mono" to="/runs/$runId" params={{ runId: run.id }}>
          {run.id.slice(0, 8)}
        </Link>
      ),
    },
    {
      id: "time",
      header: "Created",
      width: "minmax(80px, 110px)",
      cell: (run) => <Ago at={run.creationTime * 1000} />,
    },
    {
      id: "duration",
      header: "Took",
      width: "80px",
      align: "end",
      fromWidth: 480,
      cell: (run) =>
        run.startTime === null ? (
          <span className="faint">–</span>
        ) : (
          <Duration
            start={run.startTime * 1000}
            end={run.endTime === null ? undefined : run.endTime * 1000}
          />
        ),
    },
    {
      id: "by",
      header: "Started by",
      width: "minmax(110px, 1fr)",
      fromWidth: 640,
      cell: (run) => <StartedBy address={address} run={run} />,
    },
    {
      id: "tags",
      header: "Tags",
      width: "minmax(100px, 2fr)",
      fromWidth: 860,
      cell: (run) => (
        <span className={styles.tags}>
          {ownTags(run.tags).map((tag) => (
            <Tag key={tag.key} title={`${tag.key}: ${tag.value}`}>
              {tag.key}: {tag.value}
            </Tag>
          ))}
        </span>
      ),
    },
    {
      id: "again",
      header: "",
      width: "92px",
      align: "end",
      fromWidth: 480,
      cell: (run) => (
        <Link
          className={styles.launch}
          to="/jobs/$repository/$job"
          params={{ repository: address, job }}
          search={{ tab: "launchpad", from: run.id }}
          title="Open the launchpad with the configuration of this run"
          aria-label={`Configure another run like ${run.id.slice(0, 8)}`}
        >
          Configure
        </Link>
      ),
    },
  ];
}

function StartedBy({ address, run }: { address: string; run: Run }) {
  const tag = (key: string) => run.tags.find((each) => each.key === key)?.value;
  const name = tag("dagster/schedule_name") ?? tag("dagster/sensor_name");
  if (name === undefined)
    return <span className="muted">{tag("dagster/backfill") ? "backfill" : "by hand"}</span>;
  return (
    <Link className="ellipsis" to="/automation" search={{ focus: `${address}/${name}` }}>
      {name}
    </Link>
  );
}
