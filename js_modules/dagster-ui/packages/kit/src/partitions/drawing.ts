import type { TokenName, Tokens } from "../theme/tokens";
import { type CellCounts, cellOfPlace, placesOfCell } from "./cells";
import { type Cell, cornerOf, type HeatMapLayout } from "./layouts";
import type { Block, PartitionStatus } from "./standing";
import { countWithin, type Stretch } from "./stretches";

/** The colour of each status in the heat map; `missing` is drawn hollow. */
export const partitionColours: Readonly<Record<PartitionStatus, TokenName>> = {
  materialized: "okTile",
  failed: "failedFill",
  materializing: "accentFill",
};

export interface HeatMapPicture {
  readonly layout: HeatMapLayout;
  readonly counts: CellCounts;
  readonly chosen: Block;
  readonly cursor: Cell | undefined;
  readonly hover: Cell | undefined;
  readonly tokens: Tokens;
  readonly font: string;
  /** The name of a line, which stands before it. */
  readonly lineLabel: (line: number) => string;
  /** The names above the columns of a matrix, by cell. */
  readonly columnLabel: (cell: number) => string;
}

/** Draws all cells; the context is scaled to CSS pixels and clear. */
export function drawHeatMap(context: CanvasRenderingContext2D, picture: HeatMapPicture): void {
  const { layout } = picture;
  drawLabels(context, picture);
  for (let row = 0; row < layout.rows.count; row++)
    for (let column = 0; column < layout.columns.count; column++) drawCell(context, picture, { row, column });
  if (picture.hover) outline(context, picture, picture.hover, picture.tokens.borderStrong, 1.5);
  if (picture.cursor) outline(context, picture, picture.cursor, picture.tokens.focus, 2);
}

function drawCell(context: CanvasRenderingContext2D, picture: HeatMapPicture, cell: Cell): void {
  const { layout, counts, tokens } = picture;
  const { x, y } = cornerOf(layout, cell);
  const { cellWidth: width, cellHeight: height } = layout;
  const index = cell.row * layout.columns.count + cell.column;
  const places = size(placesOfCell(layout.columns, cell.column)) * size(placesOfCell(layout.rows, cell.row));
  const part = (status: PartitionStatus) => (counts[status][index] ?? 0) / places;
  const radius = Math.min(3, width / 4, height / 4);
  context.fillStyle = width < 6 ? tokens.border : tokens.sunken;
  context.beginPath();
  context.roundRect(x, y, width, height, radius);
  context.fill();
  if (width >= 6) {
    context.strokeStyle = tokens.border;
    context.lineWidth = 1;
    context.beginPath();
    context.roundRect(x + 0.5, y + 0.5, width - 1, height - 1, radius);
    context.stroke();
  }
  const failed = barHeight(part("failed"), height);
  const going = barHeight(part("materializing"), height);
  const made = Math.min(barHeight(part("materialized"), height), height - failed - going);
  const fill = (status: PartitionStatus, from: number, high: number) => {
    if (high <= 0) return;
    context.fillStyle = tokens[partitionColours[status]];
    context.beginPath();
    if (high >= height - 0.5) context.roundRect(x, y, width, height, radius);
    else context.rect(x, y + from, width, high);
    context.fill();
  };
  fill("materialized", height - made, made);
  fill("materializing", failed, going);
  fill("failed", 0, failed);
  if (places === 1) drawSign(context, picture, index, x, y);
  if (isChosen(picture, cell)) {
    context.strokeStyle = tokens.accent;
    context.lineWidth = 1.5;
    context.beginPath();
    context.roundRect(x - 0.25, y - 0.25, width + 0.5, height + 0.5, radius);
    context.stroke();
  }
}

/** A share of the height in whole pixels: one of a thousand is seen, and all but one of a thousand is not all. */
function barHeight(share: number, height: number): number {
  if (share <= 0 || share >= 1) return share <= 0 ? 0 : height;
  return Math.max(Math.min(2, height - 1), Math.min(height - 1, Math.round(share * height)));
}

