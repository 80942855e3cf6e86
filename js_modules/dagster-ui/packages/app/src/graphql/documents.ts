import { Kind, type OperationDefinitionNode, parse, print } from "graphql";

/** A document that one may begin with. */
export interface Example {
  readonly label: string;
  readonly query: string;
  readonly variables?: string;
}

export const examples: readonly Example[] = [
  {
    label: "Assets and where they stand",
    query: `query Assets {
  assetsOrError(limit: 20) {
    ... on AssetConnection {
      nodes {
        key { path }
        assetMaterializations(limit: 1) {
          runId
          timestamp
        }
      }
    }
  }
}`,
  },
  {
    label: "The last runs that failed",
    query: `query FailedRuns {
  runsOrError(filter: { statuses: [FAILURE] }, limit: 5) {
    ... on Runs {
      results { runId jobName startTime endTime failure { stepKey } }
    }
  }
}`,
  },
  {
    label: "Launch a job",
    query: `mutation Launch($job: String!, $location: String!, $config: RunConfigData) {
  launchRun(
    executionParams: {
      selector: { jobName: $job, repositoryLocationName: $location, repositoryName: "__repository__" }
      runConfigData: $config
    }
  ) {
    __typename
    ... on LaunchRunSuccess { run { runId } }
    ... on RunConfigValidationInvalid { errors { message } }
    ... on PythonError { message }
  }
}`,
    variables: `{
  "job": "my_job",
  "location": "my_location",
  "config": {}
}`,
  },
  {
    label: "What changes, as it changes",
    query: `subscription Changes {
  workspaceFeed {
    runs { runId status }
    assets { assetKey { path } }
    instigators { name status }
  }
}`,
  },
];

/** The names of the operations of a document; an empty one for one without a name, none for what cannot be read. */
export function operationNames(query: string): string[] {
  try {
    return parse(query)
      .definitions.filter((each): each is OperationDefinitionNode => each.kind === Kind.OPERATION_DEFINITION)
      .map((each) => each.name?.value ?? "");
  } catch {
    return [];
  }
}

/** The document in its usual form; unchanged where it cannot be read. Comments are lost, so one with comments stays as it is. */
export function tidied(query: string): string {
  try {
    return query.includes("#") ? query : print(parse(query));
  } catch {
    return query;
  }
}

/** The variables of a text, or what is wrong with it. */
export function readVariables(text: string): { values: Record<string, unknown> } | { problem: string } {
  if (text.trim() === "") return { values: {} };
  try {
    const values: unknown = JSON.parse(text);
    if (isObject(values)) return { values };
    return { problem: 'Variables are a JSON object, such as {"limit": 5}.' };
  } catch (error) {
    return { problem: `Variables are no JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
