import { Button, Group, Modal } from "@mantine/core";
import { type ReactNode, useState } from "react";

interface ActionDialogProps {
  title: string;
  onClose: () => void;
  /** What the button says that does it. */
  word: string;
  /** Does it; the dialog closes when it worked. */
  onDo: () => Promise<boolean>;
  isDangerous?: boolean;
  isReady?: boolean;
  size?: string;
  children: ReactNode;
}

/** A question with one action; Ctrl or Cmd with Enter does it. */
export function ActionDialog({
  title,
  onClose,
  word,
  onDo,
  isDangerous = false,
  isReady = true,
  size,
  children,
}: ActionDialogProps) {
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
      size={size}
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
