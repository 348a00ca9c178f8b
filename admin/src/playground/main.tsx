import '../kit.css';
import '../global.css';
import '@graphiql/react/style.css';
import '@graphiql/plugin-doc-explorer/style.css';
import './playground.css';
import '@graphiql/react/setup-workers/vite';
import { MantineProvider } from '@mantine/core';
import i18next from 'i18next';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startTexts } from '../i18n/i18n';
import { cssVariables, theme } from '../theme';
import { fetchGuards } from './fetch-guards';
import { Playground } from './playground';
import de from './texts/de.json';
import en from './texts/en.json';

const root = document.getElementById('root');
if (!root) throw new Error('playground.html has no #root.');
const [guards] = await Promise.all([fetchGuards(), startTexts()]);
i18next.addResourceBundle('en', 'playground', en);
i18next.addResourceBundle('de', 'playground', de);
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <Playground guards={guards} />
    </MantineProvider>
  </StrictMode>,
);
