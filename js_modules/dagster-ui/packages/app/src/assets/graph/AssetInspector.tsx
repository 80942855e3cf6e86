import { Ago, Inspector, StatusBadge, StatusMark, Tag } from "@dagster-ui/kit";
import { Button } from "@mantine/core";
import { IconArrowUpRight, IconPlayerPlay } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { LinkButton } from "../../shell/LinkButton";
import { type AssetFacts, wordOfAsset } from "../facts";
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
        {state.reasons.length > 0 && <p className="muted">{state.reasons.join(", ")}.</p>}
        {facts.description && <p>{facts.description}</p>}
        <div className={styles.actions}>
          {facts.isMaterializable && !facts.isPartitioned && (
            <Button leftSection={<IconPlayerPlay size={14} />} onClick={() => void materialize([facts])}>
              Materialize
            </Button>
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
              {state.status === "failed" ? "See the failed run" : "See the run"}
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
        <Neighbours title="Made from" assets={assets} keys={upstream} />
        <Neighbours title="Feeds" assets={assets} keys={downstream} />
      </div>
    </Inspector>
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
