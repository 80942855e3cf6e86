import { at } from "../graph";
import { type Layout, sizes } from "../layout/compound";
import { type Camera, type Detail, detailAt, type Size, visibleArea } from "./camera";
import { drawEdges } from "./drawEdges";
import type { Faces, Marks, NodeFace } from "./faces";
import { farTiles } from "./far";
import { drawShape } from "./shapes";
import { type Area, type SpatialIndex, touches } from "./spatial";
import { fitText, textWidth } from "./texts";

/** One picture: what lies where, what it looks like, what is marked, and from where it is seen. */
export interface Picture {
  readonly layout: Layout;
  readonly index: SpatialIndex;
  readonly faces: Faces;
  readonly marks: Marks;
  readonly camera: Camera;
  readonly size: Size;
  readonly pixelRatio: number;
  /** How far spinners have turned, in radians. */
  readonly turn: number;
  readonly font: string;
}

/** Draws the ground alone, without which a canvas is black. */
export function drawGround(
  context: CanvasRenderingContext2D,
  { faces, size, pixelRatio }: Pick<Picture, "faces" | "size" | "pixelRatio">,
): void {
  context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
  context.fillStyle = faces.colours.canvas;
  context.fillRect(0, 0, size.width, size.height);
}

/** Draws the picture; returns whether something in it turns. */
export function draw(context: CanvasRenderingContext2D, picture: Picture): boolean {
  const { layout, camera, size, pixelRatio, faces } = picture;
  drawGround(context, picture);
  context.setTransform(
    pixelRatio * camera.scale,
    0,
    0,
    pixelRatio * camera.scale,
    pixelRatio * camera.x,
    pixelRatio * camera.y,
  );
  const detail = detailAt(camera.scale);
  const { nodes, groups } = picture.index.within(visibleArea(camera, size));
  const isOpen = (box: number) => layout.isOpen[box - layout.nodes] === 1;
  const openGroups = groups.filter(isOpen);
  for (const box of openGroups) drawOpenGroup(context, picture, box);
  // Where most is in view, what was prepared of all of it is cheaper than picking out what is.
  const isWide = 2 * nodes.length > layout.nodes;
  drawEdges(context, picture, isWide);
  if (detail === "tile" && isWide) drawAllTiles(context, picture);
  else if (detail === "tile") drawTiles(context, picture, nodes);
  else for (const node of nodes) drawNode(context, picture, node, detail);
  for (const box of groups) if (!isOpen(box)) drawClosedGroup(context, picture, box);
  if (camera.scale < labelledBelow) drawFarLabels(context, picture, openGroups);
  drawMarks(context, picture);
  const isTurning = detail !== "tile" && nodes.some((node) => faces.node(node).shape === "spinner");
  return isTurning;
}

// One path per colour: ten thousand tiles cost a handful of fills.
function drawTiles(
  context: CanvasRenderingContext2D,
  { layout, faces }: Picture,
  nodes: readonly number[],
): void {
  const byColour = new Map<string, number[]>();
  for (const node of nodes) {
    const { tile } = faces.node(node);
    const list = byColour.get(tile);
    if (list) list.push(node);
    else byColour.set(tile, [node]);
  }
  for (const [colour, members] of byColour) {
    context.fillStyle = colour;
    context.beginPath();
    for (const node of members)
      context.rect(at(layout.x, node), at(layout.y, node), at(layout.width, node), at(layout.height, node));
    context.fill();
  }
}

function drawAllTiles(context: CanvasRenderingContext2D, { layout, faces }: Picture): void {
  for (const [colour, path] of farTiles(layout, faces)) {
    context.fillStyle = colour;
    context.fill(path);
  }
}

function drawNode(context: CanvasRenderingContext2D, picture: Picture, node: number, detail: Detail): void {
  const { layout, faces, marks } = picture;
  const { colours } = faces;
  const face = faces.node(node);
  const x = at(layout.x, node);
  const y = at(layout.y, node);
  const width = at(layout.width, node);
  const height = at(layout.height, node);
  context.beginPath();
  context.roundRect(x, y, width, height, 8);
  context.fillStyle = marks.selected.has(node) ? colours.accentSoft : colours.surface;
  context.fill();
  context.lineWidth = 1;
  context.strokeStyle =
    face.shape === "cross" ? face.colour : marks.hover === node ? colours.borderStrong : colours.border;
  context.stroke();
  if (detail === "name") drawName(context, picture, face, x, y, width, height);
  else drawCard(context, picture, face, x, y, width);
}

