import { useMemo } from 'react';
import { useQuery } from 'urql';
import { Choices, type CatalogueEntry, type IntegrationChoice } from './credential.operations';

export interface CredentialChoices {
  readonly catalogue: readonly CatalogueEntry[];
  readonly byKey: ReadonlyMap<string, CatalogueEntry>;
  readonly integrations: readonly IntegrationChoice[];
  readonly showOnce: boolean;
}

/** What can be chosen from; undefined until it is there. */
export function useChoices(): CredentialChoices | undefined {
  const [{ data }] = useQuery({ query: Choices, requestPolicy: 'cache-first' });
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
