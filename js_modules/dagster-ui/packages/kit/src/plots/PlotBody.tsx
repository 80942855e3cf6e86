import "uplot/dist/uPlot.min.css";
import { useComputedColorScheme } from "@mantine/core";
import { useEffect, useRef } from "react";
import UPlot from "uplot";
import { useTimeZone } from "../times/Time";
import { axisTimes, formatTime } from "../times/times";
import styles from "./plots.module.css";

export interface PlotProps {
  /** Oldest first: milliseconds since the epoch and the value. */
  points: readonly (readonly [number, number])[];
  label: string;
  height?: number;
}

export function PlotBody({ points, label, height = 160 }: PlotProps) {
  const box = useRef<HTMLDivElement>(null);
  const scheme = useComputedColorScheme();
  const zone = useTimeZone();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the scheme changes the colours that are read here
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const plot = new UPlot(options(label, element, height, zone), columns(points), element);
    const observer = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.destroy();
    };
  }, [points, label, height, scheme, zone]);
  return <div ref={box} className={styles.plot} role="img" aria-label={`${label} over time`} />;
}

function columns(points: PlotProps["points"]): [number[], number[]] {
  return [points.map(([at]) => at / 1000), points.map(([, value]) => value)];
}

function options(
  label: string,
  element: HTMLElement,
  height: number,
  zone: string | undefined,
): UPlot.Options {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const axis = {
    stroke: colour("--text-muted"),
    grid: { stroke: colour("--border"), width: 1 },
    ticks: { show: false },
    font: "11px 'Inter Variable', sans-serif",
  };
  return {
    width: element.clientWidth,
    height,
    tzDate: (at) => (zone ? UPlot.tzDate(new Date(at * 1000), zone) : new Date(at * 1000)),
    cursor: { y: false },
    legend: { show: true },
    axes: [
      { ...axis, space: 72, values: (_, times, _axis, _space, step) => axisTimes(times, step, zone) },
      { ...axis, size: 64 },
    ],
    series: [
      { label: "Time", value: (_, at) => (at === null ? "–" : formatTime(at * 1000, zone)) },
      {
        label,
        value: (_, value) => (value === null ? "–" : value.toLocaleString("en")),
        stroke: colour("--accent"),
        width: 1.75,
        fill: colour("--accent-soft"),
        points: { show: true, size: 5, fill: colour("--accent") },
      },
    ],
  };
}
