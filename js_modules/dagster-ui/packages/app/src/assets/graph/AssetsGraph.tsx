import { darkTokens, EmptyState, lightTokens, useNow } from "@dagster-ui/kit";
import { LineageView } from "@dagster-ui/lineage";
import { useComputedColorScheme } from "@mantine/core";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useCommands } from "../../commands/commands";
import type { AssetFacts } from "../facts";
import type { Assets } from "../store";
import { AssetInspector } from "./AssetInspector";
import styles from "./AssetsGraph.module.css";
import { GraphControls } from "./GraphControls";
import { makeFaces, makeModel, nextFailed, openGroups, toggledGroups } from "./model";
import { Outline } from "./Outline";
import { useGraphKeys } from "./useGraphKeys";
import { useGraphLayout } from "./useGraphLayout";

const route = getRouteApi("/assets/");

interface AssetsGraphProps {
  assets: Assets;
  shown: readonly AssetFacts[];
  chosen: ReadonlySet<string>;
  onChoose: (chosen: Set<string>) => void;
}

/** The selected assets as a graph: groups open and close in place, the inspector says more of the one in focus. */
export function AssetsGraph({ assets, shown, chosen, onChoose }: AssetsGraphProps) {
  const search = route.useSearch();
  const navigate = useNavigate({ from: "/assets/" });
  const wanted = useMemo(() => makeModel(shown), [shown]);
  const isOpen = useMemo(() => openGroups(wanted, search.open), [wanted, search.open]);
  const { layout, model } = useGraphLayout(wanted, isOpen);
  const [groupFocus, setGroupFocus] = useState<number | undefined>(undefined);
  const [hasOutline, setOutline] = useState(false);
  const node = search.focus === undefined ? undefined : model.indexOf.get(search.focus);
  const focus = node ?? (groupFocus === undefined ? undefined : model.nodes.length + groupFocus);

  const focusBox = useCallback(
    (box: number | undefined) => {
      const key = box === undefined ? undefined : model.nodes[box]?.key;
      setGroupFocus(box !== undefined && box >= model.nodes.length ? box - model.nodes.length : undefined);
      void navigate({ search: (old) => ({ ...old, focus: key }), replace: true });
    },
    [model, navigate],
  );
  const toggleGroup = (group: number) => {
    setGroupFocus(group);
    void navigate({
      search: (old) => ({ ...old, open: toggledGroups(model, isOpen, group), focus: undefined }),
      replace: true,
    });
  };
  const choose = (box: number) => {
    const nodes = box < model.nodes.length ? [box] : (model.groups[box - model.nodes.length]?.members ?? []);
    const keys = nodes.flatMap((each) => model.nodes[each]?.key ?? []);
    onChoose(toggledKeys(chosenWith(chosen, search.focus, keys), keys));
  };
  const openPage = (box: number) => {
    const key = model.nodes[box]?.key;
    if (key !== undefined) void navigate({ to: "/assets/$", params: { _splat: key }, search: {} });
  };
  const act = (box: number) =>
    box < model.nodes.length ? openPage(box) : toggleGroup(box - model.nodes.length);

  const canvas = useRef<HTMLCanvasElement>(null);
  const view = useView(canvas, {
    onClick: (box, isAdding) => {
      if (box !== undefined && isAdding) choose(box);
      else if (box !== undefined && box >= model.nodes.length) toggleGroup(box - model.nodes.length);
      else focusBox(box);
    },
    onDoubleClick: (box) => box < model.nodes.length && openPage(box),
  });
  useFaces(view, model, assets);
  useShownLayout(view, layout);
  useEffect(() => {
    const selected = new Set([...chosen].flatMap((key) => model.indexOf.get(key) ?? []));
    view?.setMarks({ focus, selected });
  }, [view, focus, chosen, model]);
  useCommands([
    {
      id: "graph-next-error",
      label: "Go to the next failed asset",
      group: "Graph",
      keys: "e",
      run: () => {
        const next = nextFailed(model, assets, node);
        focusBox(next);
        if (next === undefined) return;
        const isHidden = layout?.width[next] === 0;
        view?.reveal(isHidden ? model.nodes.length + (model.groupOf[next] ?? 0) : next);
      },
    },
  ]);
  const onKeyDown = useGraphKeys({ layout, focus, focusBox, act, choose, view });
  const focused = node === undefined ? undefined : model.nodes[node];

  if (shown.length === 0)
    return <EmptyState title="Nothing matches">No asset is named by this selection.</EmptyState>;
  return (
    <div className={styles.graph}>
      {hasOutline && (
        <Outline model={model} assets={assets} isOpen={isOpen} focus={focus} onFocus={focusBox} onAct={act} />
      )}
      <div className={styles.stage}>
        <div
          className={styles.canvasBox}
          role="application"
          aria-label={`Graph of ${shown.length === 1 ? "1 asset" : `${shown.length} assets`}. Arrow keys walk along the edges, Enter opens, x selects.`}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the graph takes the focus and walks among its nodes
          tabIndex={0}
          onKeyDown={onKeyDown}
        >
          <canvas ref={canvas} className={styles.canvas} />
        </div>
        <GraphControls
          view={view}
          isAllOpen={isOpen.every((each) => each === 1)}
          onOpenAll={(isAll) =>
            void navigate({ search: (old) => ({ ...old, open: [isAll ? "all" : "none"] }), replace: true })
          }
          hasOutline={hasOutline}
          onOutline={setOutline}
        />
        <p className={`${styles.live} ${focused ? styles.heard : ""}`} aria-live="polite">
          {focus !== undefined && describe(model, assets, focus)}
        </p>
      </div>
      {focused && <AssetInspector assets={assets} facts={focused} onClose={() => focusBox(undefined)} />}
    </div>
  );
}

