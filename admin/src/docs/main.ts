import './docs.css';
import { copyText } from '../layout/copy-text';

/** Where the admin UI and the playground keep the choice, so that it is made once. */
const SCHEME = 'mantine-color-scheme-value';

const systemIsDark = window.matchMedia('(prefers-color-scheme: dark)');

addSchemeButton();
document.querySelectorAll('pre').forEach(addCopyButton);
closeMenuOnNarrowPages();

function addSchemeButton(): void {
  const button = document.querySelector<HTMLButtonElement>('button.scheme');
  if (!button) return;
  const show = (): void => {
    const scheme = schemeShown();
    document.documentElement.dataset['scheme'] = scheme;
    button.textContent = scheme === 'dark' ? 'Light' : 'Dark';
    button.setAttribute('aria-label', scheme === 'dark' ? 'Switch to light' : 'Switch to dark');
  };
  button.hidden = false;
  button.addEventListener('click', () => {
    localStorage.setItem(SCHEME, schemeShown() === 'dark' ? 'light' : 'dark');
    show();
  });
  systemIsDark.addEventListener('change', show);
  show();
}

function schemeShown(): 'light' | 'dark' {
  const chosen = localStorage.getItem(SCHEME);
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return systemIsDark.matches ? 'dark' : 'light';
}

function addCopyButton(block: HTMLPreElement): void {
  const code = block.textContent;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'copy';
  button.textContent = 'Copy';
  button.setAttribute('aria-live', 'polite');
  button.addEventListener('click', () => {
    void copyText(code.trimEnd()).then((isCopied) => {
      if (!isCopied) return;
      button.textContent = 'Copied';
      setTimeout(() => (button.textContent = 'Copy'), 2000);
    });
  });
  const frame = document.createElement('div');
  frame.className = 'code';
  block.replaceWith(frame);
  frame.append(block, button);
}

function closeMenuOnNarrowPages(): void {
  const menu = document.querySelector<HTMLDetailsElement>('details.menu');
  if (menu && window.matchMedia('(max-width: 60em)').matches) menu.open = false;
}
