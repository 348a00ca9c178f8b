import { Alert, Button, Group, List, TextInput } from '@mantine/core';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format';
import { Icon } from '../layout/icon';
import { Page } from '../layout/page';
import { FoundPerson } from './found-person';
import classes from './person.module.css';
import type { Erased } from './person.operations';

/** What a person may ask for: who read their data, and that it is deleted. */
export function PersonPage(): React.JSX.Element {
  const { t } = useTranslation();
  // Not in the address: that stays in histories and in the logs of proxies, and is about somebody.
  const [asked, setAsked] = useState<{ readonly employeeId: string; readonly count: number }>();
  const [erased, setErased] = useState<Erased>();
  const show = (employeeId: string): void => {
    setErased(undefined);
    setAsked((before) => ({ employeeId, count: (before?.count ?? 0) + 1 }));
  };
  return (
    <Page
      title={t('person.title')}
      text={t('person.text')}
      width="NARROW"
      actions={
        asked && (
          <Button variant="default" className={classes.screen} onClick={() => window.print()}>
            {t('record.print')}
          </Button>
        )
      }
    >
      <PersonForm key={erased?.erasedEmployeeId} onShow={show} />
      {asked && (
        <FoundPerson
          key={asked.count}
          employeeId={asked.employeeId}
          onErased={(result) => {
            setAsked(undefined);
            setErased(result);
          }}
        />
      )}
      {erased && <Result erased={erased} />}
    </Page>
  );
}

function PersonForm({ onShow }: { readonly onShow: (employeeId: string) => void }): React.JSX.Element {
  const { t } = useTranslation();
  const [id, setId] = useState('');
  const [isMissing, setMissing] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setMissing(id.trim() === '');
    if (id.trim() !== '') onShow(id.trim());
  };
  return (
    <form onSubmit={submit} className={`${classes.part} ${classes.screen}`}>
      <Group align="flex-end" gap="xs">
        <TextInput
          flex="1 1 16rem"
          label={t('preview.person')}
          description={t('person.idHint')}
          inputMode="numeric"
          autoComplete="off"
          value={id}
          onChange={({ currentTarget }) => setId(currentTarget.value)}
          error={isMissing && t('userError.REQUIRED')}
        />
        <Button type="submit">{t('preview.show')}</Button>
      </Group>
    </form>
  );
}

/** Takes the focus: what it was on is gone with the person. */
function Result({ erased }: { readonly erased: Erased }): React.JSX.Element {
  const { t } = useTranslation();
  const format = useFormat();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.focus(), []);
  return (
    <Alert
      ref={place}
      tabIndex={-1}
      role="status"
      variant="light"
      icon={<Icon name="check" />}
      title={t('person.erased', { id: erased.erasedEmployeeId })}
    >
      <List size="sm" mb="xs">
        <List.Item>{t('person.absences', { formatted: format.number(erased.absences) })}</List.Item>
        <List.Item>{t('person.attendances', { formatted: format.number(erased.attendances) })}</List.Item>
        <List.Item>{t('person.supervised', { formatted: format.number(erased.supervised) })}</List.Item>
      </List>
      {t('person.erasedText')}
    </Alert>
  );
}
