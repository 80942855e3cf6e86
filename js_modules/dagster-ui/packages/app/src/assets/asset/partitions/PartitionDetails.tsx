import { keyText, metadataItems, statusOfRun, useQuestion, wordOfRun } from "@dagster-ui/client";
import { Ago, MetadataList, Panel, Skeletons, StatusBadge, StatusWord } from "@dagster-ui/kit";
import { useEffect, useMemo, useState } from "react";
import { useFresh } from "../../../live/fresh";
import { metadataLinks, RunLink } from "../../../shell/links";
import type { AssetFacts } from "../../facts";
import { PartitionChecks } from "../checks/PartitionChecks";
import { Failure } from "../Failure";
import { Reasons } from "../Staleness";
import styles from "./Partitions.module.css";
import { PartitionDetailsDocument } from "./partitions.gql";
import { isAbout, type Partitioning, partitionKey, type View } from "./use";

interface PartitionDetailsProps {
  facts: AssetFacts;
  partitioning: Partitioning;
  view: View;
  place: { readonly row: number; readonly column: number };
}

/** What is known of one partition. */
export function PartitionDetails({ facts, partitioning, view, place }: PartitionDetailsProps) {
  const [key, setKey] = useState<string | undefined>(undefined);
  const { row, column } = place;
  useEffect(() => {
    let isCurrent = true;
    void partitionKey(partitioning, view, { row, column }).then((next) => isCurrent && setKey(next));
    return () => {
      isCurrent = false;
    };
  }, [partitioning, view, row, column]);
  if (key === undefined) return null;
  return <OfKey facts={facts} partition={key} />;
}

function OfKey({ facts, partition }: { facts: AssetFacts; partition: string }) {
  const variables = useMemo(
    () => ({ assetKey: { path: [...facts.path] }, partition }),
    [facts.path, partition],
  );
  const { data, refresh } = useQuestion(PartitionDetailsDocument, variables);
  useFresh(refresh, (changes) => isAbout(changes, facts.key));
  const node = data?.assetNodeOrError.__typename === "AssetNode" ? data.assetNodeOrError : undefined;
  const made = node?.latestMaterializationByPartition[0] ?? undefined;
  const run = node?.latestRunForPartition ?? undefined;
  const isFailed = run?.status === "FAILURE" && run.id !== made?.runId;
  return (
    <Panel
      title={partition}
      actions={node?.staleStatus === "STALE" && <StatusBadge status="stale" word="Out of date" />}
    >
      {!node ? (
        <Skeletons lines={4} />
      ) : (
        <div className={styles.stack}>
          <Reasons causes={node.staleCauses} itself={keyText({ path: facts.path })} />
          <dl className={styles.facts}>
            <dt>Materialized</dt>
            <dd>{made ? <Ago at={Number(made.timestamp)} /> : "never"}</dd>
            {made && made.runId !== "" && <dt>By run</dt>}
            {made && made.runId !== "" && (
              <dd>
                <RunLink runId={made.runId} />
              </dd>
            )}
            {run && <dt>Latest run</dt>}
            {run && (
              <dd>
                <StatusWord status={statusOfRun(run.status)} word={wordOfRun(run.status)} />{" "}
                <RunLink runId={run.id} />
              </dd>
            )}
            {node.dataVersion !== null && <dt>Data version</dt>}
            {node.dataVersion !== null && (
              <dd>
                <code title={node.dataVersion}>{shortened(node.dataVersion)}</code>
              </dd>
            )}
          </dl>
          {isFailed && <Failure runId={run.id} steps={[]} />}
          {facts.hasChecks && <PartitionChecks facts={facts} partition={partition} />}
          {made && made.metadataEntries.length > 0 && (
            <MetadataList items={metadataItems(made.metadataEntries)} links={metadataLinks} />
          )}
        </div>
      )}
    </Panel>
  );
}

function shortened(version: string): string {
  return version.length > 20 ? `${version.slice(0, 12)}…` : version;
}
