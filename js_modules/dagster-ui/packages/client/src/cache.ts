import { cacheExchange } from "@urql/exchange-graphcache";
import { keylessTypes, possibleTypes } from "./generated/cache";

/** The store in which each run, schedule or location lies once, so that a live event changes it wherever it is shown. */
export function makeCache() {
  const keys: Record<string, (data: Record<string, unknown>) => string | null> = Object.fromEntries(
    keylessTypes.map((name) => [name, () => null]),
  );
  return cacheExchange({
    keys,
    possibleTypes,
    logger: (severity, message) => {
      if (severity === "error" && import.meta.env.DEV) console.error(message);
    },
  });
}
