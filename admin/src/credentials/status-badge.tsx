import { useTranslation } from 'react-i18next';
import classes from './status-badge.module.css';
import type { Status } from './use-list-query';

const TONES: Readonly<Record<Status, string>> = {
  ACTIVE: 'good',
  DISABLED: 'quiet',
  EXPIRED: 'bad',
  EXPIRES_SOON: 'warn',
  NEVER_USED: 'hollow',
  UNUSED: 'hollow',
};

export function StatusBadge({ status }: { readonly status: Status }): React.JSX.Element {
  const { t } = useTranslation();
  return (
    <span className={classes.badge} data-tone={TONES[status]}>
      {t(`status.${status}`)}
    </span>
  );
}
