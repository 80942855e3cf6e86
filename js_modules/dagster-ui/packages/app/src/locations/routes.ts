import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../shell/root";

export const locationsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/locations",
  component: lazyRouteComponent(() => import("./LocationsPage"), "LocationsPage"),
});
