import type { AnyVariables, CombinedError, TypedDocumentNode } from "@urql/core";
import { useCallback } from "react";
import { type RequestPolicy, useClient, useQuery } from "urql";

/**
 * What is known of an answer. `data` stays while a newer answer is fetched or when fetching failed, so that a page never falls
 * back to a skeleton.
 */
export interface Answer<Data> {
  readonly data: Data | undefined;
  readonly isLoading: boolean;
  readonly isRefreshing: boolean;
  readonly problem: string | undefined;
  readonly refresh: () => void;
}

interface QuestionOptions {
  readonly isPaused?: boolean;
  readonly policy?: RequestPolicy;
}

/** Asks the server; the component draws again whenever the answer changes, also by live events. */
export function useQuestion<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  { isPaused = false, policy = "cache-and-network" }: QuestionOptions = {},
): Answer<Data> {
  const [result, ask] = useQuery<Data, AnyVariables>({
    query: document,
    variables: variables ?? {},
    pause: isPaused,
    requestPolicy: policy,
  });
  const refresh = useCallback(() => ask({ requestPolicy: "network-only" }), [ask]);
  return {
    data: result.data,
    isLoading: result.data === undefined && result.error === undefined && !isPaused,
    isRefreshing: result.stale || result.fetching,
    problem: result.error && sentence(result.error),
    refresh,
  };
}

/** A function that asks the server to do something and returns what it answered; it throws a sentence when there is no answer. */
export function useAct<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
): (variables: Variables) => Promise<Data> {
  const client = useClient();
  return useCallback(
    async (variables) => {
      const result = await client.mutation<Data, AnyVariables>(document, variables ?? {}).toPromise();
      if (result.data) return result.data;
      throw new Error(result.error ? sentence(result.error) : "The server did not answer.");
    },
    [client, document],
  );
}

/** What went wrong with a request, in words for a person. */
export function sentence(error: CombinedError): string {
  const first = error.graphQLErrors[0];
  if (first) return first.message;
  if (error.networkError) return `The server cannot be reached: ${error.networkError.message}`;
  return error.message;
}
