import type { LineageView } from "@dagster-ui/lineage";
import { ActionIcon, Tooltip } from "@mantine/core";
import {
  IconArrowsMaximize,
  IconLayoutNavbarCollapse,
  IconLayoutNavbarExpand,
  IconListTree,
  IconMinus,
  IconPlus,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useCommands } from "../../commands/commands";
import styles from "./AssetsGraph.module.css";

interface GraphControlsProps {
  view: LineageView | undefined;
  isAllOpen: boolean;
  onOpenAll: (isAll: boolean) => void;
  hasOutline: boolean;
  onOutline: (hasOutline: boolean) => void;
}

/** Zoom, fit, open and close all groups, outline; each with its key. */
export function GraphControls({ view, isAllOpen, onOpenAll, hasOutline, onOutline }: GraphControlsProps) {
  const toggleAll = () => onOpenAll(!isAllOpen);
  const outline = hasOutline ? "Hide the outline" : "Show the outline";
  const groups = isAllOpen ? "Close all groups" : "Open all groups";
  useCommands([
    { id: "graph-in", label: "Nearer", group: "Graph", keys: "+", run: () => view?.zoomBy(1.4) },
    { id: "graph-out", label: "Farther", group: "Graph", keys: "-", run: () => view?.zoomBy(1 / 1.4) },
    { id: "graph-fit", label: "Show the whole graph", group: "Graph", keys: "0", run: () => view?.fitAll() },
    { id: "graph-groups", label: groups, group: "Graph", keys: "c", run: toggleAll },
    { id: "graph-outline", label: outline, group: "Graph", keys: "o", run: () => onOutline(!hasOutline) },
  ]);
  return (
    <div className={styles.controls} role="toolbar" aria-label="Graph">
      <Control label="Nearer (+)" icon={<IconPlus size={16} />} onClick={() => view?.zoomBy(1.4)} />
      <Control label="Farther (-)" icon={<IconMinus size={16} />} onClick={() => view?.zoomBy(1 / 1.4)} />
      <Control label="Show all (0)" icon={<IconArrowsMaximize size={16} />} onClick={() => view?.fitAll()} />
      <Control
        label={`${groups} (c)`}
        icon={isAllOpen ? <IconLayoutNavbarCollapse size={16} /> : <IconLayoutNavbarExpand size={16} />}
        onClick={toggleAll}
      />
      <Control
        label={`${outline} (o)`}
        icon={<IconListTree size={16} />}
        onClick={() => onOutline(!hasOutline)}
      />
    </div>
  );
}

function Control({ label, icon, onClick }: { label: string; icon: ReactNode; onClick: () => void }) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" c="var(--text-muted)" aria-label={label} onClick={onClick}>
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}
