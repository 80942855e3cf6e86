import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { at } from "../graph";
import { anchored, type Layout, type LayoutRequest, layoutCompound, sizes } from "./compound";
import { edgesToReverse, withReversed } from "./edges";
import { layered } from "./layered";
import { layersOf } from "./layers";
import { crossings } from "./ordering";
import { layoutGraph } from "./packing";
import { separate } from "./positions";

const gaps = { along: 60, across: 20, aspect: 1.8 };

function edgesOf(pairs: readonly (readonly [number, number])[]) {
  return { from: Int32Array.from(pairs, ([from]) => from), to: Int32Array.from(pairs, ([, to]) => to) };
}

function flat(count: number, pairs: readonly (readonly [number, number])[]) {
  return layoutGraph(
    new Float64Array(count).fill(100),
    new Float64Array(count).fill(40),
    edgesOf(pairs),
    gaps,
  );
}

/** Graphs with circles, lone vertices and several parts. */
const graphs = fc.integer({ min: 2, max: 24 }).chain((count) =>
  fc.record({
    count: fc.constant(count),
    pairs: fc.uniqueArray(
      fc.tuple(fc.nat(count - 1), fc.nat(count - 1)).filter(([from, to]) => from !== to),
      {
        maxLength: 60,
        selector: ([from, to]) => from * count + to,
      },
    ),
  }),
);

const requests = graphs.chain(({ count, pairs }) =>
  fc.integer({ min: 1, max: 5 }).chain((groups) =>
    fc.record({
      nodes: fc.constant(count),
      from: fc.constant(edgesOf(pairs).from),
      to: fc.constant(edgesOf(pairs).to),
      groups: fc.constant(groups),
      aspect: fc.constantFrom(0.6, 1, 1.8),
      nodeWidth: fc.integer({ min: sizes.node.least, max: sizes.node.most }),
      groupOf: fc
        .array(fc.nat(groups - 1), { minLength: count, maxLength: count })
        .map((list) => Int32Array.from(list)),
      isOpen: fc
        .array(fc.integer({ min: 0, max: 1 }), { minLength: groups, maxLength: groups })
        .map((list) => Uint8Array.from(list)),
    }),
  ),
);

function overlaps(layout: Pick<Layout, "x" | "y" | "width" | "height">, one: number, other: number): boolean {
  const isApart = (start: ArrayLike<number>, size: ArrayLike<number>) =>
    at(start, one) + at(size, one) <= at(start, other) + 0.01 ||
    at(start, other) + at(size, other) <= at(start, one) + 0.01;
  return !isApart(layout.x, layout.width) && !isApart(layout.y, layout.height);
}

describe("packing", () => {
  it("lays low parts beside a high one instead of below it", () => {
    const heights = [400, 100, 100, 100];
    const placed = layoutGraph(new Float64Array(4).fill(300), Float64Array.from(heights), edgesOf([]), {
      along: 20,
      across: 20,
      aspect: 1.4,
    });
    expect(placed.height).toBe(400);
  });

  it("is taller than wide where the place is", () => {
    const placed = (aspect: number) =>
      layoutGraph(
        new Float64Array(8).fill(300),
        Float64Array.from([90, 100, 110, 120, 130, 140, 150, 160]),
        edgesOf([]),
        { along: 20, across: 20, aspect },
      );
    expect(placed(0.5).width).toBeLessThan(placed(0.5).height);
    expect(placed(1.8).width).toBeGreaterThan(placed(1.8).height);
  });
});

describe("a layered layout", () => {
  it("lets every edge lead to the right when there is no circle", () => {
    const placed = flat(4, [
      [0, 1],
      [1, 2],
      [0, 2],
      [3, 2],
    ]);
    for (const [from, to] of [
      [0, 1],
      [1, 2],
      [0, 2],
      [3, 2],
    ] as const) {
      expect(at(placed.x, from) + 100).toBeLessThan(at(placed.x, to));
    }
  });

  it("leaves no circle among the edges that it turned", () => {
    fc.assert(
      fc.property(graphs, ({ count, pairs }) => {
        const edges = edgesOf(pairs);
        const forward = withReversed(edges, edgesToReverse(count, edges));
        const layer = layersOf(count, forward);
        for (const [edge, from] of forward.from.entries()) {
          expect(at(layer, from)).toBeLessThan(at(layer, at(forward.to, edge)));
        }
      }),
    );
  });

  it("turns no edge of a graph without circles", () => {
    fc.assert(
      fc.property(graphs, ({ count, pairs }) => {
        const edges = edgesOf(pairs.filter(([from, to]) => from < to));
        expect(edgesToReverse(count, edges).some((each) => each === 1)).toBe(false);
      }),
    );
  });

  it("never lays two vertices over each other, and starts at 0, 0", () => {
    fc.assert(
      fc.property(graphs, ({ count, pairs }) => {
        const placed = flat(count, pairs);
        const size = { width: new Float64Array(count).fill(100), height: new Float64Array(count).fill(40) };
        const boxes = { x: Float32Array.from(placed.x), y: Float32Array.from(placed.y) };
        const layout = {
          ...boxes,
          width: Float32Array.from(size.width),
          height: Float32Array.from(size.height),
        };
        for (let one = 0; one < count; one++) {
          expect(at(placed.x, one)).toBeGreaterThanOrEqual(-0.01);
          expect(at(placed.y, one)).toBeGreaterThanOrEqual(-0.01);
          for (let other = 0; other < one; other++) expect(overlaps(layout, one, other)).toBe(false);
        }
      }),
    );
  });

  it("untangles two crossed pairs", () => {
    const edges = edgesOf([
      [0, 3],
      [1, 2],
      [0, 2],
      [1, 3],
      [3, 4],
      [2, 5],
    ]);
    const placed = layered(new Float64Array(6).fill(100), new Float64Array(6).fill(40), edges, gaps);
    const isSameSide = at(placed.y, 4) < at(placed.y, 5) === at(placed.y, 3) < at(placed.y, 2);
    expect(isSameSide).toBe(true);
  });

  it("leads long edges past the vertices between their ends", () => {
    const placed = layered(
      new Float64Array(3).fill(100),
      new Float64Array(3).fill(40),
      edgesOf([
        [0, 1],
        [1, 2],
        [0, 2],
      ]),
      gaps,
    );
    const y = at(placed.points, 1);
    expect(placed.routeStart).toEqual(Int32Array.from([0, 0, 0, 2]));
    expect(y < at(placed.y, 1) || y > at(placed.y, 1) + 40).toBe(true);
  });
});

