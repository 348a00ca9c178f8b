import './kit.css';
import './global.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { setNonce } from 'get-nonce';
import { App } from './app';
import { startTexts } from './i18n/i18n';

const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? '';
// For the style element with which Mantine's overlays stop the page behind them from scrolling.
setNonce(nonce);

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root.');
await startTexts();
createRoot(root).render(
  <StrictMode>
    <App nonce={nonce} />
  </StrictMode>,
);
