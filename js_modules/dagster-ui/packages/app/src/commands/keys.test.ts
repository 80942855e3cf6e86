import { expect, it } from "vitest";
import { pressed, resolveKeys } from "./keys";

const bindings = ["g a", "g r", "m", "mod+k", "?"];
const press = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

it("names presses as bindings write them", () => {
  expect(pressed({ ...press, key: "k", metaKey: true })).toBe("mod+k");
  expect(pressed({ ...press, key: "?", shiftKey: true })).toBe("?");
  expect(pressed({ ...press, key: "M", shiftKey: true })).toBe("shift+m");
  expect(pressed({ ...press, key: "ArrowUp" })).toBe("up");
});

it("waits for the second key of a sequence", () => {
  expect(resolveKeys(bindings, "", "g")).toEqual({ found: undefined, pending: "g" });
  expect(resolveKeys(bindings, "g", "a")).toEqual({ found: "g a", pending: "" });
});

it("starts anew when the second key fits nothing", () => {
  expect(resolveKeys(bindings, "g", "m")).toEqual({ found: "m", pending: "" });
  expect(resolveKeys(bindings, "g", "z")).toEqual({ found: undefined, pending: "" });
});
