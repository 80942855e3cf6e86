import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useSyncExternalStore,
} from "react";
import { isWriting, pressed, resolveKeys } from "./keys";

/** Something that can be done now: from the palette, by its keys, and listed by the help. */
export interface Command {
  readonly id: string;
  readonly label: string;
  /** Where help and palette list it: "Go to", "Assets". */
  readonly group: string;
  readonly keys?: string;
  readonly icon?: ReactNode;
  readonly run: () => void;
  /** A key that only makes sense in its place, such as moving a selection, does not stand in the palette. */
  readonly isKeyOnly?: boolean;
}

/** Offers commands for what was typed into the palette, such as one per asset that matches. */
export type CommandSource = (query: string) => Command[];

interface Registry {
  readonly register: (commands: readonly Command[]) => () => void;
  readonly registerSource: (source: CommandSource) => () => void;
  readonly subscribe: (listener: () => void) => () => void;
  readonly commands: () => readonly Command[];
  readonly sources: () => readonly CommandSource[];
}

const RegistryContext = createContext<Registry | undefined>(undefined);

function makeRegistry(): Registry {
  const listeners = new Set<() => void>();
  const lists = new Set<readonly Command[]>();
  const sources = new Set<CommandSource>();
  let all: readonly Command[] = [];
  let allSources: readonly CommandSource[] = [];
  const changed = () => {
    // What was registered last stands first: the page's own key wins over the shell's.
    all = [...lists].reverse().flat();
    allSources = [...sources];
    for (const listener of listeners) listener();
  };
  return {
    register: (commands) => {
      lists.add(commands);
      changed();
      return () => {
        lists.delete(commands);
        changed();
      };
    },
    registerSource: (source) => {
      sources.add(source);
      changed();
      return () => {
        sources.delete(source);
        changed();
      };
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    commands: () => all,
    sources: () => allSources,
  };
}

/** Keeps the commands of the page in view and listens to their keys. */
export function CommandsProvider({ children }: { children: ReactNode }) {
  const registry = useMemo(makeRegistry, []);
  useEffect(() => listenToKeys(registry), [registry]);
  return <RegistryContext value={registry}>{children}</RegistryContext>;
}

function listenToKeys(registry: Registry): () => void {
  let pending = "";
  let timer: ReturnType<typeof setTimeout> | undefined;
  const onKeyDown = (event: KeyboardEvent) => {
    const press = pressed(event);
    if (event.defaultPrevented || (isWriting(event.target) && !press.startsWith("mod+"))) return;
    if (document.querySelector("[role=dialog][aria-modal=true]") && press !== "mod+k") return;
    const bound = registry.commands().filter((each) => each.keys !== undefined);
    const { found, pending: next } = resolveKeys(
      bound.flatMap((each) => each.keys ?? []),
      pending,
      press,
    );
    pending = next;
    clearTimeout(timer);
    if (pending !== "") timer = setTimeout(() => (pending = ""), 1200);
    if (found === undefined) return;
    event.preventDefault();
    bound.find((each) => each.keys === found)?.run();
  };
  window.addEventListener("keydown", onKeyDown);
  return () => {
    clearTimeout(timer);
    window.removeEventListener("keydown", onKeyDown);
  };
}

function useRegistry(): Registry {
  const registry = useContext(RegistryContext);
  if (!registry) throw new Error("The page is not inside a CommandsProvider.");
  return registry;
}

/**
 * Offers commands while the component is shown. Labels and keys are compared, so that a list made anew on each drawing registers
 * only when it says something new; what a command does is always the latest.
 */
export function useCommands(commands: readonly Command[]): void {
  const registry = useRegistry();
  const latest = useRef(commands);
  latest.current = commands;
  const signature = commands.map((each) => `${each.id}|${each.label}|${each.keys}`).join("\n");
  // biome-ignore lint/correctness/useExhaustiveDependencies: the signature stands for the list
  useEffect(
    () =>
      registry.register(
        latest.current.map((command, index) => ({ ...command, run: () => latest.current[index]?.run() })),
      ),
    [registry, signature],
  );
}

/** Offers commands that depend on what was typed. */
export function useCommandSource(source: CommandSource): void {
  const registry = useRegistry();
  useEffect(() => registry.registerSource(source), [registry, source]);
}

export function useAllCommands(): readonly Command[] {
  const registry = useRegistry();
  return useSyncExternalStore(registry.subscribe, registry.commands);
}

export function useCommandSources(): readonly CommandSource[] {
  const registry = useRegistry();
  return useSyncExternalStore(registry.subscribe, registry.sources);
}
