import { type KeyboardEvent, type PointerEvent, useCallback, useMemo, useRef } from "react";
import { useWidth } from "../layout/useWidth";
import { tokenVariable } from "../theme/tokens";
import { useDrawing, useTokens } from "./canvas";
import { cellAxis, countCells, placesOfCell } from "./cells";
import { drawStrip, partitionColours } from "./drawing";
import styles from "./HeatMap.module.css";
import type { Standing } from "./standing";
import type { Stretch } from "./stretches";
import { zoomed } from "./windows";

const height = 30;

interface WindowStripProps {
  label: string;
  standing: Standing;
  /** How many columns there are, and how many rows are counted together. */
  count: number;
  rowCount: number;
  window: Stretch;
  onWindow: (window: Stretch) => void;
  /** The window in words. */
  valueText: string;
}

/** All columns as one strip; a drag over it, the arrows and plus and minus say which are shown below. */
export function WindowStrip({
  label,
  standing,
  count,
  rowCount,
  window,
  onWindow,
  valueText,
}: WindowStripProps) {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const width = useWidth(box);
  const tokens = useTokens();
  const from = useRef(0);
  const columns = useMemo(
    () => cellAxis([0, count], Math.max(1, Math.ceil(count / Math.max(1, width)))),
    [count, width],
  );
  // Rows are one bucket: a column of the strip says what share of all its partitions is made.
  const counts = useMemo(() => {
    const sums = countCells(standing, cellAxis([0, rowCount], rowCount), columns);
    const share = (values: Float64Array) => values.map((value) => value / rowCount);
    return {
      materialized: share(sums.materialized),
      failed: share(sums.failed),
      materializing: share(sums.materializing),
    };
  }, [standing, rowCount, columns]);
  const draw = useCallback(
    (context: CanvasRenderingContext2D) =>
      drawStrip(context, { counts, columns, window, tokens }, width, height),
    [counts, columns, window, tokens, width],
  );
  useDrawing(canvas, width, height, draw);
  const placeAt = (event: PointerEvent<HTMLElement>) => {
    const share = (event.clientX - event.currentTarget.getBoundingClientRect().left) / Math.max(1, width);
    return placesOfCell(columns, Math.max(0, Math.min(columns.count - 1, Math.floor(share * columns.count))));
  };
  const press = (event: KeyboardEvent) => {
    const step = Math.max(1, Math.round((window[1] - window[0]) / 4));
    if (event.key === "ArrowRight") onWindow(moved(window, step, count));
    else if (event.key === "ArrowLeft") onWindow(moved(window, -step, count));
    else if (event.key === "+" || event.key === "=") onWindow(zoomed(window, 1 / 2, middle(window), count));
    else if (event.key === "-") onWindow(zoomed(window, 2, middle(window), count));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      ref={box}
      className={styles.strip}
      role="slider"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={count}
      aria-valuenow={window[0]}
      aria-valuetext={valueText}
      tabIndex={0}
      onKeyDown={press}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        const place = placeAt(event)[0];
        from.current = place;
        // A click alone moves the window; a drag draws a new one.
        const half = Math.round((window[1] - window[0]) / 2);
        onWindow(moved([place - half, place - half + (window[1] - window[0])], 0, count));
      }}
      onPointerMove={(event) => {
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
        const [start, end] = placeAt(event);
        if (start !== from.current) onWindow([Math.min(from.current, start), Math.max(from.current, end)]);
      }}
    >
      <canvas ref={canvas} />
    </div>
  );
}

function middle([start, end]: Stretch): number {
  return Math.floor((start + end) / 2);
}

function moved([start, end]: Stretch, by: number, count: number): Stretch {
  const length = Math.min(count, end - start);
  const first = Math.max(0, Math.min(count - length, start + by));
  return [first, first + length];
}

/** What the colours mean. */
export function PartitionLegend() {
  return (
    <div className={styles.legend}>
      {(["materialized", "materializing", "failed"] as const).map((status) => (
        <span key={status}>
          <i
            className={styles.swatch}
            style={{ background: `var(${tokenVariable(partitionColours[status])})` }}
          />
          {status.charAt(0).toUpperCase() + status.slice(1)}
        </span>
      ))}
      <span>
        <i
          className={styles.swatch}
          style={{ background: "var(--sunken)", borderColor: "var(--border-strong)" }}
        />
        Missing
      </span>
    </div>
  );
}
