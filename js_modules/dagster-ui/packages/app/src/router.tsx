import { createRouter } from "@tanstack/react-router";
import { assetRoutes } from "./assets/routes";
import { automationRoutes } from "./automation/routes";
import { graphqlRoute } from "./graphql/routes";
import { homeRoute } from "./home/routes";
import { jobRoutes } from "./jobs/routes";
import { locationsRoute } from "./locations/routes";
import { runRoutes } from "./runs/routes";
import { settingsRoute } from "./settings/routes";
import { rootRoute } from "./shell/root";

const routeTree = rootRoute.addChildren([
  homeRoute,
  ...assetRoutes,
  ...runRoutes,
  ...jobRoutes,
  ...automationRoutes,
  locationsRoute,
  settingsRoute,
  graphqlRoute,
]);

export function makeRouter(basepath: string) {
  return createRouter({
    routeTree,
    basepath,
    defaultPreload: "intent",
    defaultPendingMs: 150,
    scrollRestoration: true,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
