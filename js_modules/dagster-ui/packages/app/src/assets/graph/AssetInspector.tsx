import { Ago, Inspector, StatusBadge, StatusMark, StatusWord, Tag } from "@dagster-ui/kit";
import { Button } from "@mantine/core";
import { IconArrowUpRight, IconPlayerPlay } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { LinkButton } from "../../shell/LinkButton";
import {
  type AssetFacts,
  type AssetState,
  causeText,
  checksStatus,
  checksText,
  partitionsText,
  wordOfAsset,
} from "../facts";
import { useMaterialize } from "../launching";
import { neighboursOf } from "../neighbours";
import { type Assets, stateOf } from "../store";
import styles from "./AssetsGraph.module.css";

/** What one wants to know of an asset without leaving the graph. */
export function AssetInspector({
  assets,
  facts,
  onClose,
}: {
  assets: Assets;
  facts: AssetFacts;
  onClose: () => void;
}) {
  const materialize = useMaterialize();
  const state = stateOf(assets, facts.key);
  const { upstream, downstream } = neighboursOf(assets, facts.key);
  return (
    <Inspector title={<strong>{facts.key}</strong>} onClose={onClose}>
      <div className={styles.facts}>
        <div className={styles.line}>
          <StatusBadge status={state.status} word={wordOfAsset(state.status)} />
          {state.materializedAt !== undefined && (
            <span className="muted">
              <Ago at={state.materializedAt} />
            </span>
          )}
        </div>
        <Standing state={state} name={facts.key} />
        {facts.description && <p>{facts.description}</p>}
        <div className={styles.actions}>
          {facts.isMaterializable && !facts.isPartitioned && (
            <Button leftSection={<IconPlayerPlay size={14} />} onClick={() => void materialize([facts])}>
              Materialize
            </Button>
          )}
          {facts.isMaterializable && facts.isPartitioned && (
            <LinkButton
              leftSection={<IconPlayerPlay size={14} />}
              to="/assets/$"
              params={{ _splat: facts.key }}
              search={{ tab: "partitions" }}
            >
              Choose partitions
            </LinkButton>
          )}
          <LinkButton
            variant="default"
            rightSection={<IconArrowUpRight size={14} />}
            to="/assets/$"
            params={{ _splat: facts.key }}
          >
            Open
          </LinkButton>
          {state.runId !== undefined && (
            <LinkButton variant="default" to="/runs/$runId" params={{ runId: state.runId }}>
              {state.status === "failed" ? "Failed run" : "Last run"}
            </LinkButton>
          )}
        </div>
        {facts.kinds.length > 0 && (
          <div className={styles.line}>
            {facts.kinds.map((kind) => (
              <Tag key={kind}>{kind}</Tag>
            ))}
          </div>
        )}
        <Neighbours title="Upstream" assets={assets} keys={upstream} />
        <Neighbours title="Downstream" assets={assets} keys={downstream} />
      </div>
    </Inspector>
  );
}

/** Partitions, checks and why it is out of date, each with a link to more. */
function Standing({ state, name }: { state: AssetState; name: string }) {
  const status = checksStatus(state);
  const partitions = partitionsText(state);
  return (
    <>
      {partitions !== undefined && (
        <Link className="link" to="/assets/$" params={{ _splat: name }} search={{ tab: "partitions" }}>
          {partitions} partitions
        </Link>
      )}
      {status !== undefined && (
        <Link to="/assets/$" params={{ _splat: name }} search={{ tab: "checks" }}>
          <StatusWord status={status} word={checksText(state) ?? "Checks passed"} />
        </Link>
      )}
      {state.status === "stale" && (
        <ul className={styles.causes}>
          {state.causes.slice(0, 3).map((cause) => (
            <li key={JSON.stringify(cause)}>{causeText(cause, name)}</li>
          ))}
        </ul>
      )}
    </>
  );
}

function Neighbours({ title, assets, keys }: { title: string; assets: Assets; keys: readonly string[] }) {
  if (keys.length === 0) return null;
  return (
    <section>
      <h3>
        {title} {keys.length > 1 && keys.length}
      </h3>
      <ul className={styles.neighbours}>
        {keys.map((key) => (
          <li key={key}>
            <Link to="/assets" search={(old) => ({ ...old, focus: key })} replace>
              <StatusMark status={stateOf(assets, key).status} />
              <span className="ellipsis">{key}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
