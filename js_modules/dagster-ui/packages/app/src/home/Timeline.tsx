import { statusOfRun } from "@dagster-ui/client";
import { formatClock, formatDuration, statusFacts, useNow, useTimeZone } from "@dagster-ui/kit";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useLayoutEffect, useMemo, useRef, useState } from "react";
import { beganAt, endedAt, implicitJob, isOfAssets, type RunRow } from "../runs/facts";
import styles from "./Timeline.module.css";
import { clockTicks, type Mark, type Span, timelineOf } from "./timeline";

const mostLanes = 12;
/** Narrower marks cannot be hit with a finger or told apart. */
const grainPixels = 7;
const ofAssets = "Assets";

/** The runs of the last hours as marks, a lane per job. */
export function Timeline({ runs, millis }: { runs: readonly RunRow[]; millis: number }) {
  const zone = useTimeZone();
  const [track, width] = useWidth();
  const now = useNow();
  const from = now - millis;
  const spans = useMemo(() => runs.map(spanOf), [runs]);
  const { lanes, hidden } = timelineOf(spans, { from, to: now, grain: grainPixels / width, mostLanes });
  const hours = clockTicks(from, now, Math.max(2, Math.floor(width / 80)));
  const lines = hours.map(({ at }) => (
    <i key={at} className={styles.line} style={{ left: `${at * 100}%` }} />
  ));
  return (
    <div className={styles.lanes}>
      <div className={styles.head} aria-hidden>
        <span />
        <div ref={track} className={styles.track}>
          {lines}
          {hours.map(({ at, time }) => (
            <span key={time} className={styles.hour} style={{ left: `${at * 100}%` }}>
              {at < 0.96 && formatClock(time, zone)}
            </span>
          ))}
        </div>
      </div>
      {lanes.map((lane) => (
        <div key={lane.name} className={styles.lane}>
          <LaneName
            name={lane.name}
            title={`${lane.runs === 1 ? "1 run" : `${lane.runs} runs`}, ${lane.failed} failed`}
          />
          <div className={styles.track}>
            {lines}
            {lane.marks.map((mark) => (
              <MarkLink key={mark.runs[0]?.id} mark={mark} lane={lane.name} now={now} />
            ))}
          </div>
        </div>
      ))}
      {hidden > 0 && (
        <p className={styles.hidden}>
          And {hidden} {hidden === 1 ? "run" : "runs"} of other jobs.
        </p>
      )}
    </div>
  );
}

function spanOf(run: RunRow): Span {
  return {
    id: run.id,
    lane: isOfAssets(run) ? ofAssets : run.jobName,
    status: statusOfRun(run.status),
    start: beganAt(run),
    end: endedAt(run),
  };
}

function LaneName({ name, title }: { name: string; title: string }) {
  return (
    <Link
      to="/runs"
      search={{ job: name === ofAssets ? implicitJob : name }}
      className={`${styles.name} ellipsis`}
      title={title}
    >
      {name}
    </Link>
  );
}

function MarkLink({ mark, lane, now }: { mark: Mark; lane: string; now: number }): ReactNode {
  const zone = useTimeZone();
  const [first] = mark.runs;
  if (!first) return null;
  const place = {
    left: `min(${mark.from * 100}%, calc(100% - 6px))`,
    width: `${(mark.to - mark.from) * 100}%`,
  };
  const className = `${styles.mark} ${styles[mark.status] ?? ""}`;
  const word = statusFacts[mark.status].word;
  const time = formatClock(first.start, zone);
  if (mark.runs.length === 1) {
    const words = `${lane}: ${word}, ${time}, ${formatDuration((first.end ?? now) - first.start)}`;
    return (
      <Link
        to="/runs/$runId"
        params={{ runId: first.id }}
        className={className}
        style={place}
        title={words}
        aria-label={words}
      />
    );
  }
  const failed = mark.runs.filter((run) => run.status === "failed");
  const words = `${lane}: ${mark.runs.length} runs from ${time} on, ${failed.length} failed`;
  // The failed one is what one looks for; without one, the last.
  const target = failed.at(-1) ?? mark.runs.at(-1) ?? first;
  return (
    <Link
      to="/runs/$runId"
      params={{ runId: target.id }}
      className={className}
      style={place}
      title={words}
      aria-label={words}
    >
      {(mark.to - mark.from) * 100 > 2 && mark.runs.length}
    </Link>
  );
}

/** The width of the tracks in pixels, followed as it changes. */
function useWidth() {
  const element = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(800);
  useLayoutEffect(() => {
    const watched = element.current;
    if (!watched) return;
    const measure = () => setWidth(Math.max(100, watched.clientWidth));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(watched);
    return () => observer.disconnect();
  }, []);
  return [element, width] as const;
}
