import { EmptyState, type Status, StatusMark } from "@dagster-ui/kit";
import { useElementSize } from "@mantine/hooks";
import { Link, type LinkProps } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import styles from "./OpGraph.module.css";
import { boxSize, drawOps } from "./opgraph";

/** A box of the graph: what it says, and where it leads. */
export interface Box {
  readonly key: string;
  readonly title: string;
  readonly subtitle: string;
  readonly hint: string;
  readonly upstream: readonly string[];
  readonly status?: Status;
  readonly link?: Pick<LinkProps, "to" | "params" | "search">;
  /** Stands for several: a graph, or an op that runs once per value. */
  readonly isStack?: boolean;
  /** What the page is about. */
  readonly isCurrent?: boolean;
}

const margin = 24;

/** A graph that is wider than its place is drawn smaller, as far as it can be read. */
const leastScale = 0.62;

/** A graph small enough for real elements: every box can be reached by keyboard and read aloud. */
export function OpGraph({ label, boxes }: { label: string; boxes: readonly Box[] }) {
  const drawing = useMemo(() => drawOps(boxes), [boxes]);
  const [near, setNear] = useState<string>();
  const { ref, width } = useElementSize();
  const full = { width: drawing.width + 2 * margin, height: drawing.height + 2 * margin };
  const scale = width === 0 ? 1 : Math.max(leastScale, Math.min(1, width / full.width));
  const byKey = useMemo(() => new Map(boxes.map((box) => [box.key, box])), [boxes]);
  if (boxes.length === 0)
    return <EmptyState title="Nothing to draw">This job holds no ops and no assets.</EmptyState>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard
    <section ref={ref} className={styles.scroll} aria-label={label} tabIndex={0}>
      <div className={styles.frame} style={{ width: full.width * scale, height: full.height * scale }}>
        <div className={styles.graph} style={{ ...full, transform: `scale(${scale})` }}>
          <svg {...full} aria-hidden="true">
            <g transform={`translate(${margin} ${margin})`}>
              {drawing.paths.map((path) => (
                <path
                  key={`${path.from}→${path.to}`}
                  d={path.d}
                  className={path.from === near || path.to === near ? styles.near : undefined}
                />
              ))}
            </g>
          </svg>
          <ul>
            {drawing.nodes.map(({ key, x, y }) => {
              const box = byKey.get(key);
              if (!box) return null;
              return (
                <li
                  key={key}
                  style={{ left: x + margin, top: y + margin, ...boxSize }}
                  onMouseEnter={() => setNear(key)}
                  onMouseLeave={() => setNear(undefined)}
                  onFocus={() => setNear(key)}
                  onBlur={() => setNear(undefined)}
                >
                  <BoxFace box={box} />
                </li>
              );
            })}
          </ul>
        </div>
      </div>
    </section>
  );
}

function BoxFace({ box }: { box: Box }) {
  const face = (
    <>
      {box.status && <StatusMark status={box.status} />}
      <span className={styles.words}>
        <span className={`${styles.title} ellipsis`}>{box.title}</span>
        {box.subtitle !== "" && <span className={`${styles.subtitle} ellipsis`}>{box.subtitle}</span>}
      </span>
    </>
  );
  const className = `${styles.box} ${box.isStack ? styles.stack : ""} ${box.isCurrent ? styles.current : ""}`;
  const title = box.hint === "" ? box.title : `${box.title}\n${box.hint}`;
  if (!box.link || box.isCurrent)
    return (
      <div className={className} title={title}>
        {face}
      </div>
    );
  return (
    <Link {...box.link} className={`${className} ${styles.leads}`} title={title}>
      {face}
    </Link>
  );
}
