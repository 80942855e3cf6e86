import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../shell/root";
import { readJobSearch, readJobsSearch } from "./search";

const jobsRoot = createRoute({ getParentRoute: () => rootRoute, path: "/jobs" });

const jobsRoute = createRoute({
  getParentRoute: () => jobsRoot,
  path: "/",
  validateSearch: readJobsSearch,
  component: lazyRouteComponent(() => import("./JobsPage"), "JobsPage"),
});

const jobRoute = createRoute({
  getParentRoute: () => jobsRoot,
  path: "$repository/$job",
  validateSearch: readJobSearch,
  component: lazyRouteComponent(() => import("./JobPage"), "JobPage"),
});

export const jobRoutes = [jobsRoot.addChildren([jobsRoute, jobRoute])];
