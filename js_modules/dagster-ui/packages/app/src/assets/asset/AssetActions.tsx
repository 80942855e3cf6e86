import { ActionIcon, Button, Group, Menu } from "@mantine/core";
import { IconAdjustments, IconDots, IconEraser, IconPencilCheck, IconPlayerPlay } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { type Command, useCommands } from "../../commands/commands";
import { implicitJob } from "../../runs/facts";
import type { AssetFacts } from "../facts";
import { useMaterialize } from "../launching";

const WipeDialog = lazy(() => import("./dialogs").then((module) => ({ default: module.WipeDialog })));
const PartitionsDialog = lazy(() =>
  import("./partitions/MaterializeDialog").then((module) => ({ default: module.MaterializeDialog })),
);
const ReportDialog = lazy(() => import("./dialogs").then((module) => ({ default: module.ReportDialog })));

/** What one can do with an asset. */
export function AssetActions({ facts }: { facts: AssetFacts }) {
  const materialize = useMaterialize();
  const navigate = useNavigate();
  const [isBusy, setBusy] = useState(false);
  const [dialog, setDialog] = useState<"wipe" | "report" | "partitions" | undefined>(undefined);
  const close = () => setDialog(undefined);
  const canStart = facts.isMaterializable && !facts.isPartitioned;
  const canStartPartitions = facts.isMaterializable && facts.isPartitioned;
  const start = async () => {
    setBusy(true);
    await materialize([facts]);
    setBusy(false);
  };
  const configure = () =>
    void navigate({
      to: "/jobs/$repository/$job",
      params: { repository: facts.address, job: implicitJob },
      search: { tab: "launchpad", assets: [facts.key] },
    });
  const group = "Asset";
  const starting: Command[] = [
    { id: "materialize", label: `Materialize ${facts.key}`, group, keys: "m", run: () => void start() },
    {
      id: "config",
      label: `Materialize ${facts.key} with config`,
      group,
      keys: "shift+m",
      run: configure,
    },
  ];
  const choosing: Command = {
    id: "materialize-partitions",
    label: `Materialize partitions of ${facts.key}`,
    group,
    keys: "m",
    run: () => setDialog("partitions"),
  };
  useCommands([
    ...(canStart ? starting : []),
    ...(canStartPartitions ? [choosing] : []),
    { id: "report", label: `Report ${facts.key}`, group, keys: "r", run: () => setDialog("report") },
    { id: "wipe", label: `Wipe ${facts.key}`, group, keys: "shift+w", run: () => setDialog("wipe") },
  ]);
  return (
    <Group gap={6} wrap="nowrap">
      {canStart && (
        <Button
          leftSection={<IconPlayerPlay size={14} />}
          loading={isBusy}
          onClick={() => void start()}
          aria-keyshortcuts="m"
        >
          Materialize
        </Button>
      )}
      {canStartPartitions && (
        <Button
          leftSection={<IconPlayerPlay size={14} />}
          onClick={() => setDialog("partitions")}
          aria-keyshortcuts="m"
        >
          Materialize…
        </Button>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={30} aria-label="More actions">
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {canStart && (
            <Menu.Item leftSection={<IconAdjustments size={14} />} onClick={configure}>
              Materialize with config…
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconPencilCheck size={14} />} onClick={() => setDialog("report")}>
            Report an event…
          </Menu.Item>
          <Menu.Item color="red" leftSection={<IconEraser size={14} />} onClick={() => setDialog("wipe")}>
            Wipe the history…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Suspense fallback={null}>
        {dialog === "partitions" && <PartitionsDialog facts={facts} onClose={close} />}
        {dialog === "wipe" && <WipeDialog facts={facts} onClose={close} />}
        {dialog === "report" && <ReportDialog facts={facts} onClose={close} />}
      </Suspense>
    </Group>
  );
}
