import { lazy, Suspense } from "react";
import type { PlotProps } from "./PlotBody";

const PlotBody = lazy(() => import("./PlotBody").then((module) => ({ default: module.PlotBody })));

/** Numbers over time, zoomed by dragging; the plotting library is loaded on first use. */
export function Plot(props: PlotProps) {
  return (
    <Suspense fallback={<div style={{ height: props.height ?? 160 }} />}>
      <PlotBody {...props} />
    </Suspense>
  );
}