/** A shape beside the colour: a cross on what failed, a dot on what goes on. */
function drawSign(
  context: CanvasRenderingContext2D,
  { layout, counts, tokens }: HeatMapPicture,
  index: number,
  x: number,
  y: number,
): void {
  const middleX = x + layout.cellWidth / 2;
  const middleY = y + layout.cellHeight / 2;
  const reach = Math.min(layout.cellWidth, layout.cellHeight) / 4;
  if (reach < 1.5) return;
  context.strokeStyle = tokens.onAccent;
  context.fillStyle = tokens.onAccent;
  context.lineWidth = 1.5;
  context.beginPath();
  if ((counts.failed[index] ?? 0) > 0) {
    context.moveTo(middleX - reach, middleY - reach);
    context.lineTo(middleX + reach, middleY + reach);
    context.moveTo(middleX + reach, middleY - reach);
    context.lineTo(middleX - reach, middleY + reach);
    context.stroke();
  } else if ((counts.materializing[index] ?? 0) > 0) {
    context.arc(middleX, middleY, reach * 0.7, 0, 2 * Math.PI);
    context.fill();
  }
}

function isChosen({ layout, chosen }: HeatMapPicture, { row, column }: Cell): boolean {
  return (
    countWithin(chosen.columns, ...placesOfCell(layout.columns, column)) > 0 &&
    countWithin(chosen.rows, ...placesOfCell(layout.rows, row)) > 0
  );
}

function outline(
  context: CanvasRenderingContext2D,
  { layout }: HeatMapPicture,
  cell: Cell,
  colour: string,
  width: number,
): void {
  const { x, y } = cornerOf(layout, cell);
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.beginPath();
  context.roundRect(x - 1.5, y - 1.5, layout.cellWidth + 3, layout.cellHeight + 3, 4);
  context.stroke();
}

function drawLabels(context: CanvasRenderingContext2D, picture: HeatMapPicture): void {
  const { layout, tokens } = picture;
  context.font = `400 11px ${picture.font}`;
  context.textBaseline = "middle";
  context.fillStyle = tokens.textMuted;
  const step = Math.ceil(13 / (layout.cellHeight + layout.gap));
  for (let line = 0; line < layout.lines; line += step) {
    const y = layout.top + line * (layout.cellHeight + layout.gap) + layout.cellHeight / 2 + 0.5;
    context.fillText(shortened(context, picture.lineLabel(line), layout.left - 10), 0, y);
  }
  if (!layout.isMatrix) return;
  let free = layout.left;
  for (let cell = 0; cell < layout.columns.count; cell++) {
    const { x } = cornerOf(layout, { row: 0, column: cell });
    if (x < free) continue;
    const label = picture.columnLabel(cell);
    const width = context.measureText(label).width;
    if (x + width > layout.width) break;
    context.fillText(label, x, layout.top / 2 - 2);
    free = x + width + 14;
  }
}

function shortened(context: CanvasRenderingContext2D, text: string, width: number): string {
  if (context.measureText(text).width <= width) return text;
  let length = text.length;
  while (length > 1 && context.measureText(`${text.slice(0, length)}…`).width > width) length -= 1;
  return `${text.slice(0, length)}…`;
}

function size([start, end]: Stretch): number {
  return end - start;
}

/** The whole of one axis as a strip of one line, with the window on it. */
export function drawStrip(
  context: CanvasRenderingContext2D,
  picture: { counts: CellCounts; columns: HeatMapLayout["columns"]; window: Stretch; tokens: Tokens },
  width: number,
  height: number,
): void {
  const { counts, columns, window, tokens } = picture;
  context.fillStyle = tokens.sunken;
  context.fillRect(0, 0, width, height);
  const perCell = width / columns.count;
  for (let cell = 0; cell < columns.count; cell++) {
    const places = size(placesOfCell(columns, cell));
    const bar = (status: PartitionStatus, least: number) => {
      const part = (counts[status][cell] ?? 0) / places;
      return part > 0 ? Math.max(least, part * height) : 0;
    };
    const made = bar("materialized", 1);
    const failed = bar("failed", 3);
    const going = bar("materializing", 3);
    context.fillStyle = tokens[partitionColours.materialized];
    context.fillRect(cell * perCell, height - made, perCell + 0.5, made);
    context.fillStyle = tokens[partitionColours.materializing];
    context.fillRect(cell * perCell, failed, perCell + 0.5, going);
    context.fillStyle = tokens[partitionColours.failed];
    context.fillRect(cell * perCell, 0, perCell + 0.5, failed);
  }
  const from = cellOfPlace(columns, window[0]) * perCell;
  const to = (cellOfPlace(columns, window[1] - 1) + 1) * perCell;
  context.globalAlpha = 0.6;
  context.fillStyle = tokens.surface;
  context.fillRect(0, 0, from, height);
  context.fillRect(to, 0, width - to, height);
  context.globalAlpha = 1;
  context.strokeStyle = tokens.accent;
  context.lineWidth = 2;
  context.strokeRect(from + 1, 1, Math.max(2, to - from - 2), height - 2);
}
