import { countStatuses, type Status, StatusMark, statusFacts, toast } from "@dagster-ui/kit";
import { Button, SegmentedControl } from "@mantine/core";
import { IconList, IconPlayerPlay, IconTopologyStar3 } from "@tabler/icons-react";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useCommands } from "../commands/commands";
import styles from "./AssetsPage.module.css";
import { type AssetFacts, wordOfAsset } from "./facts";
import { useMaterialize } from "./launching";
import { SelectionField } from "./SelectionField";
import { type Selected, selectAssets } from "./selecting";
import { type Assets, stateOf } from "./store";

const route = getRouteApi("/assets/");

interface AssetsToolbarProps {
  assets: Assets;
  shown: readonly AssetFacts[];
  chosen: ReadonlySet<string>;
  problem: Selected["problem"];
}

/** The selection, the filters and what can be done with what they leave. */
export function AssetsToolbar({ assets, shown, chosen, problem }: AssetsToolbarProps) {
  const search = route.useSearch();
  const navigate = useNavigate({ from: "/assets/" });
  return (
    <div className={styles.toolbar}>
      <SelectionField assets={assets} problem={problem} />
      <StatusFilters assets={assets} />
      <SegmentedControl
        size="xs"
        aria-label="View"
        value={search.view ?? "list"}
        onChange={(view) =>
          void navigate({ search: (old) => ({ ...old, view: view === "graph" ? "graph" : undefined }) })
        }
        data={[
          { value: "list", label: <ViewLabel icon={<IconList size={14} />} word="List" /> },
          { value: "graph", label: <ViewLabel icon={<IconTopologyStar3 size={14} />} word="Graph" /> },
        ]}
      />
      <MaterializeButton assets={assets} shown={shown} chosen={chosen} />
    </div>
  );
}

function ViewLabel({ icon, word }: { icon: ReactNode; word: string }) {
  return (
    <span style={{ display: "inline-flex", alignItems: "center", gap: 5 }}>
      {icon}
      {word}
    </span>
  );
}

function StatusFilters({ assets }: { assets: Assets }) {
  const { status = [], q = "" } = route.useSearch();
  const navigate = useNavigate({ from: "/assets/" });
  const counts = countStatuses(selectAssets(assets, q).facts.map((each) => stateOf(assets, each.key).status));
  const toggle = (each: Status) => {
    const next = status.includes(each) ? status.filter((other) => other !== each) : [...status, each];
    void navigate({ search: (old) => ({ ...old, status: next.length > 0 ? next : undefined }) });
  };
  return (
    <div className={styles.filters} role="group" aria-label="Filter by status">
      {counts.map(([each, count]) => (
        <button
          key={each}
          type="button"
          className={styles.filter}
          aria-pressed={status.includes(each)}
          onClick={() => toggle(each)}
          title={wordOfAsset(each) ?? statusFacts[each].word}
        >
          <StatusMark status={each} size={13} label={wordOfAsset(each) ?? statusFacts[each].word} />
          <span className="number">{count.toLocaleString("en")}</span>
        </button>
      ))}
    </div>
  );
}

function MaterializeButton({
  assets,
  shown,
  chosen,
}: Pick<AssetsToolbarProps, "assets" | "shown" | "chosen">) {
  const materialize = useMaterialize();
  const [isBusy, setBusy] = useState(false);
  const pool = chosen.size > 0 ? shown.filter((each) => chosen.has(each.key)) : shown;
  const ready = pool.filter((each) => each.isMaterializable && !each.isPartitioned);
  const left = pool.filter((each) => each.isMaterializable && each.isPartitioned).length;
  const open = ready.filter((each) => ["stale", "missing"].includes(stateOf(assets, each.key).status));
  const start = async (which: readonly AssetFacts[]) => {
    setBusy(true);
    const started = await materialize(which);
    if (started.length > 0 && left > 0) toast("skipped", withoutPartitioned(left));
    setBusy(false);
  };
  useCommands([
    {
      id: "materialize",
      label: wordFor(chosen.size, ready.length),
      group: "Assets",
      keys: "m",
      run: () => void start(ready),
    },
    {
      id: "materialize-open",
      label: `Materialize what is stale or missing (${open.length.toLocaleString("en")})`,
      group: "Assets",
      keys: "shift+m",
      run: () => void start(open),
    },
  ]);
  return (
    <div className={styles.buttons}>
      {open.length > 0 && open.length < ready.length && (
        <Button
          variant="default"
          loading={isBusy}
          onClick={() => void start(open)}
          aria-keyshortcuts="shift+m"
          title="Materialize what is stale or missing"
        >
          Stale or missing ({open.length.toLocaleString("en")})
        </Button>
      )}
      <Button
        leftSection={<IconPlayerPlay size={14} />}
        loading={isBusy}
        disabled={ready.length === 0}
        onClick={() => void start(ready)}
        aria-keyshortcuts="m"
        title={left > 0 ? withoutPartitioned(left) : undefined}
      >
        {wordFor(chosen.size, ready.length)}
      </Button>
    </div>
  );
}

function withoutPartitioned(count: number): string {
  const left =
    count === 1 ? "One asset with partitions is" : `${count.toLocaleString("en")} assets with partitions are`;
  return `${left} left out: partitions are chosen on the page of their asset.`;
}

function wordFor(chosen: number, ready: number): string {
  const count = ready.toLocaleString("en");
  return chosen > 0 ? `Materialize ${count} selected` : `Materialize all ${count}`;
}
