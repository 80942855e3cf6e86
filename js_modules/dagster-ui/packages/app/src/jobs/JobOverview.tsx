import { keyText, metadataItems, useQuestion } from "@dagster-ui/client";
import { ErrorState, MetadataList, Panel, Skeletons, Tag } from "@dagster-ui/kit";
import { IconBolt, IconClock } from "@tabler/icons-react";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { assetBox } from "../assets/boxes";
import { useAssets } from "../assets/use";
import { jobSelector } from "../launchpad/target";
import { metadataLinks } from "../shell/links";
import { startersOf } from "./facts";
import type { Job } from "./JobPage";
import styles from "./Jobs.module.css";
import { JobAssetsDocument, JobOpsDocument } from "./jobs.gql";
import { type Box, OpGraph } from "./OpGraph";

const route = getRouteApi("/jobs/$repository/$job");

interface OverviewProps {
  address: string;
  job: Job;
}

/** What the job does, and beside it what is known of it. */
export function JobOverview({ address, job }: OverviewProps) {
  return (
    <div className={styles.overview}>
      <div className={styles.graphPane}>
        {job.isAssetJob ? (
          <AssetsOfJob address={address} job={job} />
        ) : (
          <OpsOfJob address={address} job={job} />
        )}
      </div>
      <aside className={styles.side} aria-label="About the job">
        {job.description && <p className={styles.about}>{job.description}</p>}
        <StartedByPanel address={address} job={job} />
        <TagsPanel job={job} />
        {job.metadataEntries.length > 0 && (
          <Panel title="Metadata">
            <MetadataList items={metadataItems(job.metadataEntries)} links={metadataLinks} />
          </Panel>
        )}
      </aside>
    </div>
  );
}

function StartedByPanel({ address, job }: OverviewProps) {
  const starters = startersOf(job.schedules, job.sensors);
  return (
    <Panel title="Started by">
      {starters.length === 0 ? (
        <p className="muted">Nothing but you: no schedule or sensor asks for it.</p>
      ) : (
        <ul className={styles.list}>
          {starters.map((starter) => (
            <li key={starter.name}>
              {starter.kind === "schedule" ? <IconClock size={14} /> : <IconBolt size={14} />}
              <Link
                className="link ellipsis"
                to="/automation"
                search={{ focus: `${address}/${starter.name}` }}
              >
                {starter.name}
              </Link>
              {starter.isOn ? <span /> : <Tag>off</Tag>}
              {starter.kind === "schedule" && (
                <span className={`${styles.words} muted ellipsis`}>{starter.words}</span>
              )}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function TagsPanel({ job }: { job: Job }) {
  const owners = job.owners.map((owner) =>
    owner.__typename === "UserDefinitionOwner" ? owner.email : owner.team,
  );
  if (owners.length === 0 && job.tags.length === 0) return null;
  return (
    <Panel title="Tags and owners">
      <div className={styles.tagList}>
        {owners.map((owner) => (
          <Tag key={owner}>{owner}</Tag>
        ))}
        {job.tags.map((tag) => (
          <Tag key={tag.key}>
            {tag.key}: {tag.value}
          </Tag>
        ))}
      </div>
    </Panel>
  );
}

function OpsOfJob({ address, job }: OverviewProps) {
  const { graph } = route.useSearch();
  const { data, isLoading, problem, refresh } = useQuestion(JobOpsDocument, {
    selector: jobSelector(address, job.name),
    parent: graph ?? "",
  });
  const pipeline = data?.pipelineOrError;
  const boxes = useMemo(() => {
    if (pipeline?.__typename !== "Pipeline") return [];
    return pipeline.solidHandles.map(({ handleID, solid }): Box => {
      const { definition } = solid;
      const inner =
        definition.__typename === "CompositeSolidDefinition" ? definition.solids.length : undefined;
      return {
        key: solid.name,
        title: solid.name,
        subtitle: inner === undefined ? firstLine(definition.description) : `graph of ${inner} ops`,
        hint: definition.description ?? "",
        upstream: solid.inputs.flatMap((input) => input.dependsOn.map((output) => output.solid.name)),
        link: inner === undefined ? undefined : { to: ".", search: { graph: handleID } },
        isStack: inner !== undefined || solid.isDynamicMapped,
      };
    });
  }, [pipeline]);
  if (isLoading) return <Skeletons lines={8} height={18} />;
  if (!pipeline)
    return <ErrorState title="The ops could not be loaded" message={problem ?? ""} onRetry={refresh} />;
  return (
    <>
      {graph !== undefined && <GraphWay job={job.name} address={address} graph={graph} />}
      <OpGraph label={`Ops of ${graph ?? job.name}`} boxes={boxes} />
    </>
  );
}

/** From the job down to the graph that is shown. */
function GraphWay({ job, address, graph }: { job: string; address: string; graph: string }) {
  const steps = graph.split(".");
  const params = { repository: address, job };
  return (
    <nav className={styles.way} aria-label="Graphs around this one">
      <Link className="link" to="/jobs/$repository/$job" params={params}>
        {job}
      </Link>
      {steps.map((step, index) => {
        const handle = steps.slice(0, index + 1).join(".");
        return (
          <span key={handle}>
            <span className="faint"> / </span>
            {handle === graph ? (
              <span aria-current="true">{step}</span>
            ) : (
              <Link className="link" to="/jobs/$repository/$job" params={params} search={{ graph: handle }}>
                {step}
              </Link>
            )}
          </span>
        );
      })}
    </nav>
  );
}

function AssetsOfJob({ address, job }: OverviewProps) {
  const assets = useAssets();
  const { data, isLoading, problem, refresh } = useQuestion(JobAssetsDocument, {
    selector: jobSelector(address, job.name),
  });
  const boxes = useMemo(
    () => (data?.assetNodes ?? []).map((node) => assetBox(assets, keyText(node.assetKey))),
    [data, assets],
  );
  if (isLoading) return <Skeletons lines={8} height={18} />;
  if (!data)
    return <ErrorState title="The assets could not be loaded" message={problem ?? ""} onRetry={refresh} />;
  return <OpGraph label={`Assets of ${job.name}`} boxes={boxes} />;
}

function firstLine(text: string | null): string {
  return (text ?? "").trim().split("\n")[0] ?? "";
}
