import { Anchor, CloseButton, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format';
import { Icon } from '../layout/icon';
import type { PermissionChanges } from './permission-changes';
import { useWishText } from './use-wish-text';
import classes from './workbench.module.css';

interface ContractNoticeProps {
  readonly changes: PermissionChanges | undefined;
  readonly onClose: () => void;
}

/** Tells that an admin has changed the permissions, as the header of the contract does to an integration. */
export function ContractNotice({ changes, onClose }: ContractNoticeProps): React.JSX.Element {
  // The place is there before its text, so that the text is read aloud when it comes.
  return <div role="status">{changes && <Told changes={changes} onClose={onClose} />}</div>;
}

function Told({ changes, onClose }: { readonly changes: PermissionChanges; readonly onClose: () => void }) {
  const { t } = useTranslation('playground');
  const { list } = useFormat();
  const text = useWishText();
  const { gained, lost, contract } = changes;
  return (
    <div className={classes.notice}>
      <Icon name="key" />
      <div>
        <Text size="sm" fw={600}>
          {t('contract.changed')}
        </Text>
        {gained.length > 0 && <Text size="sm">{t('contract.gained', { what: list(gained.map(text)) })}</Text>}
        {lost.length > 0 && <Text size="sm">{t('contract.lost', { what: list(lost.map(text)) })}</Text>}
        {gained.length + lost.length === 0 && <Text size="sm">{t('contract.schema')}</Text>}
        <Group gap="0 0.75rem" mt={2}>
          <Text size="xs" c="dimmed">
            {t('contract.header')} <span className={classes.code}>x-fieldgate-contract: {contract.slice(0, 16)}…</span>
          </Text>
          <Anchor href="/docs/contract" target="_blank" size="xs">
            {t('contract.docs')}
          </Anchor>
        </Group>
      </div>
      <CloseButton aria-label={t('contract.close')} onClick={onClose} />
    </div>
  );
}
