import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../shell/root";
import { readHomeSearch } from "./search";

export const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/",
  validateSearch: readHomeSearch,
  component: lazyRouteComponent(() => import("./HomePage"), "HomePage"),
});
