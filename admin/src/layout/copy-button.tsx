import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { copyText } from './copy-text';
import { Icon } from './icon';
import { toastProblem } from './toast';

interface CopyButtonProps {
  /** What it copies, for the button's name. */
  readonly what: string;
  /** May have to be fetched first; undefined when that failed. */
  readonly text: string | (() => Promise<string | undefined>);
  readonly size?: 'xs' | 'compact-xs';
  /** What the button says; without it, that it copies. */
  readonly label?: string;
}

/** Copies, and says so for two seconds. */
export function CopyButton({ what, text, size = 'xs', label }: CopyButtonProps): React.JSX.Element {
  const { t } = useTranslation();
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = async (): Promise<void> => {
    const value = typeof text === 'string' ? text : await text();
    if (value === undefined) return;
    const isDone = await copyText(value);
    setCopied(isDone);
    if (!isDone) toastProblem(t('common.notCopied'), t('common.notCopiedText'));
  };
  return (
    <Button
      variant="default"
      size={size}
      leftSection={<Icon name={isCopied ? 'check' : 'copy'} size={15} />}
      aria-label={label ?? t('common.copyWhat', { what })}
      onClick={() => void copy()}
    >
      <span aria-live="polite">{isCopied ? t('common.copied') : (label ?? t('common.copy'))}</span>
    </Button>
  );
}
