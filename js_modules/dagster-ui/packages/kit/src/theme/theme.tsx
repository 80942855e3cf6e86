import {
  Button,
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  MantineProvider,
  Tooltip,
} from "@mantine/core";
import type { ReactNode } from "react";
import { darkTokens, lightTokens, tokenVariables } from "./tokens";

const indigo: MantineColorsTuple = [
  "#eeeffe",
  "#dadcfd",
  "#b9bcf9",
  "#9598f5",
  "#7779f0",
  "#6462ea",
  "#5a55e0",
  "#4f46e5",
  "#4338ca",
  "#372fa3",
];

const red: MantineColorsTuple = [
  "#fdeaea",
  "#f8d0d1",
  "#f1a1a4",
  "#e97075",
  "#df474e",
  "#d4333b",
  "#c4343b",
  "#c8232b",
  "#b3181f",
  "#8f1218",
];

// What Mantine draws in the dark by itself, in our greys.
const dark: MantineColorsTuple = [
  "#e8ebf1",
  "#c4cad6",
  "#a6aebd",
  "#8f98a8",
  "#3b4352",
  "#262b35",
  "#14171d",
  "#0d0f13",
  "#0a0b0e",
  "#07080a",
];

const theme = createTheme({
  primaryColor: "indigo",
  primaryShade: { light: 7, dark: 6 },
  colors: { indigo, red, dark },
  fontFamily: "'Inter Variable', system-ui, -apple-system, 'Segoe UI', sans-serif",
  fontFamilyMonospace:
    "ui-monospace, 'SF Mono', 'Cascadia Code', Menlo, Consolas, 'DejaVu Sans Mono', monospace",
  fontSizes: { xs: "12px", sm: "13px", md: "14px", lg: "16px", xl: "20px" },
  defaultRadius: 6,
  cursorType: "pointer",
  focusRing: "auto",
  components: {
    Button: Button.extend({ defaultProps: { size: "xs" } }),
    // Not by Modal.extend, which would load dialogs with the first page.
    Modal: {
      // The header of a dialog is none of the page.
      defaultProps: { attributes: { header: { role: "presentation" } } },
      styles: {
        content: { background: "var(--surface)", border: "1px solid var(--border)" },
        header: { background: "var(--surface)" },
        title: { fontSize: 15, fontWeight: 600 },
      },
    },
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 350, withArrow: true, fz: 12 } }),
  },
});

// Mantine's own variables follow our tokens, so that its components cannot bring a colour that no test has seen.
const resolveVariables: CSSVariablesResolver = () => {
  const shared = {
    "--mantine-color-body": "var(--canvas)",
    "--mantine-color-text": "var(--text)",
    "--mantine-color-dimmed": "var(--text-muted)",
    "--mantine-color-placeholder": "var(--text-faint)",
    "--mantine-color-anchor": "var(--accent)",
    "--mantine-color-default": "var(--surface)",
    "--mantine-color-default-hover": "var(--hover)",
    "--mantine-color-default-color": "var(--text)",
    "--mantine-color-default-border": "var(--border-strong)",
    "--mantine-color-error": "var(--failed)",
    "--mantine-color-disabled": "var(--sunken)",
    "--mantine-color-disabled-color": "var(--text-faint)",
    "--mantine-color-disabled-border": "var(--border)",
    "--mantine-color-indigo-light": "var(--accent-soft)",
    "--mantine-color-indigo-light-color": "var(--accent)",
    "--mantine-color-indigo-outline": "var(--accent)",
    "--mantine-color-indigo-text": "var(--accent)",
    "--mantine-color-red-light": "var(--failed-soft)",
    "--mantine-color-red-light-color": "var(--failed)",
    "--mantine-color-red-outline": "var(--failed)",
    "--mantine-color-red-text": "var(--failed)",
  };
  return {
    variables: {},
    light: { ...tokenVariables(lightTokens), ...shared },
    dark: { ...tokenVariables(darkTokens), ...shared },
  };
};

/** Everything below draws in the theme of the system or the one that was chosen in the settings. */
export function KitProvider({ children }: { children: ReactNode }) {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={resolveVariables} defaultColorScheme="auto">
      {children}
    </MantineProvider>
  );
}
