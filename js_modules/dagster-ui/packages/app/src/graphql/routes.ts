import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../shell/root";
import { readGraphQLSearch } from "./search";

/** The address that programs ask by POST; a browser is shown where to try it. */
export const graphqlRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/graphql",
  validateSearch: readGraphQLSearch,
  component: lazyRouteComponent(() => import("./GraphQLPage"), "GraphQLPage"),
});
