import { select } from "d3-selection";
import { type ZoomBehavior, type ZoomTransform, zoom, zoomIdentity } from "d3-zoom";
import { at } from "../graph";
import type { Layout } from "../layout/compound";
import { type Camera, firstLook, fit, reveal, type Size } from "./camera";
import { draw, drawGround } from "./draw";
import type { Faces, Marks } from "./faces";
import { type Area, boxArea, makeSpatialIndex, type SpatialIndex } from "./spatial";
import { forgetTexts } from "./texts";
import { blend, isWorthBlending } from "./transition";

/** What the view tells: boxes are numbered as in the layout. */
export interface ViewEvents {
  /** A click; `isAdding` with Shift, Ctrl or Cmd. Undefined is the empty canvas. */
  readonly onClick: (box: number | undefined, isAdding: boolean) => void;
  readonly onDoubleClick: (box: number) => void;
  readonly onHover: (box: number | undefined) => void;
}

const font = "'Inter Variable', system-ui, sans-serif";
const transitionMillis = 140;

/**
 * A graph on a canvas: pans, zooms, finds what is under the pointer, and draws one frame whenever something changed. It knows no
 * framework; whoever owns it hands in layouts, faces and marks.
 */
export class LineageView {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #events: ViewEvents;
  readonly #zoom: ZoomBehavior<HTMLCanvasElement, unknown>;
  readonly #observer: ResizeObserver;
  #layout: Layout | undefined;
  #drawn: Layout | undefined;
  #index: SpatialIndex | undefined;
  #faces: Faces | undefined;
  #marks: Marks = { focus: undefined, selected: new Set(), hover: undefined };
  #camera: Camera = { x: 0, y: 0, scale: 1 };
  #size: Size = { width: 0, height: 0 };
  #frame = 0;
  #transition: { from: Layout; start: number } | undefined;

