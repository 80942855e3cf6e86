import type { LocationFactsFragment, ServedFragment } from "@dagster-ui/client/schema";
import { parseFrames } from "@dagster-ui/kit";
import { expect, it } from "vitest";
import { loadProblem, locationFacts, sortLocations } from "./facts";

const error: LocationFactsFragment["error"] = {
  __typename: "PythonError",
  className: "KeyError",
  message: "KeyError: 'eur'",
  stack: ['  rates.py:10: eur = RATES["eur"]\n'],
  causes: [],
};

function entry(name: string, more: Partial<LocationFactsFragment> = {}): LocationFactsFragment {
  return {
    __typename: "WorkspaceLocationEntry",
    id: name,
    name,
    loadStatus: "LOADED",
    updatedTimestamp: 100,
    slowStartReasons: [],
    displayMetadata: [{ __typename: "RepositoryMetadata", key: "python_file", value: "/shop/defs.py" }],
    error: null,
    locationOrLoadError: {
      __typename: "RepositoryLocation",
      id: name,
      isReloadSupported: true,
      dagsterLibraryVersions: [{ __typename: "DagsterLibraryVersion", name: "dagster", version: "1.2.3" }],
    },
    ...more,
  };
}

function served(name: string): ServedFragment {
  return {
    __typename: "Repository",
    id: "r",
    name: "__repository__",
    location: { __typename: "RepositoryLocation", id: name, name },
    assetGroups: [
      {
        __typename: "AssetGroup",
        id: "g",
        groupName: "default",
        assetKeys: [
          { __typename: "AssetKey", path: ["a"] },
          { __typename: "AssetKey", path: ["b"] },
        ],
      },
    ],
    pipelines: [
      { __typename: "Pipeline", id: "1", name: "__ASSET_JOB" },
      { __typename: "Pipeline", id: "2", name: "nightly" },
    ],
    schedules: [{ __typename: "Schedule", id: "s" }],
    sensors: [],
  };
}

it("counts what a location holds, without what only the framework made", () => {
  expect(locationFacts(entry("shop"), [served("shop"), served("other")])).toMatchObject({
    status: "ok",
    source: "/shop/defs.py",
    version: "1.2.3",
    isServingOld: false,
    holds: { assets: 2, groups: ["default"], jobs: 1, schedules: 1, sensors: 0 },
  });
});

it("tells apart what serves old code, what serves none, and what is loading", () => {
  expect(locationFacts(entry("a", { error, locationOrLoadError: error }), [served("a")])).toMatchObject({
    status: "stale",
    isServingOld: true,
  });
  expect(locationFacts(entry("b", { error, locationOrLoadError: error }), [])).toMatchObject({
    status: "failed",
    isServingOld: false,
    holds: undefined,
    problem: { className: "KeyError" },
  });
  expect(locationFacts(entry("c", { loadStatus: "LOADING", locationOrLoadError: null }), [])).toMatchObject({
    status: "running",
    word: "Loading",
  });
});

it("puts first what has a problem", () => {
  const names = sortLocations(
    [entry("b"), entry("a"), entry("z", { error })].map((each) => locationFacts(each, [])),
  ).map((each) => each.name);
  expect(names).toEqual(["z", "a", "b"]);
});

it("names the user's exception, not that of the location around it", () => {
  const problem = {
    className: "DagsterCodeLocationError",
    message: "rates.py:10: KeyError: 'eur'",
    stack: [],
    causes: [],
  };
  expect(loadProblem(problem)).toMatchObject({ className: "KeyError", message: "'eur'" });
  const broken = {
    ...problem,
    message: "rates.py:3: SyntaxError: invalid syntax",
    stack: ["  def eur( -> int:\n", "  ^\n"],
  };
  expect(parseFrames(loadProblem(broken).stack)).toEqual([
    { file: "rates.py", line: 3, place: "", source: "def eur( -> int:", isOwn: true },
  ]);
  const raised = { ...problem, stack: ['  rates.py:10: eur = RATES["eur"]\n'] };
  expect(loadProblem(raised).stack).toBe(raised.stack);
  expect(loadProblem({ ...problem, message: "There is no file rates.py." }).className).toBe(
    "DagsterCodeLocationError",
  );
});
