import type { ReactNode } from "react";
import { tokenVariable } from "../theme/tokens";
import styles from "./StatusMark.module.css";
import { countStatuses, type Shape, type Status, statusFacts } from "./statuses";

/** The shape of a status in its colour; say the word beside it, or give a `label` for those who do not see it. */
export function StatusMark({ status, size = 14, label }: { status: Status; size?: number; label?: string }) {
  const { shape, colour } = statusFacts[status];
  const hidden = label === undefined;
  return (
    <svg
      className={styles.mark}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      style={{ color: `var(${tokenVariable(colour)})` }}
      role={hidden ? undefined : "img"}
      aria-hidden={hidden}
      aria-label={label}
    >
      {drawings[shape]}
    </svg>
  );
}

/** Shape, colour and word as one pill. */
export function StatusBadge({ status, word }: { status: Status; word?: string }) {
  const facts = statusFacts[status];
  return (
    <span
      className={styles.badge}
      style={{
        color: `var(${tokenVariable(facts.colour)})`,
        background: `var(${tokenVariable(facts.soft)})`,
      }}
    >
      <StatusMark status={status} size={12} />
      {word ?? facts.word}
    </span>
  );
}

/** Shape and word without a pill, for dense rows. */
export function StatusWord({ status, word }: { status: Status; word?: string }) {
  return (
    <span className={styles.word}>
      <StatusMark status={status} />
      {word ?? statusFacts[status].word}
    </span>
  );
}

/** The shares of each status as a thin bar, with the counts in words as its label. */
export function StatusBar({ statuses }: { statuses: Iterable<Status> }) {
  const counts = countStatuses(statuses);
  const label = counts
    .map(([status, count]) => `${count} ${statusFacts[status].word.toLowerCase()}`)
    .join(", ");
  return (
    <div className={styles.bar} role="img" aria-label={label} title={label}>
      {counts.map(([status, count]) => (
        <span
          key={status}
          style={{ flexGrow: count, background: `var(${tokenVariable(statusFacts[status].colour)})` }}
        />
      ))}
    </div>
  );
}

const line = { fill: "none", stroke: "currentColor", strokeWidth: 1.75, strokeLinecap: "round" } as const;
const onFill = { fill: "none", stroke: "var(--surface)", strokeWidth: 1.75, strokeLinecap: "round" } as const;

const drawings: Record<Shape, ReactNode> = {
  check: (
    <>
      <circle cx="8" cy="8" r="7" fill="currentColor" />
      <path d="M4.8 8.3l2.2 2.2 4.2-4.6" {...onFill} strokeLinejoin="round" />
    </>
  ),
  cross: (
    <>
      <path d="M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z" fill="currentColor" />
      <path d="M5.7 5.7l4.6 4.6M10.3 5.7l-4.6 4.6" {...onFill} />
    </>
  ),
  spinner: (
    <g className={styles.spin}>
      <circle cx="8" cy="8" r="6" {...line} opacity="0.3" strokeWidth="2.25" />
      <path d="M8 2a6 6 0 0 1 6 6" {...line} strokeWidth="2.25" />
    </g>
  ),
  clock: (
    <>
      <circle cx="8" cy="8" r="6.1" {...line} />
      <path d="M8 4.8V8l2.2 1.6" {...line} />
    </>
  ),
  diamond: <path d="M8 .8L15.2 8 8 15.2.8 8z" fill="currentColor" />,
  ring: <circle cx="8" cy="8" r="6" {...line} strokeDasharray="2.4 2.3" />,
  bar: (
    <>
      <circle cx="8" cy="8" r="7" fill="currentColor" />
      <path d="M5 8h6" {...onFill} />
    </>
  ),
  chevron: <path d="M4 3.5L8.5 8 4 12.5M8.5 3.5L13 8l-4.5 4.5" {...line} strokeLinejoin="round" />,
  dot: <circle cx="8" cy="8" r="3" fill="currentColor" />,
};
