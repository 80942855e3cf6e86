// @vitest-environment jsdom
import { expect, it } from "vitest";
import addresses from "../public/addresses.json";
import { makeRouter } from "./router";

it("tells the web server each address that has a page, so that it answers 404 at all others", () => {
  expect(Object.keys(makeRouter("/").routesByPath).sort()).toEqual([...addresses].sort());
});
