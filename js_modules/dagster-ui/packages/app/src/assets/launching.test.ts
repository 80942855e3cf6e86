import { expect, it } from "vitest";
import { launchesOf } from "./launching";
import { testAsset } from "./testing";

it("launches once per repository, without what nobody can make", () => {
  const launches = launchesOf([
    testAsset("a"),
    testAsset("x/b"),
    testAsset("seen", { isMaterializable: false }),
    testAsset("c", { address: "other", repository: { name: "__repository__", location: "other" } }),
  ]);
  expect(
    launches.map((each) => [each.selector.repositoryLocationName, each.selector.assetSelection]),
  ).toEqual([
    ["shop", [{ path: ["a"] }, { path: ["x", "b"] }]],
    ["other", [{ path: ["c"] }]],
  ]);
  expect(launches[0]).toMatchObject({ runConfigData: "{}", selector: { pipelineName: "__ASSET_JOB" } });
});
