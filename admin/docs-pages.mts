import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import MarkdownIt from 'markdown-it';
import type { Plugin } from 'vite';

/** The order of the pages. One that is missing here stands at the end. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  'For integrations': [
    'quickstart',
    'authentication',
    'permissions',
    'reading',
    'exporting',
    'recipes',
    'writing',
    'changes',
    'absences-and-attendances',
    'errors',
    'limits',
    'playground',
    'contract',
    'access-requests',
  ],
  'For admins': [
    'admin-ui',
    'admins',
    'single-sign-on',
    'integrations',
    'importing',
    'personio',
    'configuration-as-code',
    'usage',
    'audit',
    'data-protection',
    'feedback',
    'demo-company',
  ],
  'For operators': ['deploying', 'operating', 'many-nodes', 'backup', 'upgrading', 'security', 'benchmark'],
  'How it is made': ['structure', 'decisions'],
};

interface Page {
  readonly name: string;
  readonly title: string;
  /** Its first sentence. */
  readonly summary: string;
  readonly html: string;
  readonly headings: readonly Heading[];
}

interface Heading {
  readonly id: string;
  readonly text: string;
}

/** Renders every Markdown file of a folder into the built frame, with a page that lists them all. */
export function docsPages(folder: string, outDir: string): Plugin {
  return {
    name: 'docs-pages',
    apply: 'build',
    writeBundle() {
      const frame = readFileSync(path.join(outDir, 'docs.html'), 'utf8');
      const files = readdirSync(folder);
      const pages = files.filter((file) => file.endsWith('.md')).map((file) => readPage(folder, file));
      const groups = grouped(pages);
      const write = (name: string, title: string, content: string): void => {
        const html = frame
          .replace('%TITLE%', () => escaped(title))
          .replace('%NAVIGATION%', () => navigation(groups, name))
          .replace('%CONTENT%', () => content);
        writeFileSync(path.join(outDir, 'pages', `${name}.html`), html);
      };
      mkdirSync(path.join(outDir, 'pages'), { recursive: true });
      write('index', 'Documentation', overview(groups));
      for (const { name, title, html } of pages) write(name, title, html);
      for (const picture of files.filter((file) => file.endsWith('.svg'))) {
        copyFileSync(path.join(folder, picture), path.join(outDir, 'pages', picture));
      }
    },
  };
}

type Groups = readonly (readonly [title: string, pages: readonly Page[]])[];

function grouped(pages: readonly Page[]): Groups {
  const byName = new Map(pages.map((page) => [page.name, page]));
  const groups = Object.entries(GROUPS).map(([title, names]) => {
    const own = names.flatMap((name) => byName.get(name) ?? []);
    return [title, own] as const;
  });
  const placed = new Set(Object.values(GROUPS).flat());
  const others = pages.filter(({ name }) => !placed.has(name));
  return others.length > 0 ? [...groups, ['More', others]] : groups;
}

function readPage(folder: string, file: string): Page {
  const headings: Heading[] = [];
  // Comments mark where figures are written.
  const text = readFileSync(path.join(folder, file), 'utf8').replace(/^<!-- .* -->$/gm, '');
  const rendered = markdown(headings).render(text);
  // Files beside the documentation are in the repository, and served by nobody.
  const html = rendered.replace(/<a href="\.\.\/[^"]*">(.*?)<\/a>/gs, '$1');
  const summary = /<p>(.*?)<\/p>/s.exec(html)?.[1]?.replace(/<[^>]+>/g, '') ?? '';
  const [title, ...others] = headings;
  return {
    name: path.basename(file, '.md'),
    title: title?.text ?? file,
    summary: /^.*?[.:](?=\s|$)/s.exec(summary)?.[0].replace(/:$/, '.') ?? summary,
    html,
    headings: others,
  };
}

/** @param headings gets those of the page, down to the second level */
function markdown(headings: Heading[]): MarkdownIt {
  const md = new MarkdownIt({ typographer: false });
  const { rules } = md.renderer;
  const seen = new Map<string, number>();
  rules.heading_open = (tokens, index) => {
    const level = tokens[index]?.tag ?? 'h2';
    const text = (tokens[index + 1]?.children ?? []).map(({ content }) => content).join('');
    const id = slug(text, seen);
    if (level === 'h1' || level === 'h2') headings.push({ id, text });
    return level === 'h1' ? `<h1 id="${id}">` : `<${level} id="${id}"><a class="anchor" href="#${id}">`;
  };
  rules.heading_close = (tokens, index) => {
    const level = tokens[index]?.tag ?? 'h2';
    return level === 'h1' ? '</h1>\n' : `</a></${level}>\n`;
  };
  // What is wider than the page can be scrolled, and so must be reachable by the keyboard.
  rules.table_open = () => '<div class="table" tabindex="0" role="region" aria-label="Table"><table>\n';
  rules.table_close = () => '</table></div>\n';
  rules.fence = (tokens, index) => {
    const { content = '', info = '' } = tokens[index] ?? {};
    return `<pre tabindex="0" data-language="${escaped(info)}"><code>${escaped(content)}</code></pre>\n`;
  };
  rules.link_open = (tokens, index, options, _env, self) => {
    const token = tokens[index];
    token?.attrSet('href', addressOf(String(token.attrGet('href'))));
    return self.renderToken(tokens, index, options);
  };
  const image = rules.image;
  rules.image = (tokens, index, options, env, self) => {
    const token = tokens[index];
    token?.attrSet('src', addressOf(String(token.attrGet('src'))));
    return image?.(tokens, index, options, env, self) ?? '';
  };
  return md;
}

/** `writing.md#versions` → `/docs/writing#versions`, `benchmark.svg` → `/docs/benchmark.svg` */
function addressOf(href: string): string {
  return href.replace(/^([\w-]+)\.md(?=#|$)/, '/docs/$1').replace(/^([\w-]+\.svg)$/, '/docs/$1');
}

/** As GitHub makes them, so that a link works there and here. */
function slug(text: string, seen: Map<string, number>): string {
  const base = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
  const count = seen.get(base) ?? 0;
  seen.set(base, count + 1);
  return count === 0 ? base : `${base}-${count}`;
}

function navigation(groups: Groups, current: string): string {
  return groups.map(([title, pages]) => `<h2>${escaped(title)}</h2>\n<ul>\n${entries(pages, current)}</ul>\n`).join('');
}

function entries(pages: readonly Page[], current: string): string {
  return pages.map((page) => (page.name === current ? openEntry(page) : entry(page))).join('');
}

function entry({ name, title }: Page): string {
  return `<li><a href="/docs/${name}">${escaped(title)}</a></li>\n`;
}

function openEntry({ name, title, headings }: Page): string {
  const inside = headings.map(({ id, text }) => `<li><a href="#${id}">${escaped(text)}</a></li>\n`).join('');
  const list = inside === '' ? '' : `<ul>${inside}</ul>`;
  return `<li><a href="/docs/${name}" aria-current="page">${escaped(title)}</a>${list}</li>\n`;
}

function overview(groups: Groups): string {
  const lists = groups.map(([title, pages]) => {
    const items = pages.map(
      (page) => `<li><a href="/docs/${page.name}">${escaped(page.title)}</a><p>${page.summary}</p></li>`,
    );
    return `<h2>${escaped(title)}</h2>\n<ul class="overview">\n${items.join('\n')}\n</ul>`;
  });
  const first = 'New here? The <a href="/docs/quickstart">quickstart</a> leads to a first page of people.';
  return `<h1>Documentation</h1>\n<p>${first}</p>\n${lists.join('\n')}`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
