import { formatDuration, StatusMark, statusFacts, tokenVariable } from "@dagster-ui/kit";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useMemo, useRef } from "react";
import styles from "./Gantt.module.css";
import { type Bar, type GanttRow, labelPlace, layOutGantt } from "./gantt";
import { durationOf, type Progress } from "./steps";

const rowHeight = 27;

interface GanttProps {
  progress: Progress;
  /** From where the axis counts, and until where; in milliseconds. */
  start: number;
  end: number;
  step: string | undefined;
  onStep: (step: string | undefined) => void;
}

/** The steps of a run on an axis of time. A click narrows the log to the step. */
export function Gantt({ progress, start, end, step, onStep }: GanttProps) {
  const scroll = useRef<HTMLDivElement>(null);
  const gantt = useMemo(() => layOutGantt(progress.steps, start, end), [progress.steps, start, end]);
  const virtualizer = useVirtualizer({
    count: gantt.rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    initialRect: { width: 800, height: 300 },
  });
  return (
    <div ref={scroll} className={styles.scroll} role="group" aria-label="Steps over time">
      <div className={styles.axis} aria-hidden>
        <span />
        <div className={styles.ticks}>
          {gantt.ticks.map((tick) => (
            <span key={tick.label} className={styles.tick} style={{ left: `${tick.at * 100}%` }}>
              {tick.at < 0.96 && tick.label}
            </span>
          ))}
        </div>
      </div>
      <div className={styles.body} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((item) => {
          const row = gantt.rows[item.index];
          if (!row) return null;
          const isChosen = step === row.step.key;
          return (
            <button
              key={row.step.key}
              type="button"
              className={styles.row}
              style={{ transform: `translateY(${item.start}px)` }}
              aria-pressed={isChosen}
              onClick={() => onStep(isChosen ? undefined : row.step.key)}
            >
              <Row row={row} end={end} ticks={gantt.ticks} />
            </button>
          );
        })}
      </div>
    </div>
  );
}

function Row({ row, end, ticks }: { row: GanttRow; end: number; ticks: readonly { at: number }[] }) {
  const { step, bars } = row;
  const last = bars.at(-1);
  const duration = durationOf(step, end);
  return (
    <>
      <span className={styles.name}>
        <StatusMark status={step.status} size={13} label={step.word} />
        <span className="ellipsis" title={`${step.key}: ${step.word}`}>
          {step.key}
        </span>
      </span>
      <span className={styles.track}>
        {ticks.map((tick) => (
          <i key={tick.at} className={styles.grid} style={{ left: `${tick.at * 100}%` }} />
        ))}
        {bars.map((bar) => (
          <i key={`${bar.kind}${bar.from}`} className={classOf(bar)} style={placeOf(bar)} />
        ))}
        {last && duration !== undefined && (
          <Duration
            bars={{ from: bars[0]?.from ?? last.from, to: last.to }}
            text={formatDuration(duration)}
          />
        )}
        {duration === undefined && step.status !== "ok" && (
          <span className={styles.duration} style={{ left: 0 }}>
            {last ? "" : step.word}
          </span>
        )}
      </span>
    </>
  );
}

/** How long the step took, beside all of its bars where there is room. */
function Duration({ bars, text }: { bars: Pick<Bar, "from" | "to">; text: string }) {
  const place = labelPlace(bars);
  const style =
    place === "after"
      ? { left: `${bars.to * 100}%` }
      : { right: `${(1 - (place === "before" ? bars.from : bars.to)) * 100}%` };
  return (
    <span className={`${styles.duration} ${place === "inside" ? styles.inside : ""}`} style={style}>
      {text}
    </span>
  );
}

function classOf(bar: Bar): string {
  const kind = bar.kind === "prepare" ? styles.prepare : bar.status === "running" ? styles.running : "";
  return `${styles.bar} ${kind}`;
}

function placeOf(bar: Bar) {
  return {
    left: `${bar.from * 100}%`,
    width: `${(bar.to - bar.from) * 100}%`,
    backgroundColor: `var(${tokenVariable(statusFacts[bar.status].colour)})`,
  };
}
