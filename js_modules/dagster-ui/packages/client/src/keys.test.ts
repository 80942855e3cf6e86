import { expect, it } from "vitest";
import { repositoryAddress, repositorySelector } from "./keys";

it.each([
  { name: "__repository__", location: { name: "nyc_taxis" } },
  { name: "reports", location: { name: "shop@eu" } },
])("finds the repository $name again by its address", (repository) => {
  expect(repositorySelector(repositoryAddress(repository))).toEqual({
    repositoryName: repository.name,
    repositoryLocationName: repository.location.name,
  });
});
