import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { chooseLanguage, isLanguage } from '../i18n/i18n';

export function LanguageSwitch(): React.JSX.Element {
  const { t, i18n } = useTranslation();
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('layout.language')}
      value={i18n.language}
      onChange={(value) => {
        if (isLanguage(value)) void chooseLanguage(value);
      }}
      data={[
        { value: 'en', label: <span title="English">EN</span> },
        { value: 'de', label: <span title="Deutsch">DE</span> },
      ]}
    />
  );
}
