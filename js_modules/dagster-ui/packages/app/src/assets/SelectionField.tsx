import { KeyHint } from "@dagster-ui/kit";
import { Autocomplete } from "@mantine/core";
import { IconFilter } from "@tabler/icons-react";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useEffect, useMemo, useRef, useState } from "react";
import { useCommands } from "../commands/commands";
import styles from "./AssetsPage.module.css";
import { completionsOf } from "./completing";
import type { Selected } from "./selecting";
import type { Assets } from "./store";

const route = getRouteApi("/assets/");

interface SelectionFieldProps {
  assets: Assets;
  problem: Selected["problem"];
}

/** The selection as it is typed, with how it may go on. */
export function SelectionField({ assets, problem }: SelectionFieldProps) {
  const { typed, setTyped } = useTyped();
  const field = useRef<HTMLInputElement>(null);
  const [isOpen, setOpen] = useState(false);
  const offers = useMemo(() => completionsOf(typed, assets.facts), [typed, assets.facts]);
  const labels = new Map(offers.map((offer) => [offer.text, offer.label]));
  const isOffering = isOpen && offers.length > 0;
  useSelectionCommands(() => field.current?.focus());
  return (
    <div className={styles.query}>
      <Autocomplete
        ref={field}
        size="xs"
        aria-label="Selection of assets"
        placeholder="Name, or a selection: group:sales and +key:orders"
        leftSection={<IconFilter size={14} />}
        rightSection={<KeyHint keys="f" />}
        data={offers.map((offer) => offer.text)}
        // What is offered was chosen for what is typed already.
        filter={({ options }) => options}
        renderOption={({ option }) => labels.get(option.value) ?? option.value}
        dropdownOpened={isOffering}
        onDropdownClose={() => setOpen(false)}
        value={typed}
        onChange={(text) => {
          setTyped(text);
          setOpen(true);
        }}
        // A filter that was taken asks for its value at once.
        onOptionSubmit={(text) => setTimeout(() => setOpen(text.endsWith(":")))}
        onBlur={() => setOpen(false)}
        onKeyDown={(event) => event.key === "Escape" && !isOffering && event.currentTarget.blur()}
        error={problem !== undefined && !isOffering}
        spellCheck={false}
        autoComplete="off"
      />
      {problem && !isOffering && (
        <div className={styles.problem} role="status">
          {problem.message}
        </div>
      )}
    </div>
  );
}

/** What is typed; the address follows a moment later, so that each letter is not a step to go back. */
function useTyped() {
  const { q = "" } = route.useSearch();
  const navigate = useNavigate({ from: "/assets/" });
  const [typed, setTyped] = useState(q);
  useEffect(() => setTyped(q), [q]);
  useEffect(() => {
    if (typed === q) return;
    const timer = setTimeout(
      () =>
        void navigate({ search: (old) => ({ ...old, q: typed === "" ? undefined : typed }), replace: true }),
      150,
    );
    return () => clearTimeout(timer);
  }, [typed, q, navigate]);
  return { typed, setTyped };
}

function useSelectionCommands(type: () => void): void {
  const { view } = route.useSearch();
  const navigate = useNavigate({ from: "/assets/" });
  useCommands([
    {
      id: "view",
      label: view === "graph" ? "Show the assets as a list" : "Show the assets as a graph",
      group: "Assets",
      keys: "v",
      run: () =>
        void navigate({ search: (old) => ({ ...old, view: view === "graph" ? undefined : "graph" }) }),
    },
    { id: "filter", label: "Type a selection", group: "Assets", keys: "f", run: type },
  ]);
}
