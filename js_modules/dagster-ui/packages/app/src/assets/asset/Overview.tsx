import type { AssetQuery } from "@dagster-ui/client/schema";
import { Ago, Markdown, MetadataList, Panel, Plot, Sparkline, Tag } from "@dagster-ui/kit";
import { Link } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { metadataLinks, RunLink } from "../../shell/links";
import type { AssetFacts } from "../facts";
import { queryBy } from "../selecting";
import { type Assets, stateOf } from "../store";
import styles from "./AssetPage.module.css";
import { assetEvents, metadataTrends } from "./events";
import { Failure } from "./Failure";
import { Neighbours } from "./Neighbours";
import { Reasons } from "./Staleness";

type Asset = Extract<AssetQuery["assetOrError"], { __typename: "Asset" }>;

interface OverviewProps {
  name: string;
  facts: AssetFacts | undefined;
  assets: Assets;
  asset: Asset;
}

/** How the asset stands, what its latest value carried, what it is made from and what it feeds. */
export function Overview({ name, facts, assets, asset }: OverviewProps) {
  const state = stateOf(assets, name);
  return (
    <div className={styles.columns}>
      <div className={styles.column}>
        {state.status === "failed" && state.runId !== undefined && (
          <Failure runId={state.runId} steps={asset.definition?.opNames ?? []} />
        )}
        {state.status === "stale" && <Reasons causes={state.causes} itself={name} />}
        <Latest asset={asset} />
        <Neighbours name={name} assets={assets} />
      </div>
      <div className={styles.column}>
        {asset.definition?.description && (
          <Panel title="Description">
            <Markdown text={asset.definition.description} />
          </Panel>
        )}
        {facts && <FactsPanel facts={facts} />}
      </div>
    </div>
  );
}

function Latest({ asset }: { asset: Asset }) {
  const latest = useMemo(() => assetEvents(asset).find((event) => event.kind === "materialization"), [asset]);
  const trends = useMemo(() => metadataTrends(asset), [asset]);
  const [plotted, setPlotted] = useState<string | undefined>(undefined);
  if (!latest) {
    return (
      <Panel title="Latest materialization">
        <p className="muted">
          {asset.definition
            ? "Never materialized by this instance. What it reports appears here as soon as it is."
            : "Never materialized here: it is made elsewhere, and no materialization was reported."}
        </p>
      </Panel>
    );
  }
  const points = plotted === undefined ? undefined : trends.get(plotted);
  return (
    <Panel
      title="Latest materialization"
      actions={
        <span className={styles.when}>
          <Ago at={latest.at} />
          <RunLink runId={latest.runId} />
        </span>
      }
    >
      {plotted !== undefined && points && (
        <div className={styles.plot}>
          <Plot points={points} label={plotted} height={190} />
        </div>
      )}
      {latest.metadata.length === 0 ? (
        <p className="muted">This materialization reported no metadata.</p>
      ) : (
        <MetadataList
          items={latest.metadata}
          links={metadataLinks}
          extra={(item) => {
            const trend = trends.get(item.label);
            if (item.value.kind !== "number" || !trend || trend.length < 2) return null;
            const isShown = plotted === item.label;
            return (
              <button
                type="button"
                className={styles.trend}
                aria-pressed={isShown}
                onClick={() => setPlotted(isShown ? undefined : item.label)}
                title={isShown ? "Hide the plot" : "Plot it over time"}
              >
                <Sparkline
                  values={trend.map(([, value]) => value)}
                  label={`${item.label} over ${trend.length} materializations`}
                />
              </button>
            );
          }}
        />
      )}
    </Panel>
  );
}

function FactsPanel({ facts }: { facts: AssetFacts }) {
  return (
    <Panel title="Facts">
      <dl className={styles.facts}>
        <dt>Group</dt>
        <dd>
          <Link className="link" to="/assets" search={{ q: `group:"${facts.group}"`, view: "graph" }}>
            {facts.group}
          </Link>
        </dd>
        <dt>Location</dt>
        <dd>
          <Link className="link" to="/locations">
            {facts.address}
          </Link>
        </dd>
        {facts.kinds.length > 0 && <dt>Kinds</dt>}
        {facts.kinds.length > 0 && (
          <dd className={styles.tags}>
            {facts.kinds.map((kind) => (
              <Link key={kind} to="/assets" search={{ q: queryBy("kind", kind) }}>
                <Tag>{kind}</Tag>
              </Link>
            ))}
          </dd>
        )}
        {facts.owners.length > 0 && <dt>Owners</dt>}
        {facts.owners.length > 0 && (
          <dd className={styles.tags}>
            {facts.owners.map((owner) => (
              <Link key={owner} className="link" to="/assets" search={{ q: queryBy("owner", owner) }}>
                {owner}
              </Link>
            ))}
          </dd>
        )}
        {facts.tags.length > 0 && <dt>Tags</dt>}
        {facts.tags.length > 0 && (
          <dd className={styles.tags}>
            {facts.tags.map((tag) => (
              <Link key={tag.key} to="/assets" search={{ q: queryBy("tag", tag.key, tag.value) }}>
                <Tag>{tag.value === "" ? tag.key : `${tag.key}: ${tag.value}`}</Tag>
              </Link>
            ))}
          </dd>
        )}
        {facts.jobs.length > 0 && <dt>Jobs</dt>}
        {facts.jobs.length > 0 && (
          <dd className={styles.tags}>
            {facts.jobs.map((job) => (
              <Link
                key={job}
                className="link"
                to="/jobs/$repository/$job"
                params={{ repository: facts.address, job }}
              >
                {job}
              </Link>
            ))}
          </dd>
        )}
      </dl>
    </Panel>
  );
}
