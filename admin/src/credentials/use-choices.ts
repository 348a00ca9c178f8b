import { useMemo } from 'react';
import { useQuery } from 'urql';
import { problemOf, useAnswered, type Problem } from '../graphql/outcome';
import { Choices, type CatalogueEntry, type IntegrationChoice } from './credential.operations';

export interface CredentialChoices {
  readonly catalogue: readonly CatalogueEntry[];
  readonly byKey: ReadonlyMap<string, CatalogueEntry>;
  readonly integrations: readonly IntegrationChoice[];
  readonly showOnce: boolean;
}

/** What can be chosen from; undefined until it is there, or when it could not be loaded: see `useMissingChoices`. */
export function useChoices(): CredentialChoices | undefined {
  // Others add attributes and delete integrations, so what is known already is shown and asked for again.
  const [{ data: latest }] = useQuery({ query: Choices, requestPolicy: 'cache-and-network' });
  const data = useAnswered(latest);
  return useMemo(
    () =>
      data && {
        // The id comes with the module and stands on no list.
        catalogue: data.catalogue.filter(({ key }) => key !== 'id'),
        byKey: new Map(data.catalogue.map((entry) => [entry.key, entry])),
        integrations: data.integrations,
        showOnce: data.settings.showOnce,
      },
    [data],
  );
}

/** What kept the choices from being loaded, and how to ask again. */
export function useMissingChoices(): { readonly problem: Problem | undefined; readonly retry: () => void } {
  const [{ error }, again] = useQuery({ query: Choices, requestPolicy: 'cache-first' });
  return { problem: error && problemOf(error), retry: () => again({ requestPolicy: 'network-only' }) };
}
