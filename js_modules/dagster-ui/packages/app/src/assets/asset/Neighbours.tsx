import { Panel } from "@dagster-ui/kit";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { OpGraph } from "../../jobs/OpGraph";
import { assetBox } from "../boxes";
import { neighboursOf } from "../neighbours";
import type { Assets } from "../store";
import styles from "./AssetPage.module.css";

/** On each side so many neighbours are drawn; the whole lineage has the others. */
const mostDrawn = 6;

/** What the asset is made from and what it feeds, drawn; each box leads to its asset. */
export function Neighbours({ name, assets }: { name: string; assets: Assets }) {
  const { upstream, downstream } = neighboursOf(assets, name);
  const boxes = useMemo(
    () =>
      [...upstream.slice(0, mostDrawn), name, ...downstream.slice(0, mostDrawn)].map((key) => ({
        ...assetBox(assets, key),
        isCurrent: key === name,
      })),
    [assets, name, upstream, downstream],
  );
  const isAlone = upstream.length + downstream.length === 0;
  return (
    <Panel
      title="Lineage"
      flush={!isAlone}
      actions={
        !isAlone && (
          <Link className="link" to="/assets" search={{ view: "graph", q: `+key:"${name}"+`, focus: name }}>
            Open in the graph
          </Link>
        )
      }
    >
      {isAlone ? (
        <p className="muted">No asset lies upstream or downstream of it.</p>
      ) : (
        <>
          <OpGraph label={`Neighbours of ${name}`} boxes={boxes} />
          <Others upstream={upstream.length - mostDrawn} downstream={downstream.length - mostDrawn} />
        </>
      )}
    </Panel>
  );
}

/** How many are not drawn; nothing when all are. */
function Others({ upstream, downstream }: { upstream: number; downstream: number }) {
  const sides = [
    ...(upstream > 0 ? [`${upstream} more upstream`] : []),
    ...(downstream > 0 ? [`${downstream} more downstream`] : []),
  ];
  if (sides.length === 0) return null;
  return <p className={styles.others}>And {sides.join(", and ")}.</p>;
}
