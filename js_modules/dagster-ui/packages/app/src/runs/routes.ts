import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../shell/root";
import { readRunSearch, readRunsSearch } from "./search";

const runsRoot = createRoute({ getParentRoute: () => rootRoute, path: "/runs" });

const runsRoute = createRoute({
  getParentRoute: () => runsRoot,
  path: "/",
  validateSearch: readRunsSearch,
  component: lazyRouteComponent(() => import("./RunsPage"), "RunsPage"),
});

const runRoute = createRoute({
  getParentRoute: () => runsRoot,
  path: "$runId",
  validateSearch: readRunSearch,
  component: lazyRouteComponent(() => import("./run/RunPage"), "RunPage"),
});

export const runRoutes = [runsRoot.addChildren([runsRoute, runRoute])];
