import { type Status, StatusMark, statusFacts, worstStatus } from "@dagster-ui/kit";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useId, useMemo, useRef } from "react";
import { wordOfAsset } from "../facts";
import { type Assets, stateOf } from "../store";
import styles from "./AssetsGraph.module.css";
import type { GraphModel } from "./model";

interface OutlineProps {
  model: GraphModel;
  assets: Assets;
  isOpen: Uint8Array;
  focus: number | undefined;
  onFocus: (box: number) => void;
  onAct: (box: number) => void;
}

interface Line {
  readonly box: number;
  readonly level: 1 | 2;
}

/** The same graph as a tree of groups and assets, for those who read rather than look. */
export function Outline({ model, assets, isOpen, focus, onFocus, onAct }: OutlineProps) {
  const scroll = useRef<HTMLDivElement>(null);
  const id = useId();
  const lines = useMemo(() => outlineLines(model, isOpen), [model, isOpen]);
  const current = lines.findIndex((line) => line.box === focus);
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => 28,
    overscan: 10,
  });
  useEffect(() => {
    if (current >= 0) virtualizer.scrollToIndex(current);
  }, [current, virtualizer]);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const line =
      lines[step === undefined ? current : Math.max(0, Math.min(lines.length - 1, current + step))];
    if (line === undefined) return;
    if (step !== undefined) onFocus(line.box);
    else if (event.key === "Enter" || event.key === "ArrowRight" || event.key === "ArrowLeft")
      onAct(line.box);
    else return;
    event.preventDefault();
  };
  return (
    <div
      ref={scroll}
      className={styles.outline}
      role="tree"
      aria-label="Groups and assets"
      aria-activedescendant={current >= 0 ? `${id}-${current}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" style={{ height: virtualizer.getTotalSize(), position: "relative" }}>
        {virtualizer.getVirtualItems().map((item) => {
          const line = lines[item.index];
          if (line === undefined) return null;
          const isGroup = line.level === 1;
          const group = line.box - model.nodes.length;
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the tree handles the keys
            <div
              key={line.box}
              id={`${id}-${item.index}`}
              role="treeitem"
              tabIndex={-1}
              aria-level={line.level}
              aria-expanded={isGroup ? isOpen[group] === 1 : undefined}
              aria-selected={item.index === current}
              className={`${styles.item} ${item.index === current ? styles.current : ""} ${isGroup ? styles.group : ""}`}
              style={{ transform: `translateY(${item.start}px)`, paddingLeft: isGroup ? 10 : 28 }}
              onClick={() => (isGroup ? onAct(line.box) : onFocus(line.box))}
            >
              {isGroup ? (
                <GroupLine model={model} assets={assets} group={group} />
              ) : (
                <NodeLine model={model} assets={assets} node={line.box} />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function GroupLine({ model, assets, group }: { model: GraphModel; assets: Assets; group: number }) {
  const { name, members } = model.groups[group] ?? { name: "", members: [] };
  const worst = worstStatus(members.map((node) => stateOf(assets, model.nodes[node]?.key ?? "").status));
  return (
    <>
      <Mark status={worst} />
      <span className="ellipsis">{name}</span>
      <span className={styles.count}>{members.length}</span>
    </>
  );
}

function NodeLine({ model, assets, node }: { model: GraphModel; assets: Assets; node: number }) {
  const facts = model.nodes[node];
  return (
    <>
      <Mark status={stateOf(assets, facts?.key ?? "").status} />
      <span className="ellipsis">{facts?.path.at(-1)}</span>
    </>
  );
}

/** The status in words too: who reads the outline does not see the colours of the graph. */
function Mark({ status }: { status: Status }) {
  return <StatusMark status={status} label={wordOfAsset(status) ?? statusFacts[status].word} />;
}

function outlineLines(model: GraphModel, isOpen: Uint8Array): Line[] {
  return model.groups.flatMap((group, index): Line[] => {
    const head: Line = { box: model.nodes.length + index, level: 1 };
    return isOpen[index] ? [head, ...group.members.map((box): Line => ({ box, level: 2 }))] : [head];
  });
}
