import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Card } from '../layout/card';
import { Icon } from '../layout/icon';
import { Page } from '../layout/page';
import { useMe, useSession } from '../session/session';
import { IdentityCard } from './identity-card';
import { PasswordForm } from './password-form';
import { Sessions } from './sessions';

/** One's own password and sessions. */
export function AccountPage(): React.JSX.Element {
  const { t } = useTranslation();
  const { signOut } = useSession();
  const { email, role } = useMe();
  return (
    <Page
      title={t('account.title')}
      text={`${email} · ${t(`role.${role}.name`)}: ${t(`role.${role}.text`)}`}
      width="NARROW"
      actions={
        <Button variant="default" leftSection={<Icon name="out" size={16} />} onClick={() => void signOut()}>
          {t('account.signOut')}
        </Button>
      }
    >
      <Card title={t('account.password')} text={t('account.passwordText')}>
        <Group>
          <PasswordForm />
        </Group>
      </Card>
      <IdentityCard />
      <Sessions />
    </Page>
  );
}
