import type { Area } from "./spatial";

/** How the world is seen: a point of the world times `scale`, plus the shift, is a pixel. */
export interface Camera {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** How much of a box is drawn, by how large it appears. */
export type Detail = "tile" | "name" | "card";

export function detailAt(scale: number): Detail {
  if (scale < 0.3) return "tile";
  return scale < 0.72 ? "name" : "card";
}

/** The part of the world that is seen. */
export function visibleArea({ x, y, scale }: Camera, size: Size): Area {
  return {
    left: -x / scale,
    top: -y / scale,
    right: (size.width - x) / scale,
    bottom: (size.height - y) / scale,
  };
}

/** The camera that shows all of the area with a margin, never larger than life. */
export function fit(area: Area, size: Size, margin = 40): Camera {
  const width = Math.max(1, area.right - area.left);
  const height = Math.max(1, area.bottom - area.top);
  const room = { width: Math.max(1, size.width - 2 * margin), height: Math.max(1, size.height - 2 * margin) };
  const scale = Math.min(1, room.width / width, room.height / height);
  return {
    scale,
    x: (size.width - width * scale) / 2 - area.left * scale,
    y: (size.height - height * scale) / 2 - area.top * scale,
  };
}

/** Up to so many boxes of nodes a graph is first shown so large that one can read names, even when not all of it fits. */
const fewNodes = 80;
const leastReadable = 0.34;

/** The first look: everything, or the beginning of a small graph on a small screen. */
export function firstLook(area: Area, nodes: number, size: Size): Camera {
  const whole = fit(area, size);
  if (whole.scale >= leastReadable || nodes > fewNodes) return whole;
  const height = (area.bottom - area.top) * leastReadable;
  const top = Math.max(24, (size.height - height) / 2);
  return { scale: leastReadable, x: 24 - area.left * leastReadable, y: top - area.top * leastReadable };
}

/** The camera moved just so far that the area is in view; at least so large that one can read it. */
export function reveal(camera: Camera, area: Area, size: Size, leastScale = 0.5, margin = 48): Camera {
  const scale = Math.max(camera.scale, leastScale);
  if (scale !== camera.scale) {
    const middleX = (area.left + area.right) / 2;
    const middleY = (area.top + area.bottom) / 2;
    return { scale, x: size.width / 2 - middleX * scale, y: size.height / 2 - middleY * scale };
  }
  return {
    scale,
    x: camera.x + shift(area.left * scale + camera.x, area.right * scale + camera.x, size.width, margin),
    y: camera.y + shift(area.top * scale + camera.y, area.bottom * scale + camera.y, size.height, margin),
  };
}

function shift(start: number, end: number, size: number, margin: number): number {
  if (start < margin) return margin - start;
  return end > size - margin ? Math.max(margin - start, size - margin - end) : 0;
}
