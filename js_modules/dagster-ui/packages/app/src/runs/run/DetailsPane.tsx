import { repositoryAddress, statusOfRun, useQuestion, wordOfRun } from "@dagster-ui/client";
import { Code, CopyButton, Panel, type Status, StatusMark, Tag, Time } from "@dagster-ui/kit";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { useAssets } from "../../assets/use";
import { isOfAssets, shortId } from "../facts";
import type { Entry } from "./entries";
import type { RunDetails } from "./RunPage";
import { RunGroupDocument } from "./run.gql";
import styles from "./run.module.css";

/** The config with which the run began, as YAML. */
export function ConfigPane({ run }: { run: RunDetails }) {
  const isEmpty = run.runConfigYaml.trim() === "{}";
  return (
    <div className={styles.pane}>
      <div className={styles.code}>
        {isEmpty ? (
          <p className="muted">This run has no config.</p>
        ) : (
          <Code text={run.runConfigYaml.trimEnd()} />
        )}
      </div>
    </div>
  );
}

/** Where the run comes from, its tags, the assets that it makes and the runs of the same chain. */
export function DetailsPane({ run, entries }: { run: RunDetails; entries: readonly Entry[] }) {
  return (
    <div className={styles.columns}>
      <Panel title="Facts">
        <dl className={styles.facts}>
          <dt>Id</dt>
          <dd className="mono">
            {run.id} <CopyButton text={run.id} label="Copy the id" />
          </dd>
          <dt>Job</dt>
          <dd>
            <Link className="link" to="/runs" search={{ job: run.jobName }}>
              {isOfAssets(run) ? "Assets of the location" : run.jobName}
            </Link>
          </dd>
          {run.repositoryOrigin && (
            <>
              <dt>Location</dt>
              <dd>
                {repositoryAddress({
                  name: run.repositoryOrigin.repositoryName,
                  location: { name: run.repositoryOrigin.repositoryLocationName },
                })}
              </dd>
            </>
          )}
          <dt>Created</dt>
          <dd>
            <Time at={run.creationTime * 1000} />
          </dd>
          {run.startTime !== null && (
            <>
              <dt>Started</dt>
              <dd>
                <Time at={run.startTime * 1000} />
              </dd>
            </>
          )}
          {run.endTime !== null && (
            <>
              <dt>Ended</dt>
              <dd>
                <Time at={run.endTime * 1000} />
              </dd>
            </>
          )}
        </dl>
      </Panel>
      <Tags run={run} />
      <RunAssets run={run} entries={entries} />
      <Chain run={run} />
    </div>
  );
}

function Tags({ run }: { run: RunDetails }) {
  if (run.tags.length === 0) return null;
  return (
    <Panel title="Tags">
      <dl className={styles.facts}>
        {run.tags.map(({ key, value }) => [
          <dt key={key} className="mono">
            {key}
          </dt>,
          <dd key={`${key}=`} className="mono">
            <Link className="link" to="/runs" search={{ tag: [`${key}=${value}`] }}>
              {value === "" ? "(empty)" : value}
            </Link>
          </dd>,
        ])}
      </dl>
    </Panel>
  );
}

/** What was to be made, and what has been. */
function RunAssets({ run, entries }: { run: RunDetails; entries: readonly Entry[] }) {
  const { byKey } = useAssets();
  const made = useMemo(
    () => new Set(entries.flatMap((each) => (each.event === "ASSET_MATERIALIZATION" ? [each.asset] : []))),
    [entries],
  );
  const keys = useMemo(() => {
    const told = entries.flatMap((each) => (each.asset === undefined ? [] : [each.asset]));
    return [...new Set([...told, ...run.assets.map((asset) => asset.key.path.join("/"))])].sort();
  }, [entries, run.assets]);
  if (keys.length === 0) return null;
  return (
    <Panel title={`Assets (${keys.length})`}>
      <ul className={styles.list}>
        {keys.map((key) => (
          <li key={key} className={styles.row}>
            <StatusMark {...standingIn(run, made.has(key))} />
            <Link className="link ellipsis" to="/assets/$" params={{ _splat: key }}>
              {key}
            </Link>
            {byKey.get(key)?.group && <Tag>{byKey.get(key)?.group}</Tag>}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** What the run did for an asset; what a failed one did not make, it failed to make. */
function standingIn(run: RunDetails, isMade: boolean): { status: Status; label: string } {
  if (isMade) return { status: "ok", label: "Materialized in this run" };
  const status = statusOfRun(run.status);
  return { status: status === "ok" ? "missing" : status, label: "Not materialized in this run" };
}

/** The runs that execute the same thing again, the first one first. */
function Chain({ run }: { run: RunDetails }) {
  const { data } = useQuestion(RunGroupDocument, { runId: run.id });
  const group = data?.runGroupOrError;
  const runs = group?.__typename === "RunGroup" ? (group.runs ?? []).flatMap((each) => each ?? []) : [];
  if (runs.length < 2) return null;
  return (
    <Panel title={`Executed again (${runs.length} runs)`}>
      <ul className={styles.list}>
        {[...runs]
          .sort((one, other) => one.creationTime - other.creationTime)
          .map((each) => (
            <li key={each.id} className={styles.row}>
              <StatusMark status={statusOfRun(each.status)} label={wordOfRun(each.status)} />
              {each.id === run.id ? (
                <span className="mono">{shortId(each.id)} (this one)</span>
              ) : (
                <Link className="link mono" to="/runs/$runId" params={{ runId: each.id }}>
                  {shortId(each.id)}
                </Link>
              )}
              <span className="muted">
                <Time at={each.creationTime * 1000} />
              </span>
            </li>
          ))}
      </ul>
    </Panel>
  );
}
