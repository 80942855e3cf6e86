import { EmptyState, ErrorState, Skeletons, statusFacts } from "@dagster-ui/kit";
import { VisuallyHidden } from "@mantine/core";
import { IconTopologyStar3 } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import { lazy, Suspense, useMemo, useState } from "react";
import { sortOf } from "../search/search";
import { LinkButton } from "../shell/LinkButton";
import { usePage } from "../shell/page";
import styles from "./AssetsPage.module.css";
import { AssetsTable } from "./AssetsTable";
import { AssetsToolbar } from "./AssetsToolbar";
import { type SortColumn, selectAssets, sortAssets, sortColumns } from "./selecting";
import type { Assets } from "./store";
import { useAssetStore, useAssets } from "./use";

const AssetsGraph = lazy(() =>
  import("./graph/AssetsGraph").then((module) => ({ default: module.AssetsGraph })),
);
const route = getRouteApi("/assets/");

/** All assets as a list or a graph of one selection. */
export function AssetsPage() {
  usePage("Assets");
  const assets = useAssets();
  const store = useAssetStore();
  if (assets.problem !== undefined && !assets.isLoaded) {
    return (
      <ErrorState
        title="The assets could not be loaded"
        message={assets.problem}
        onRetry={() => void store.load()}
      />
    );
  }
  if (!assets.isLoaded) return <Skeletons lines={14} height={20} />;
  if (assets.facts.length === 0) return <NoAssets />;
  return <SelectedAssets assets={assets} />;
}

function SelectedAssets({ assets }: { assets: Assets }) {
  const search = route.useSearch();
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const { facts, problem } = useMemo(
    () => selectAssets(assets, search.q ?? "", search.status),
    [assets, search.q, search.status],
  );
  const sort = sortOf(search.sort ?? "name");
  const column: SortColumn = sortColumns.find((each) => each === sort.column) ?? "name";
  const sorted = useMemo(
    () => sortAssets(facts, assets, column, sort.isDescending, (status) => statusFacts[status].rank),
    [facts, assets, column, sort.isDescending],
  );
  const keys = useMemo(() => new Set(facts.map((each) => each.key)), [facts]);
  const chosen = useMemo(() => new Set([...marked].filter((key) => keys.has(key))), [marked, keys]);
  return (
    <div className={styles.page}>
      <VisuallyHidden component="h1">Assets</VisuallyHidden>
      <AssetsToolbar assets={assets} shown={facts} chosen={chosen} problem={problem} />
      {search.view === "graph" ? (
        <Suspense fallback={null}>
          <AssetsGraph assets={assets} shown={facts} chosen={chosen} onChoose={setMarked} />
        </Suspense>
      ) : (
        <AssetsTable assets={assets} rows={sorted} chosen={chosen} onChoose={setMarked} sort={sort} />
      )}
    </div>
  );
}

function NoAssets() {
  return (
    <EmptyState
      isPage
      title="No code location defines an asset yet"
      icon={<IconTopologyStar3 size={22} />}
      actions={
        <LinkButton to="/locations" variant="default">
          See the locations
        </LinkButton>
      }
    >
      Assets appear here as soon as a loaded location defines one. When you expected some, a location may have
      failed to load.
    </EmptyState>
  );
}
