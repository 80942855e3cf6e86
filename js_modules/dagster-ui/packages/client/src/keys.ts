/** The path of an asset key as one text, the way users write it: `a/b`. */
export function keyText(key: { readonly path: readonly string[] }): string {
  return key.path.join("/");
}

/** The repository that every location has when its author named none. */
const unnamed = "__repository__";

/** A repository in an address: `location`, or `name@location` when its author named it. */
export function repositoryAddress(repository: { name: string; location: { name: string } }): string {
  return repository.name === unnamed
    ? repository.location.name
    : `${repository.name}@${repository.location.name}`;
}

/** The selector that the API wants, from an address. */
export function repositorySelector(address: string): {
  repositoryName: string;
  repositoryLocationName: string;
} {
  const at = address.indexOf("@");
  return at < 0
    ? { repositoryName: unnamed, repositoryLocationName: address }
    : { repositoryName: address.slice(0, at), repositoryLocationName: address.slice(at + 1) };
}
