import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { partsOf, type Wish } from './wishes';

/** Says a wish in words: "read fixSalary". */
export function useWishText(): (wish: Wish) => string {
  const { t } = useTranslation('playground');
  return useCallback(
    (wish) => {
      const { action, name } = partsOf(wish);
      return t(`wish.${action}`, { name });
    },
    [t],
  );
}