/** A long name is written so much smaller than the others before it is cut. */
const leastShare = 0.75;

// The farther away, the larger the letters, as far as the box has room.
function drawName(
  context: CanvasRenderingContext2D,
  picture: Picture,
  face: NodeFace,
  x: number,
  y: number,
  width: number,
  height: number,
): void {
  const wanted = Math.round(Math.min(25, Math.max(15, 11.5 / picture.camera.scale)));
  const room = (width - 26) / (textWidth(context, face.title, picture.font) + 1);
  const size = Math.min(wanted, Math.max(wanted * leastShare, room));
  const { surface, text } = picture.faces.colours;
  drawShape(context, face.shape, face.colour, surface, x + 10, y + (height - size) / 2, size, picture.turn);
  context.font = `600 ${size}px ${picture.font}`;
  context.textBaseline = "middle";
  context.fillStyle = text;
  context.fillText(fitText(context, face.title, width - size - 26), x + size + 17, y + height / 2 + 1);
}

function drawCard(
  context: CanvasRenderingContext2D,
  picture: Picture,
  face: NodeFace,
  x: number,
  y: number,
  width: number,
): void {
  const { colours } = picture.faces;
  drawShape(context, face.shape, face.colour, colours.surface, x + 11, y + 10, 14, picture.turn);
  context.textBaseline = "alphabetic";
  context.font = `600 13px ${picture.font}`;
  context.fillStyle = colours.text;
  context.fillText(fitText(context, face.title, width - (face.badge ? 62 : 44)), x + 33, y + 21.5);
  if (face.badge)
    drawShape(
      context,
      face.badge.shape,
      face.badge.colour,
      colours.surface,
      x + width - 23,
      y + 11,
      12,
      picture.turn,
    );
  context.font = `400 11.5px ${picture.font}`;
  context.fillStyle = face.shape === "check" ? colours.textMuted : face.colour;
  const detailWidth = context.measureText(face.detail).width;
  context.fillText(fitText(context, face.word, width - 48 - detailWidth), x + 33, y + 40);
  context.fillStyle = colours.textFaint;
  context.textAlign = "right";
  context.fillText(face.detail, x + width - 11, y + 40);
  context.textAlign = "left";
}

function drawOpenGroup(context: CanvasRenderingContext2D, picture: Picture, box: number): void {
  const { layout, faces, camera, marks } = picture;
  const { colours } = faces;
  const face = faces.group(box - layout.nodes);
  const x = at(layout.x, box);
  const y = at(layout.y, box);
  const width = at(layout.width, box);
  context.beginPath();
  context.roundRect(x, y, width, at(layout.height, box), 12);
  context.fillStyle = colours.group;
  context.fill();
  context.lineWidth = Math.max(1, Math.min(3, 0.8 / camera.scale));
  context.strokeStyle = marks.hover === box ? colours.borderStrong : colours.border;
  context.stroke();
  if (camera.scale < labelledBelow) return;
  const size = Math.min(34, Math.max(13, 12 / camera.scale));
  context.font = `600 ${size}px ${picture.font}`;
  context.textBaseline = "middle";
  context.fillStyle = colours.textMuted;
  const title = fitText(context, `▾ ${face.title}`, width - 2 * sizes.padding - 60);
  context.fillText(title, x + sizes.padding, y + Math.max(sizes.header / 2 + 2, size * 0.8));
  if (size > 16) return;
  context.font = `400 12px ${picture.font}`;
  context.fillStyle = colours.textFaint;
  context.textAlign = "right";
  context.fillText(face.subtitle, x + width - sizes.padding, y + sizes.header / 2 + 2);
  context.textAlign = "left";
}

/** Below this scale the name of an open group lies over its nodes, as on a map. */
const labelledBelow = 0.28;

const farLabelPixels = 12;

