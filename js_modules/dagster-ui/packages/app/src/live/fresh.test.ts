// @vitest-environment jsdom
import { renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { useFreshAt, waitFor } from "./fresh";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("waits a little beyond the first moment, never hurries, and gives up on what does not come", () => {
  expect(waitFor([60_000, 10_000], 0)).toBe(11_200);
  expect(waitFor([0], 10_000)).toBe(2500);
  expect(waitFor([1e15], 0)).toBe(2 ** 31 - 1);
  expect([waitFor([], 0), waitFor([0], 40_000)]).toEqual([undefined, undefined]);
});

it("asks when the moment has passed, again with each answer, and not after the page has gone", () => {
  const refresh = vi.fn();
  const moments = [Date.now() + 5000];
  const { unmount, rerender } = renderHook(({ answer }) => useFreshAt(moments, answer, refresh), {
    initialProps: { answer: {} },
  });
  vi.advanceTimersByTime(6000);
  expect(refresh).toHaveBeenCalledTimes(0);
  vi.advanceTimersByTime(300);
  expect(refresh).toHaveBeenCalledTimes(1);
  rerender({ answer: {} });
  vi.advanceTimersByTime(2600);
  expect(refresh).toHaveBeenCalledTimes(2);
  rerender({ answer: {} });
  unmount();
  vi.advanceTimersByTime(100_000);
  expect(refresh).toHaveBeenCalledTimes(2);
});
