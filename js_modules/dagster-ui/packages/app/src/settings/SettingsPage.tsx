import { KeyHint, PageHeader, Panel } from "@dagster-ui/kit";
import { SegmentedControl, Select, useMantineColorScheme } from "@mantine/core";
import type { ReactNode } from "react";
import { useAllCommands } from "../commands/commands";
import { CommandList, KeysOfPages } from "../commands/Help";
import { usePage } from "../shell/page";
import styles from "./SettingsPage.module.css";
import { useSettings } from "./settings";

const zones = ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];
const own = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Theme, time zone, density and the keys. Everything is kept in this browser. */
export function SettingsPage() {
  usePage("Settings");
  const { settings, change } = useSettings();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const commands = useAllCommands();
  return (
    <>
      <PageHeader title="Settings" />
      <div className={styles.page}>
        <Panel title="Appearance">
          <Row label="Theme" hint="System follows what your computer says.">
            <SegmentedControl
              size="xs"
              aria-label="Theme"
              value={colorScheme}
              onChange={(value) => {
                if (value === "light" || value === "dark" || value === "auto") setColorScheme(value);
              }}
              data={[
                { value: "auto", label: "System" },
                { value: "light", label: "Light" },
                { value: "dark", label: "Dark" },
              ]}
            />
          </Row>
          <Row label="Rows" hint="Comfortable rows are 44 pixels high.">
            <SegmentedControl
              size="xs"
              aria-label="Rows"
              value={settings.density}
              onChange={(value) => change({ density: value === "comfortable" ? "comfortable" : "dense" })}
              data={[
                { value: "dense", label: "Dense" },
                { value: "comfortable", label: "Comfortable" },
              ]}
            />
          </Row>
          <Row label="Time zone" hint="In which all times are written.">
            <Select
              size="xs"
              w={240}
              aria-label="Time zone"
              searchable
              clearable
              limit={60}
              placeholder={`This computer's: ${own}`}
              data={zones}
              value={settings.timeZone ?? null}
              onChange={(value) => change({ timeZone: value ?? undefined })}
            />
          </Row>
        </Panel>
        <Panel title="Keys everywhere" actions={<KeyHint keys="?" />}>
          <CommandList commands={commands} />
        </Panel>
        <Panel title="Keys of the pages">
          <KeysOfPages />
        </Panel>
      </div>
    </>
  );
}

function Row({ label, hint, children }: { label: string; hint: string; children: ReactNode }) {
  return (
    <div className={styles.row}>
      <div>
        <div className={styles.label}>{label}</div>
        <div className="muted">{hint}</div>
      </div>
      {children}
    </div>
  );
}
