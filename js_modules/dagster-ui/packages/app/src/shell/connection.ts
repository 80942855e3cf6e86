import type { Connection, Liveness } from "@dagster-ui/client";
import { createContext, useContext, useSyncExternalStore } from "react";

export const ConnectionContext = createContext<Connection | undefined>(undefined);

export function useConnection(): Connection {
  const connection = useContext(ConnectionContext);
  if (!connection) throw new Error("The page is not inside a ConnectionContext.");
  return connection;
}

/** Whether live events arrive. */
export function useLiveness(): Liveness {
  const { liveness } = useConnection();
  return useSyncExternalStore(liveness.subscribe, liveness.current);
}
