import { Toasts } from "@dagster-ui/kit";
import { useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { Outlet, useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { useAssetCommands } from "../assets/commands";
import { useLiveAssets } from "../assets/use";
import { type Command, useCommands } from "../commands/commands";
import { useSettings } from "../settings/settings";
import { places } from "./places";
import { Rail } from "./Rail";
import styles from "./Shell.module.css";
import { TopBar } from "./TopBar";

// Loaded when first asked for: dialogs are a tenth of the first page's weight.
const Palette = lazy(() => import("../commands/Palette").then((module) => ({ default: module.Palette })));
const Help = lazy(() => import("../commands/Help").then((module) => ({ default: module.Help })));

/** What stands around every page. */
export function Shell() {
  const [open, setOpen] = useState<"palette" | "help" | undefined>(undefined);
  useShellCommands(setOpen);
  useAssetCommands();
  useLiveAssets();
  const close = () => setOpen(undefined);
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#main">
        Skip to the content
      </a>
      <TopBar onSearch={() => setOpen("palette")} onHelp={() => setOpen("help")} />
      <Rail />
      <main id="main" className={styles.main} tabIndex={-1}>
        <Suspense fallback={null}>
          <Outlet />
        </Suspense>
      </main>
      <Suspense fallback={null}>
        {open === "palette" && <Palette onClose={close} />}
        {open === "help" && <Help onClose={close} />}
      </Suspense>
      <Toasts />
    </div>
  );
}

function useShellCommands(setOpen: (open: "palette" | "help") => void) {
  const navigate = useNavigate();
  const { settings, change } = useSettings();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme();
  useCommands([
    ...places.map(
      (place): Command => ({
        id: `go${place.to}`,
        label: place.label,
        group: "Go to",
        keys: `g ${place.letter}`,
        icon: place.icon,
        run: () => navigate({ to: place.to }),
      }),
    ),
    {
      id: "go/graphql",
      label: "GraphQL",
      group: "Go to",
      keys: "g q",
      run: () => navigate({ to: "/graphql" }),
    },
    {
      id: "palette",
      label: "Find and do",
      group: "General",
      keys: "mod+k",
      isKeyOnly: true,
      run: () => setOpen("palette"),
    },
    {
      id: "palette-slash",
      label: "Find",
      group: "General",
      keys: "/",
      isKeyOnly: true,
      run: () => setOpen("palette"),
    },
    {
      id: "help",
      label: "Show the keys of this page",
      group: "General",
      keys: "?",
      run: () => setOpen("help"),
    },
    {
      id: "rail",
      label: settings.isRailNarrow ? "Widen the navigation" : "Narrow the navigation",
      group: "General",
      keys: "[",
      run: () => change({ isRailNarrow: !settings.isRailNarrow }),
    },
    {
      id: "theme",
      label: scheme === "dark" ? "Light theme" : "Dark theme",
      group: "General",
      keys: "shift+l",
      run: () => setColorScheme(scheme === "dark" ? "light" : "dark"),
    },
    {
      id: "back",
      label: "Back",
      group: "General",
      keys: "escape",
      isKeyOnly: true,
      run: () => history.back(),
    },
  ]);
}
