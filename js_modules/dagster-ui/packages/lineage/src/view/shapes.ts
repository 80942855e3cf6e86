import type { FaceShape } from "./faces";

interface Stroke {
  readonly fill?: string;
  readonly stroke?: string;
  /** Strokes that lie on a fill are drawn in the colour of the surface. */
  readonly onFill?: string;
  readonly width?: number;
}

// The same drawings as the kit's, on sixteen units.
const circle = (radius: number) =>
  `M${8 - radius} 8a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0`;
const strokes: Record<FaceShape, Stroke> = {
  check: { fill: circle(7), onFill: "M4.8 8.3l2.2 2.2 4.2-4.6" },
  cross: {
    fill: "M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z",
    onFill: "M5.7 5.7l4.6 4.6M10.3 5.7l-4.6 4.6",
  },
  spinner: { stroke: "M8 2a6 6 0 1 0 6 6", width: 2.25 },
  clock: { stroke: `${circle(6.1)}M8 4.8V8l2.2 1.6` },
  diamond: { fill: "M8 .8L15.2 8 8 15.2.8 8z" },
  ring: { stroke: circle(6) },
  bar: { fill: circle(7), onFill: "M5 8h6" },
  chevron: { stroke: "M4 3.5L8.5 8 4 12.5M8.5 3.5L13 8l-4.5 4.5" },
  dot: { fill: circle(3) },
};

const paths = new Map<string, Path2D>();

function pathOf(text: string): Path2D {
  const known = paths.get(text);
  if (known) return known;
  const path = new Path2D(text);
  paths.set(text, path);
  return path;
}

/** Draws the shape in a square of the given size, its top left corner at x, y. */
export function drawShape(
  context: CanvasRenderingContext2D,
  shape: FaceShape,
  colour: string,
  surface: string,
  x: number,
  y: number,
  size: number,
  turn = 0,
): void {
  const { fill, stroke, onFill, width = 1.75 } = strokes[shape];
  context.save();
  context.translate(x, y);
  context.scale(size / 16, size / 16);
  if (shape === "spinner" && turn !== 0) {
    context.translate(8, 8);
    context.rotate(turn);
    context.translate(-8, -8);
  }
  context.lineWidth = width;
  context.lineCap = "round";
  context.lineJoin = "round";
  if (fill) {
    context.fillStyle = colour;
    context.fill(pathOf(fill));
  }
  if (stroke) {
    context.strokeStyle = colour;
    if (shape === "ring") context.setLineDash([2.4, 2.3]);
    context.stroke(pathOf(stroke));
  }
  if (onFill) {
    context.strokeStyle = surface;
    context.stroke(pathOf(onFill));
  }
  context.restore();
}
