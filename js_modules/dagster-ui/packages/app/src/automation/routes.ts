import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../shell/root";
import { readAutomationSearch } from "./search";

const automationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/automation",
  validateSearch: readAutomationSearch,
  component: lazyRouteComponent(() => import("./AutomationPage"), "AutomationPage"),
});

export const automationRoutes = [automationRoute];
