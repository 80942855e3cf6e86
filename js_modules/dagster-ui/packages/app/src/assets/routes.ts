import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../shell/root";
import { readAssetSearch, readAssetsSearch } from "./search";

const assetsRoot = createRoute({ getParentRoute: () => rootRoute, path: "/assets" });

const assetsRoute = createRoute({
  getParentRoute: () => assetsRoot,
  path: "/",
  validateSearch: readAssetsSearch,
  component: lazyRouteComponent(() => import("./AssetsPage"), "AssetsPage"),
});

// A key may hold slashes, so it takes the rest of the address.
const assetRoute = createRoute({
  getParentRoute: () => assetsRoot,
  path: "$",
  validateSearch: readAssetSearch,
  component: lazyRouteComponent(() => import("./asset/AssetPage"), "AssetPage"),
});

export const assetRoutes = [assetsRoot.addChildren([assetsRoute, assetRoute])];
