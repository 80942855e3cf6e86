import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef } from "react";
import { useClient } from "urql";
import type { Changes } from "./changes";
import { WorkspaceFeedDocument } from "./feed.gql";

type Listener = (changes: Changes) => void;

const ListenersContext = createContext<Set<Listener> | undefined>(undefined);

/** A page that asked before the feed was open may have missed something; one that opened sooner than this has not. */
const soonMillis = 300;

interface FeedProviderProps {
  /** Called when the feed has said its first word: from then on nothing is missed. */
  onOpen?: () => void;
  children: ReactNode;
}

/** Keeps one subscription for the whole tab; entities change in their store by themselves, everything else listens. */
export function FeedProvider({ onOpen, children }: FeedProviderProps) {
  const listeners = useMemo(() => new Set<Listener>(), []);
  const client = useClient();
  useEffect(() => {
    let isFirst = true;
    const { unsubscribe } = client.subscription(WorkspaceFeedDocument, {}).subscribe(({ data }) => {
      if (!data) return;
      const mayHaveMissed = !isFirst || performance.now() > soonMillis;
      if (isFirst) onOpen?.();
      isFirst = false;
      if (mayHaveMissed) for (const listener of listeners) listener(data.workspaceFeed);
    });
    return unsubscribe;
  }, [client, listeners, onOpen]);
  return <ListenersContext value={listeners}>{children}</ListenersContext>;
}

/** Calls the listener with what changes while the component is shown. */
export function useFeed(listener: Listener): void {
  const listeners = useContext(ListenersContext);
  const latest = useRef(listener);
  latest.current = listener;
  useEffect(() => {
    if (!listeners) return;
    const call: Listener = (changes) => latest.current(changes);
    listeners.add(call);
    return () => void listeners.delete(call);
  }, [listeners]);
}

/** Asks again whenever runs were added, removed or touched that the predicate does not know, and after a reset. */
export function useRefreshOnRuns(refresh: () => void, isKnown: (runId: string) => boolean): void {
  useFeed((changes) => {
    const isNews = changes.runs.some((run) => !isKnown(run.id)) || changes.runIds.some(isKnown);
    if (changes.isReset || isNews) refresh();
  });
}