  constructor(canvas: HTMLCanvasElement, events: ViewEvents) {
    const context = canvas.getContext("2d", { alpha: false });
    if (!context) throw new Error("This browser draws no canvas.");
    this.#canvas = canvas;
    this.#context = context;
    this.#events = events;
    this.#zoom = zoom<HTMLCanvasElement, unknown>()
      .scaleExtent([0.01, 1.8])
      .filter((event: MouseEvent) => !event.button && event.type !== "dblclick" && !event.shiftKey)
      .on("zoom", (event: { transform: ZoomTransform }) => {
        this.#camera = { x: event.transform.x, y: event.transform.y, scale: event.transform.k };
        this.requestFrame();
      });
    select(canvas).call(this.#zoom).on("dblclick.zoom", null);
    canvas.addEventListener("click", this.#onClick);
    canvas.addEventListener("dblclick", this.#onDoubleClick);
    canvas.addEventListener("pointermove", this.#onMove);
    canvas.addEventListener("pointerleave", this.#onLeave);
    this.#observer = new ResizeObserver(() => this.#resize());
    this.#observer.observe(canvas);
    void document.fonts?.ready.then(() => {
      forgetTexts();
      this.requestFrame();
    });
    this.#resize();
  }

  close(): void {
    cancelAnimationFrame(this.#frame);
    this.#observer.disconnect();
    select(this.#canvas).on(".zoom", null);
    this.#canvas.removeEventListener("click", this.#onClick);
    this.#canvas.removeEventListener("dblclick", this.#onDoubleClick);
    this.#canvas.removeEventListener("pointermove", this.#onMove);
    this.#canvas.removeEventListener("pointerleave", this.#onLeave);
  }

  /** Shows the layout; from the second one on the boxes glide to their places, unless they are many. */
  setLayout(layout: Layout): void {
    const before = this.#layout;
    this.#layout = layout;
    this.#index = makeSpatialIndex(layout);
    this.#drawn = layout;
    const isCalm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.#transition =
      before && !isCalm && isWorthBlending(before, layout)
        ? { from: before, start: performance.now() }
        : undefined;
    this.requestFrame();
  }

  setFaces(faces: Faces): void {
    this.#faces = faces;
    this.requestFrame();
  }

  setMarks(marks: Partial<Marks>): void {
    this.#marks = { ...this.#marks, ...marks };
    this.requestFrame();
  }

  /** Shows everything, or the readable beginning of a small graph on a small screen. */
  lookFirst(): void {
    const layout = this.#layout;
    if (!layout || this.#size.width === 0) return;
    this.#moveTo(firstLook(extent(layout), layout.nodes, this.#size));
    this.#keepFocusInView();
  }

  /** Shows everything. */
  fitAll(): void {
    const layout = this.#layout;
    if (!layout || this.#size.width === 0) return;
    this.#moveTo(fit(extent(layout), this.#size));
  }

  /** Moves as far as it must, without coming nearer. */
  #keepFocusInView(): void {
    const { focus } = this.#marks;
    if (!this.#layout || focus === undefined || at(this.#layout.width, focus) === 0) return;
    this.#moveTo(reveal(this.#camera, boxArea(this.#layout, focus), this.#size, 0));
  }

  /** Moves just so far that the box is in view. */
  reveal(box: number): void {
    if (this.#layout) this.#moveTo(reveal(this.#camera, boxArea(this.#layout, box), this.#size));
  }

  /** Shows the box and what lies in it, as large as fits. */
  fitBox(box: number): void {
    if (this.#layout) this.#moveTo(fit(boxArea(this.#layout, box), this.#size, 60));
  }

  zoomBy(factor: number): void {
    select(this.#canvas).call(this.#zoom.scaleBy, factor);
  }

  requestFrame(): void {
    this.#frame ||= requestAnimationFrame(this.#drawFrame);
  }

  #moveTo({ x, y, scale }: Camera): void {
    select(this.#canvas).call(this.#zoom.transform, zoomIdentity.translate(x, y).scale(scale));
  }

  readonly #drawFrame = (now: number): void => {
    this.#frame = 0;
    const [faces, size, pixelRatio] = [this.#faces, this.#size, window.devicePixelRatio];
    if (!faces || size.width === 0) return;
    if (!this.#layout || !this.#index) {
      drawGround(this.#context, { faces, size, pixelRatio });
      return;
    }
    const share = this.#transition ? Math.min(1, (now - this.#transition.start) / transitionMillis) : 1;
    const from = this.#transition?.from;
    this.#drawn = from && share < 1 ? blend(from, this.#layout, share) : this.#layout;
    if (share >= 1) this.#transition = undefined;
    const isTurning = draw(this.#context, {
      layout: this.#drawn,
      index: this.#index,
      faces,
      marks: this.#marks,
      camera: this.#camera,
      size,
      pixelRatio,
      turn: (now / 180) % (2 * Math.PI),
      font,
    });
    if (this.#transition || isTurning) this.requestFrame();
  };

  #resize(): void {
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    const isFirst = this.#size.width === 0;
    this.#size = { width, height };
    this.#canvas.width = Math.round(width * window.devicePixelRatio);
    this.#canvas.height = Math.round(height * window.devicePixelRatio);
    if (isFirst) this.lookFirst();
    else this.#keepFocusInView();
    // At once and not in the next frame: a resized canvas is empty.
    cancelAnimationFrame(this.#frame);
    this.#drawFrame(performance.now());
  }

  #boxAt(event: MouseEvent): number | undefined {
    const bounds = this.#canvas.getBoundingClientRect();
    const x = (event.clientX - bounds.left - this.#camera.x) / this.#camera.scale;
    const y = (event.clientY - bounds.top - this.#camera.y) / this.#camera.scale;
    return this.#index?.hit(x, y);
  }

  readonly #onClick = (event: MouseEvent): void => {
    this.#events.onClick(this.#boxAt(event), event.shiftKey || event.ctrlKey || event.metaKey);
  };

  readonly #onDoubleClick = (event: MouseEvent): void => {
    const box = this.#boxAt(event);
    if (box !== undefined) this.#events.onDoubleClick(box);
  };

  readonly #onMove = (event: PointerEvent): void => {
    if (event.buttons === 0) this.#hover(this.#boxAt(event));
  };

  readonly #onLeave = (): void => this.#hover(undefined);

  #hover(box: number | undefined): void {
    if (box === this.#marks.hover) return;
    this.#canvas.style.cursor = box === undefined ? "grab" : "pointer";
    this.setMarks({ hover: box });
    this.#events.onHover(box);
  }
}

function extent(layout: Layout): Area {
  let left = Number.POSITIVE_INFINITY;
  let top = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  let bottom = Number.NEGATIVE_INFINITY;
  for (let box = layout.nodes; box < layout.x.length; box++) {
    left = Math.min(left, at(layout.x, box));
    top = Math.min(top, at(layout.y, box));
    right = Math.max(right, at(layout.x, box) + at(layout.width, box));
    bottom = Math.max(bottom, at(layout.y, box) + at(layout.height, box));
  }
  return { left, top, right, bottom };
}