it("counts the crossings between two layers", () => {
  const layers = [Int32Array.from([0, 1]), Int32Array.from([2, 3])];
  const place = Float64Array.from([-0.5, 0.5, -0.5, 0.5]);
  const empty = { upStart: new Int32Array(5), up: new Int32Array(0) };
  const crossed = { ...empty, downStart: Int32Array.from([0, 1, 2, 2, 2]), down: Int32Array.from([3, 2]) };
  const straight = { ...crossed, down: Int32Array.from([2, 3]) };
  expect(crossings(layers, crossed, place)).toBe(1);
  expect(crossings(layers, straight, place)).toBe(0);
});

it("keeps distances and moves as little as it must", () => {
  const ones = (count: number) => new Float64Array(count).fill(1);
  expect(separate(Float64Array.from([0, 100]), Float64Array.from([0, 10]), ones(2))).toEqual(
    Float64Array.from([0, 100]),
  );
  expect(separate(Float64Array.from([5, 5]), Float64Array.from([0, 10]), ones(2))).toEqual(
    Float64Array.from([0, 10]),
  );
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -500, max: 500 }), { minLength: 1, maxLength: 30 }), (wishes) => {
      const distance = new Float64Array(wishes.length).fill(7);
      const placed = separate(Float64Array.from(wishes), distance, ones(wishes.length));
      for (let index = 1; index < placed.length; index++) {
        expect(at(placed, index) - at(placed, index - 1)).toBeGreaterThanOrEqual(7 - 1e-6);
      }
    }),
  );
});

describe("a layout of groups", () => {
  it("is the same for the same input", () => {
    fc.assert(
      fc.property(requests, (request) => {
        expect(layoutCompound(request)).toEqual(layoutCompound(request));
      }),
    );
  });

  it("keeps nodes inside their open group and apart, and hides those of closed ones", () => {
    fc.assert(
      fc.property(requests, (request) => {
        const layout = layoutCompound(request);
        for (let node = 0; node < request.nodes; node++) {
          const group = request.nodes + at(request.groupOf, node);
          if (!request.isOpen[at(request.groupOf, node)]) {
            expect(layout.width[node]).toBe(0);
            continue;
          }
          expect(at(layout.x, node)).toBeGreaterThanOrEqual(at(layout.x, group));
          expect(at(layout.y, node)).toBeGreaterThanOrEqual(at(layout.y, group) + sizes.header);
          expect(at(layout.x, node) + at(layout.width, node)).toBeLessThanOrEqual(
            at(layout.x, group) + at(layout.width, group) + 0.01,
          );
          expect(at(layout.y, node) + at(layout.height, node)).toBeLessThanOrEqual(
            at(layout.y, group) + at(layout.height, group) + 0.01,
          );
          for (let other = 0; other < node; other++) {
            if (at(layout.width, other) > 0) expect(overlaps(layout, node, other)).toBe(false);
          }
        }
        for (let one = 0; one < request.groups; one++) {
          for (let other = 0; other < one; other++) {
            expect(overlaps(layout, request.nodes + one, request.nodes + other)).toBe(false);
          }
        }
      }),
    );
  });

  it("draws every edge between boxes that are drawn, once", () => {
    fc.assert(
      fc.property(requests, (request) => {
        const layout = layoutCompound(request);
        const seen = new Set<string>();
        layout.from.forEach((from, edge) => {
          const to = at(layout.to, edge);
          expect(at(layout.width, from)).toBeGreaterThan(0);
          expect(at(layout.width, to)).toBeGreaterThan(0);
          expect(from).not.toBe(to);
          expect(seen.has(`${from}-${to}`)).toBe(false);
          seen.add(`${from}-${to}`);
        });
      }),
    );
  });

  it("opens a group where it stands, and keeps the others in their order", () => {
    const request: LayoutRequest = {
      nodes: 6,
      from: Int32Array.from([0, 1, 2, 0]),
      to: Int32Array.from([2, 3, 4, 5]),
      groupOf: Int32Array.from([0, 0, 1, 1, 2, 3]),
      groups: 4,
      aspect: 1.8,
      nodeWidth: 208,
      isOpen: new Uint8Array(4),
    };
    const before = layoutCompound(request);
    const opened = layoutCompound({ ...request, isOpen: Uint8Array.from([0, 1, 0, 0]) });
    const box = request.nodes + 1;
    const after = anchored(opened, before, box);
    expect(after.x[box]).toBe(before.x[box]);
    expect(after.y[box]).toBe(before.y[box]);
    const isAbove = (layout: Layout) => at(layout.y, request.nodes + 3) < at(layout.y, request.nodes + 1);
    expect(isAbove(after)).toBe(isAbove(before));
  });
});
