import { useFeed, useQuestion } from "@dagster-ui/client";
import type { AssetQuery } from "@dagster-ui/client/schema";
import { EmptyState, ErrorState, LinkTabs, PageHeader, Skeletons, StatusBadge } from "@dagster-ui/kit";
import { IconTopologyStar3 } from "@tabler/icons-react";
import { getRouteApi, Link } from "@tanstack/react-router";
import { lazy, Suspense, useMemo } from "react";
import { useCommands } from "../../commands/commands";
import { LinkButton } from "../../shell/LinkButton";
import { usePage } from "../../shell/page";
import { type AssetFacts, wordOfAsset } from "../facts";
import { type AssetTab, assetTabs } from "../search";
import { type Assets, stateOf } from "../store";
import { useAssets } from "../use";
import { AssetActions } from "./AssetActions";
import { AssetDocument } from "./asset.gql";
import { Definition } from "./Definition";
import { Events } from "./Events";
import { Overview } from "./Overview";

const Partitions = lazy(() =>
  import("./partitions/Partitions").then((module) => ({ default: module.Partitions })),
);
const Checks = lazy(() => import("./checks/Checks").then((module) => ({ default: module.Checks })));

const route = getRouteApi("/assets/$");

/** Everything about one asset. */
export function AssetPage() {
  const { _splat: key = "" } = route.useParams();
  const assets = useAssets();
  const path = key.split("/");
  const facts = assets.byKey.get(key);
  usePage(path.at(-1) ?? key, [{ label: "Assets", href: "/assets" }]);
  const assetKey = useMemo(() => ({ path: key.split("/") }), [key]);
  const answer = useQuestion(AssetDocument, { assetKey });
  useFeed((changes) => {
    const isAbout = changes.assets.some((each) => each.assetKey.path.join("/") === key);
    if (isAbout || changes.isReset || changes.locations.length > 0) answer.refresh();
  });
  if (answer.problem !== undefined && !answer.data) {
    return (
      <ErrorState title="The asset could not be loaded" message={answer.problem} onRetry={answer.refresh} />
    );
  }
  if (answer.data && !isKnown(answer.data) && !facts) return <NoAsset name={key} />;
  return (
    <>
      <AssetHeader name={key} facts={facts} assets={assets} />
      {answer.data ? (
        <AssetBody name={key} facts={facts} assets={assets} answer={answer.data} />
      ) : (
        <Skeletons lines={10} />
      )}
    </>
  );
}

/** Whether some code defines the asset or something was stored of it. */
function isKnown({ assetOrError: asset }: AssetQuery): boolean {
  if (asset.__typename !== "Asset") return false;
  return asset.definition !== null || asset.assetMaterializations.length + asset.assetObservations.length > 0;
}

function AssetHeader({
  name,
  facts,
  assets,
}: {
  name: string;
  facts: AssetFacts | undefined;
  assets: Assets;
}) {
  const state = stateOf(assets, name);
  return (
    <PageHeader
      title={name}
      facts={assets.isCurrent && <StatusBadge status={state.status} word={wordOfAsset(state.status)} />}
      actions={facts && <AssetActions facts={facts} />}
    />
  );
}

const tabWords: Record<AssetTab, string> = {
  overview: "Overview",
  partitions: "Partitions",
  checks: "Checks",
  events: "Events",
  definition: "Definition",
};

interface AssetBodyProps {
  name: string;
  facts: AssetFacts | undefined;
  assets: Assets;
  answer: AssetQuery;
}

function AssetBody({ name, facts, assets, answer }: AssetBodyProps) {
  const { tab = "overview" } = route.useSearch();
  const tabs = assetTabs.filter((each) => each === tab || hasTab(facts, each));
  useTabKeys(name, tabs);
  if (answer.assetOrError.__typename !== "Asset") return null;
  const asset = answer.assetOrError;
  return (
    <>
      <LinkTabs label="Parts of the asset">
        {tabs.map((each) => (
          <Link
            key={each}
            to="/assets/$"
            params={{ _splat: name }}
            search={{ tab: each === "overview" ? undefined : each }}
            activeOptions={{ includeSearch: true, exact: true }}
            activeProps={{}}
            aria-current={each === tab ? "page" : undefined}
          >
            {tabWords[each]}
          </Link>
        ))}
        <Link to="/assets" search={{ view: "graph", q: `1+key:"${name}"+1`, focus: name }}>
          Lineage
        </Link>
      </LinkTabs>
      {tab === "overview" && <Overview name={name} facts={facts} assets={assets} asset={asset} />}
      <Suspense fallback={<Skeletons lines={10} />}>
        {tab === "partitions" && facts && <Partitions facts={facts} />}
        {tab === "checks" && facts && <Checks facts={facts} />}
      </Suspense>
      {tab === "events" && <Events asset={asset} />}
      {tab === "definition" && <Definition facts={facts} asset={asset} />}
    </>
  );
}

/** Partitions and checks have a tab where the asset has any. */
function hasTab(facts: AssetFacts | undefined, tab: AssetTab): boolean {
  if (tab === "partitions") return facts?.isPartitioned ?? false;
  if (tab === "checks") return facts?.hasChecks ?? false;
  return true;
}

/** Keys for the parts of the page, and for the way to the graph. */
function useTabKeys(name: string, tabs: readonly AssetTab[]) {
  const navigate = route.useNavigate();
  useCommands([
    ...tabs.map((each, index) => ({
      id: `tab-${each}`,
      label: tabWords[each],
      group: "Asset",
      keys: String(index + 1),
      run: () => void navigate({ search: { tab: each === "overview" ? undefined : each } }),
    })),
    {
      id: "lineage",
      label: `Lineage of ${name}`,
      group: "Asset",
      keys: "l",
      run: () =>
        void navigate({ to: "/assets", search: { view: "graph", q: `1+key:"${name}"+1`, focus: name } }),
    },
  ]);
}

function NoAsset({ name }: { name: string }) {
  return (
    <EmptyState
      isPage
      title={`There is no asset ${name}`}
      icon={<IconTopologyStar3 size={22} />}
      actions={
        <LinkButton to="/assets" search={{ q: name.split("/").at(-1) }} variant="default">
          Look for it
        </LinkButton>
      }
    >
      No loaded code location defines it, and nothing was ever stored under this key.
    </EmptyState>
  );
}
