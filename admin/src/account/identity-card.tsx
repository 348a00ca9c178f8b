import { Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { graphql } from '../graphql/graphql';
import { problemIn, useSend } from '../graphql/outcome';
import { Card } from '../layout/card';
import { useConfirm } from '../layout/confirmation';
import { toast, toastProblem } from '../layout/toast';
import { useMe, useSession } from '../session/session';
import { SignOnButton, SignOnRefusal } from '../session/sign-on';

const UnlinkIdentity = graphql(`
  mutation UnlinkIdentity($adminId: ID!) {
    unlinkIdentity(adminId: $adminId) {
      done
      userErrors {
        field
        code
        message
      }
    }
  }
`);

/** The link to one's account at the identity provider. Nothing at all where there is none. */
export function IdentityCard(): React.JSX.Element | null {
  const { t } = useTranslation();
  const { provider } = useSession();
  const { hasIdentity, hasPassword } = useMe();
  const unlink = useUnlink();
  if (provider === null) return null;
  return (
    <Card title={t('signOn.cardTitle', { name: provider })} text={t('signOn.cardText')}>
      <Stack>
        <SignOnRefusal />
        <Text size="sm">{t(hasIdentity ? 'signOn.linked' : 'signOn.notLinked')}</Text>
        <Group>
          {!hasIdentity && <SignOnButton purpose="LINK" />}
          {hasIdentity && hasPassword && (
            <Button variant="default" onClick={() => void unlink()}>
              {t('signOn.unlink')}
            </Button>
          )}
        </Group>
      </Stack>
    </Card>
  );
}

function useUnlink(): () => Promise<void> {
  const { t } = useTranslation();
  const send = useSend();
  const confirm = useConfirm();
  const { load } = useSession();
  const { id } = useMe();
  return async () => {
    const question = { title: t('signOn.unlinkTitle'), text: t('signOn.unlinkText'), confirm: t('signOn.unlink') };
    if (!(await confirm({ ...question, isDestructive: true }))) return;
    const outcome = await send(UnlinkIdentity, { adminId: id });
    if (!outcome.ok || !outcome.data.unlinkIdentity.done) {
      toastProblem(t('signOn.notUnlinked'), t(`problem.${problemIn(outcome)}.text`));
      return;
    }
    toast(t('signOn.unlinked'));
    await load();
  };
}
