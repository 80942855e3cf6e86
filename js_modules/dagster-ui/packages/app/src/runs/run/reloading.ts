interface Location {
  readonly updatedTimestamp: number;
  readonly versionKey: string;
}

/**
 * Whether the code was loaded again after the run began: `shop@3` is the third loading. The first one is the start of the server,
 * of which nothing can be said.
 */
export function isReloadedSince(location: Location | undefined, createdAt: number): boolean {
  if (!location) return false;
  const loadings = Number(/@(\d+)$/.exec(location.versionKey)?.[1] ?? 1);
  return loadings > 1 && location.updatedTimestamp > createdAt;
}
