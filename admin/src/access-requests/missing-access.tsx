import { Alert, Button, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { sameGrants } from '../credentials/draft';
import { PermissionDiff } from '../credentials/permission-diff';
import type { CredentialChoices } from '../credentials/use-choices';
import type { Editor } from '../credentials/use-editor';
import { Icon } from '../layout/icon';
import { knownAccess, wantedOf, withAccess } from './wanted-access';

interface MissingAccessProps {
  readonly editor: Editor;
  readonly choices: CredentialChoices;
  readonly manages: boolean;
}

/** What the link of a denial says is missing. It becomes a part of the form by a click, and of the credential by saving. */
export function MissingAccess({ editor, choices, manages }: MissingAccessProps): React.JSX.Element | null {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const missing = params.get('missing');
  if (missing === null) return null;
  const { known, unknown } = knownAccess(wantedOf(missing), (key) => choices.byKey.has(key));
  const after = withAccess(editor.draft, known);
  const isThere = sameGrants(editor.draft, after);
  const done = (): void =>
    setParams(
      (before) => {
        before.delete('missing');
        return before;
      },
      { replace: true },
    );
  return (
    <Alert
      mb="md"
      variant="default"
      icon={<Icon name="key" />}
      title={t('accessRequests.missing')}
      withCloseButton
      closeButtonLabel={t('common.close')}
      onClose={done}
    >
      <Stack gap="sm" align="flex-start">
        {isThere ? (
          unknown.length === 0 && <Text size="sm">{t('accessRequests.given')}</Text>
        ) : (
          <PermissionDiff before={editor.draft} after={after} reads={NO_READS} choices={choices} />
        )}
        {unknown.length > 0 && <Text size="sm">{t('accessRequests.unknown', { keys: unknown.join(', ') })}</Text>}
        {manages && !isThere && (
          <Button
            size="xs"
            onClick={() => {
              editor.change((draft) => withAccess(draft, known));
              done();
            }}
          >
            {t('accessRequests.add')}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

const NO_READS = new Map<string, number>();