/** Who clicks one asset and adds another means both: the first one that is added takes the one in focus with it. */
export function chosenWith(
  chosen: ReadonlySet<string>,
  focus: string | undefined,
  added: readonly string[],
): ReadonlySet<string> {
  return chosen.size === 0 && focus !== undefined && !added.includes(focus) ? new Set([focus]) : chosen;
}

/** The keys with these added, or without them when all of them were there. */
export function toggledKeys(chosen: ReadonlySet<string>, keys: readonly string[]): Set<string> {
  const next = new Set(chosen);
  const hasAll = keys.every((key) => next.has(key));
  for (const key of keys) {
    if (hasAll) next.delete(key);
    else next.add(key);
  }
  return next;
}

function describe(model: ReturnType<typeof makeModel>, assets: Assets, box: number): string {
  const faces = makeFaces(model, assets, lightTokens, Date.now());
  if (box >= model.nodes.length) {
    const face = faces.group(box - model.nodes.length);
    return `Group ${face.title}, ${face.subtitle}, ${face.word}`;
  }
  const face = faces.node(box);
  return `${model.nodes[box]?.key}, ${face.word}${face.detail === "" ? "" : `, ${face.detail}`}`;
}

interface Events {
  readonly onClick: (box: number | undefined, isAdding: boolean) => void;
  readonly onDoubleClick: (box: number) => void;
}

/** The view on the canvas; its events always reach the latest functions. */
function useView(canvas: RefObject<HTMLCanvasElement | null>, events: Events): LineageView | undefined {
  const [view, setView] = useState<LineageView | undefined>(undefined);
  const latest = useRef(events);
  latest.current = events;
  useEffect(() => {
    if (!canvas.current) return;
    const made = new LineageView(canvas.current, {
      onClick: (box, isAdding) => latest.current.onClick(box, isAdding),
      onDoubleClick: (box) => latest.current.onDoubleClick(box),
      onHover: () => {},
    });
    setView(made);
    return () => made.close();
  }, [canvas]);
  return view;
}

/** So much time passes before "3 min ago" is drawn anew. */
const agoMillis = 10_000;

function useFaces(view: LineageView | undefined, model: ReturnType<typeof makeModel>, assets: Assets): void {
  const scheme = useComputedColorScheme();
  const moment = Math.floor(useNow() / agoMillis);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the faces tell how long ago, so each moment has others
  useEffect(() => {
    view?.setFaces(makeFaces(model, assets, scheme === "dark" ? darkTokens : lightTokens, Date.now()));
  }, [view, model, assets, scheme, moment]);
}

/** Hands each layout to the view; the first one of a selection is shown whole. */
function useShownLayout(
  view: LineageView | undefined,
  layout: ReturnType<typeof useGraphLayout>["layout"],
): void {
  const shape = useRef("");
  useEffect(() => {
    if (!view || !layout) return;
    view.setLayout(layout);
    const next = `${layout.nodes}/${layout.groups}`;
    if (shape.current !== next) view.lookFirst();
    shape.current = next;
  }, [view, layout]);
}
