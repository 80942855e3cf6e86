import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { at } from "../graph";
import { type LayoutRequest, layoutCompound } from "../layout/compound";
import { detailAt, firstLook, fit, reveal, visibleArea } from "./camera";
import { boxArea, makeSpatialIndex } from "./spatial";
import { blend } from "./transition";
import { firstBox, walk } from "./walk";

// 0 → 1 → 3 and 0 → 2 → 3 in one open group; 4 in a closed one, made from 3.
const request: LayoutRequest = {
  nodes: 5,
  from: Int32Array.from([0, 0, 1, 2, 3]),
  to: Int32Array.from([1, 2, 3, 3, 4]),
  groupOf: Int32Array.from([0, 0, 0, 0, 1]),
  groups: 2,
  aspect: 1.8,
  nodeWidth: 208,
  isOpen: Uint8Array.from([1, 0]),
};
const layout = layoutCompound(request);
const closedGroup = 6;

describe("walking", () => {
  it("follows edges to the side", () => {
    expect([1, 2]).toContain(walk(layout, 0, "right"));
    expect(walk(layout, 1, "right")).toBe(3);
    expect(walk(layout, 3, "right")).toBe(closedGroup);
    expect(walk(layout, closedGroup, "left")).toBe(3);
    expect(walk(layout, 0, "left")).toBeUndefined();
  });

  it("goes up and down within a column, and back", () => {
    const [upper, lower] = at(layout.y, 1) < at(layout.y, 2) ? [1, 2] : [2, 1];
    expect(walk(layout, upper, "down")).toBe(lower);
    expect(walk(layout, lower, "up")).toBe(upper);
    expect(walk(layout, upper, "up")).toBeUndefined();
  });

  it("begins at the first node", () => {
    expect(firstBox(layout)).toBe(0);
  });
});

describe("finding boxes", () => {
  const index = makeSpatialIndex(layout);

  it("hits the node before the group that holds it", () => {
    const area = boxArea(layout, 2);
    expect(index.hit(area.left + 5, area.top + 5)).toBe(2);
    const group = boxArea(layout, 5);
    expect(index.hit(group.left + 5, group.top + 5)).toBe(5);
    expect(index.hit(group.left - 5, group.top - 5)).toBeUndefined();
  });

  it("finds what a search through all of them finds", () => {
    const number = fc.integer({ min: -3000, max: 3000 });
    fc.assert(
      fc.property(number, number, fc.nat(4000), fc.nat(4000), (left, top, width, height) => {
        const area = { left, top, right: left + width, bottom: top + height };
        const all = Array.from(layout.x.keys()).filter((box) => {
          const own = boxArea(layout, box);
          const isTouching =
            own.left <= area.right &&
            own.right >= area.left &&
            own.top <= area.bottom &&
            own.bottom >= area.top;
          return at(layout.width, box) > 0 && isTouching;
        });
        const { nodes, groups } = index.within(area);
        expect([...nodes, ...groups].toSorted((one, other) => one - other)).toEqual(all);
      }),
    );
  });
});

describe("the camera", () => {
  const size = { width: 800, height: 600 };

  it("fits everything, and never shows it larger than life", () => {
    const area = { left: -100, top: 50, right: 3900, bottom: 450 };
    const seen = visibleArea(fit(area, size), size);
    expect(seen.left).toBeLessThan(area.left);
    expect(seen.right).toBeGreaterThan(area.right);
    expect(seen.top).toBeLessThan(area.top);
    expect(fit({ left: 0, top: 0, right: 10, bottom: 10 }, size).scale).toBe(1);
  });

  it("begins with names that one can read when the graph is small and the screen as well", () => {
    const area = { left: 0, top: 0, right: 2400, bottom: 600 };
    const phone = { width: 390, height: 600 };
    expect(detailAt(firstLook(area, 30, phone).scale)).toBe("name");
    expect(visibleArea(firstLook(area, 30, phone), phone).left).toBeLessThan(0);
    expect(firstLook(area, 3000, phone)).toEqual(fit(area, phone));
    expect(firstLook(area, 30, { width: 1600, height: 900 })).toEqual(
      fit(area, { width: 1600, height: 900 }),
    );
  });

  it("moves only when it must", () => {
    const camera = { x: 0, y: 0, scale: 1 };
    expect(reveal(camera, { left: 100, top: 100, right: 200, bottom: 200 }, size)).toEqual(camera);
    const moved = reveal(camera, { left: 900, top: 100, right: 1000, bottom: 200 }, size);
    expect(moved.x).toBe(-248);
    expect(moved.y).toBe(0);
    expect(reveal({ ...camera, scale: 0.1 }, { left: 0, top: 0, right: 10, bottom: 10 }, size).scale).toBe(
      0.5,
    );
  });

  it("draws more the nearer it is", () => {
    expect([0.1, 0.5, 1].map(detailAt)).toEqual(["tile", "name", "card"]);
  });
});

it("glides from one layout to the next and ends exactly there", () => {
  const opened = layoutCompound({ ...request, isOpen: Uint8Array.from([1, 1]) });
  expect(blend(layout, opened, 1).x).toEqual(opened.x);
  const half = blend(layout, opened, 0.5);
  expect(at(half.width, 6)).toBeGreaterThanOrEqual(at(layout.width, 6));
  expect(half.x[4]).toBe(opened.x[4]);
});
