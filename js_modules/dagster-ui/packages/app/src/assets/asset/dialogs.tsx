import { Button, Group, Modal, SegmentedControl, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { type ReportedEvent, useReport, useWipe } from "../changing";
import type { AssetFacts } from "../facts";

interface DialogProps {
  title: string;
  onClose: () => void;
  /** What the button says that does it. */
  word: string;
  /** Does it; the dialog closes when it worked. */
  onDo: () => Promise<boolean>;
  isDangerous?: boolean;
  isReady?: boolean;
  children: ReactNode;
}

/** A question with one action; Ctrl or Cmd with Enter does it. */
function ActionDialog({
  title,
  onClose,
  word,
  onDo,
  isDangerous = false,
  isReady = true,
  children,
}: DialogProps) {
  const [isBusy, setBusy] = useState(false);
  const act = async () => {
    setBusy(true);
    const worked = await onDo();
    setBusy(false);
    if (worked) onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      closeButtonProps={{ "aria-label": "Close" }}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && isReady) void act();
      }}
    >
      {children}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button
          color={isDangerous ? "red" : undefined}
          loading={isBusy}
          disabled={!isReady}
          onClick={() => void act()}
        >
          {word}
        </Button>
      </Group>
    </Modal>
  );
}

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