/** Names over the open groups, as on a map: one that would lie over another's is left out until one comes nearer. */
function drawFarLabels(context: CanvasRenderingContext2D, picture: Picture, groups: readonly number[]): void {
  const { layout, faces, camera, font } = picture;
  const size = farLabelPixels / camera.scale;
  const taken: Area[] = [];
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = size / 3.2;
  context.strokeStyle = faces.colours.canvas;
  context.fillStyle = faces.colours.text;
  for (const box of groups) {
    const { title } = faces.group(box - layout.nodes);
    const halfWidth = (textWidth(context, title, font) * size) / 2 + size / 3;
    const x = at(layout.x, box) + at(layout.width, box) / 2;
    const y = at(layout.y, box) + at(layout.height, box) / 2;
    const area = { left: x - halfWidth, right: x + halfWidth, top: y - 0.7 * size, bottom: y + 0.7 * size };
    if (taken.some((other) => touches(area, other))) continue;
    taken.push(area);
    context.font = `600 ${Math.round(size)}px ${font}`;
    context.strokeText(title, x, y);
    context.fillText(title, x, y);
  }
  context.textAlign = "left";
}

function drawClosedGroup(context: CanvasRenderingContext2D, picture: Picture, box: number): void {
  const { layout, faces, camera, marks } = picture;
  const { colours } = faces;
  const face = faces.group(box - layout.nodes);
  const x = at(layout.x, box);
  const y = at(layout.y, box);
  const width = at(layout.width, box);
  const height = at(layout.height, box);
  context.lineWidth = 1;
  context.strokeStyle = marks.hover === box ? colours.borderStrong : colours.border;
  context.fillStyle = colours.group;
  // A second sheet behind says that there is more inside.
  context.beginPath();
  context.roundRect(x + 5, y + 5, width, height, 10);
  context.fill();
  context.stroke();
  context.beginPath();
  context.roundRect(x, y, width, height, 10);
  context.fillStyle = colours.surface;
  context.fill();
  context.stroke();
  const isFar = detailAt(camera.scale) !== "card";
  // The farther away, the larger the name, as far as the box has room.
  const titleSize = isFar ? Math.round(Math.min(46, Math.max(16, 11.5 / camera.scale))) : 14;
  const markSize = isFar ? Math.min(titleSize * 0.9, 30) : 16;
  const middle = y + (isFar ? (height - 14) / 2 : 22);
  const textX = x + 14 + markSize + Math.min(titleSize * 0.5, 11);
  drawShape(
    context,
    face.shape,
    face.colour,
    colours.surface,
    x + 14,
    middle - markSize / 2 - 1,
    markSize,
    picture.turn,
  );
  context.textBaseline = "middle";
  context.font = `600 ${titleSize}px ${picture.font}`;
  context.fillStyle = colours.text;
  context.fillText(fitText(context, face.title, x + width - textX - 10), textX, middle);
  if (!isFar) {
    context.font = `400 12px ${picture.font}`;
    context.fillStyle = colours.textMuted;
    context.fillText(
      fitText(context, `${face.subtitle} · ${face.word}`, x + width - textX - 10),
      textX,
      y + 42,
    );
  }
  drawShares(context, face.shares, x + 14, y + height - 16, width - 28, isFar ? 8 : 6);
}

function drawShares(
  context: CanvasRenderingContext2D,
  shares: readonly { colour: string; count: number }[],
  x: number,
  y: number,
  width: number,
  height: number,
): void {
  const total = shares.reduce((sum, share) => sum + share.count, 0);
  let left = x;
  for (const share of shares) {
    const part = (share.count / total) * width;
    context.fillStyle = share.colour;
    context.fillRect(left, y, Math.max(1, part - 1), height);
    left += part;
  }
}

function drawMarks(context: CanvasRenderingContext2D, { layout, faces, marks, camera }: Picture): void {
  const ring = (box: number, width: number, outside: number) => {
    if (at(layout.width, box) === 0) return;
    context.lineWidth = width / camera.scale;
    context.strokeStyle = faces.colours.accent;
    context.beginPath();
    context.roundRect(
      at(layout.x, box) - outside,
      at(layout.y, box) - outside,
      at(layout.width, box) + 2 * outside,
      at(layout.height, box) + 2 * outside,
      10 + outside,
    );
    context.stroke();
  };
  for (const box of marks.selected) ring(box, 1.5, 0);
  if (marks.focus !== undefined) ring(marks.focus, 2, 3 / Math.max(0.4, camera.scale));
}
