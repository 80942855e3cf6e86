import { TimeZoneProvider } from "@dagster-ui/kit";
import { createContext, type ReactNode, useContext, useMemo, useState } from "react";

export type Density = "dense" | "comfortable";

/** What one person chose for this browser. */
export interface Settings {
  readonly timeZone: string | undefined;
  readonly density: Density;
  readonly isRailNarrow: boolean;
}

interface SettingsStore {
  readonly settings: Settings;
  readonly change: (part: Partial<Settings>) => void;
}

const storageKey = "dagster-settings";
const standard: Settings = { timeZone: undefined, density: "dense", isRailNarrow: false };
const SettingsContext = createContext<SettingsStore>({ settings: standard, change: () => {} });

/** Reads what was stored; anything unknown in it is dropped. */
export function readSettings(stored: string | null): Settings {
  try {
    const value: unknown = JSON.parse(stored ?? "{}");
    const found = new Map(typeof value === "object" && value !== null ? Object.entries(value) : []);
    const zone: unknown = found.get("timeZone");
    return {
      timeZone: typeof zone === "string" && isTimeZone(zone) ? zone : undefined,
      density: found.get("density") === "comfortable" ? "comfortable" : "dense",
      isRailNarrow: found.get("isRailNarrow") === true,
    };
  } catch {
    return standard;
  }
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

export function SettingsProvider({ children }: { children: ReactNode }) {
  const [settings, setSettings] = useState(() => readSettings(localStorage.getItem(storageKey)));
  const store = useMemo<SettingsStore>(
    () => ({
      settings,
      change: (part) => {
        const next = { ...settings, ...part };
        localStorage.setItem(storageKey, JSON.stringify(next));
        setSettings(next);
      },
    }),
    [settings],
  );
  return (
    <SettingsContext value={store}>
      <TimeZoneProvider zone={settings.timeZone}>{children}</TimeZoneProvider>
    </SettingsContext>
  );
}

export function useSettings(): SettingsStore {
  return useContext(SettingsContext);
}

/** The height of a row of a list in pixels. */
export function useRowHeight(): number {
  return useSettings().settings.density === "comfortable" ? 44 : 36;
}
