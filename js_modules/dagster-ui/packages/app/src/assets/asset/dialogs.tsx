import { SegmentedControl, TextInput } from "@mantine/core";
import { useState } from "react";
import { type ReportedEvent, useReport, useWipe } from "../changing";
import type { AssetFacts } from "../facts";
import { ActionDialog } from "./ActionDialog";

interface AssetDialogProps {
  facts: AssetFacts;
  onClose: () => void;
}

export function WipeDialog({ facts, onClose }: AssetDialogProps) {
  const wipe = useWipe();
  const [typed, setTyped] = useState("");
  const name = facts.path.at(-1) ?? facts.key;
  return (
    <ActionDialog
      title={`Wipe ${facts.key}`}
      onClose={onClose}
      word="Wipe the history"
      onDo={() => wipe([facts])}
      isDangerous
      isReady={typed === name}
    >
      <p>
        All materializations, observations and their metadata are removed for good. The stored value itself
        stays where it is.
      </p>
      <TextInput
        mt="sm"
        data-autofocus
        label={`Type ${name} to go on`}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        autoComplete="off"
      />
    </ActionDialog>
  );
}

export function ReportDialog({ facts, onClose }: AssetDialogProps) {
  const report = useReport();
  const [event, setEvent] = useState<ReportedEvent>("ASSET_MATERIALIZATION");
  const [description, setDescription] = useState("");
  return (
    <ActionDialog
      title={`Report ${facts.key}`}
      onClose={onClose}
      word="Report"
      onDo={() => report(facts, event, description)}
    >
      <SegmentedControl
        size="xs"
        aria-label="What happened"
        value={event}
        onChange={(value) =>
          setEvent(value === "ASSET_OBSERVATION" ? "ASSET_OBSERVATION" : "ASSET_MATERIALIZATION")
        }
        data={[
          { value: "ASSET_MATERIALIZATION", label: "It was made elsewhere" },
          { value: "ASSET_OBSERVATION", label: "It was looked at" },
        ]}
      />
      <TextInput
        mt="sm"
        data-autofocus
        label="Description"
        placeholder="Restored from the backup of Monday"
        value={description}
        onChange={(each) => setDescription(each.currentTarget.value)}
      />
    </ActionDialog>
  );
}
