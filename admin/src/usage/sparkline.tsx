import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format';

interface SparklineProps {
  readonly values: readonly number[];
}

const WIDTH = 72;
const HEIGHT = 20;

/** The last days as small bars; what they add up to is told to those who cannot see them. */
export function Sparkline({ values }: SparklineProps): React.JSX.Element {
  const { t } = useTranslation();
  const format = useFormat();
  const most = Math.max(1, ...values);
  const sum = values.reduce((total, value) => total + value, 0);
  const step = WIDTH / Math.max(1, values.length);
  return (
    <svg
      role="img"
      width={WIDTH}
      height={HEIGHT}
      aria-label={t('usage.sparkline', { count: sum, requests: format.number(sum), days: values.length })}
    >
      {values.map((value, index) => {
        const height = value === 0 ? 1.5 : Math.max(3, (value / most) * HEIGHT);
        return (
          <rect
            key={index}
            x={index * step}
            y={HEIGHT - height}
            width={step - 1.5}
            height={height}
            rx="1"
            fill={value === 0 ? 'var(--line)' : 'var(--tone-good)'}
          />
        );
      })}
    </svg>
  );
}
