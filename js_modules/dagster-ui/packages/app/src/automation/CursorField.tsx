import { useAct } from "@dagster-ui/client";
import { toast } from "@dagster-ui/kit";
import { Button, Textarea } from "@mantine/core";
import { useEffect, useState } from "react";
import styles from "./Automation.module.css";
import { SetCursorDocument } from "./automation.gql";
import type { Instigator } from "./facts";
import { sensorSelector } from "./switching";

/** What the sensor remembers from one tick to the next; it can be written by hand. */
export function CursorField({
  of,
  cursor,
  onChange,
}: {
  of: Instigator;
  cursor: string;
  onChange: () => void;
}) {
  const write = useAct(SetCursorDocument);
  const [typed, setTyped] = useState<string>();
  // What the sensor wrote meanwhile is shown unless one is about to change it.
  useEffect(() => setTyped((old) => (old === cursor ? undefined : old)), [cursor]);
  const save = async () => {
    try {
      const { setSensorCursor: result } = await write({
        selector: sensorSelector(of),
        cursor: typed === "" ? null : typed,
      });
      if ("message" in result) throw new Error(result.message);
      toast("ok", `The cursor of ${of.name} was written.`);
      setTyped(undefined);
      onChange();
    } catch (error) {
      toast("failed", error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <section className={styles.cursor}>
      <Textarea
        size="xs"
        label="Cursor"
        description="What the sensor remembers from one tick to the next"
        descriptionProps={{ fz: 12, c: "var(--text-muted)" }}
        autosize
        maxRows={6}
        classNames={{ input: "mono" }}
        placeholder="none"
        value={typed ?? cursor}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {typed !== undefined && typed !== cursor && (
        <div className={styles.buttons}>
          <Button size="compact-xs" onClick={() => void save()}>
            Write
          </Button>
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            c="var(--text-muted)"
            onClick={() => setTyped(undefined)}
          >
            Leave it
          </Button>
        </div>
      )}
    </section>
  );
}
