import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { present } from './support/present';

const ROOT = path.resolve(__dirname, '..');
const read = (file: string) => readFileSync(path.join(ROOT, 'deploy', file), 'utf8');

interface Packed {
  readonly files: readonly { readonly path: string }[];
}

describe('what platform teams start from', () => {
  test('the Dockerfile copies files that exist and that .dockerignore lets through', () => {
    const ignored = readFileSync(path.join(ROOT, '.dockerignore'), 'utf8').split('\n').filter(Boolean);
    const copies = read('Dockerfile')
      .split('\n')
      .filter((line) => line.startsWith('COPY ') && !line.includes('--from='));
    const sources = copies.flatMap((line) => line.split(/\s+/).slice(1, -1));
    expect(sources).toContain('package-lock.json');
    for (const source of sources) {
      expect(`${source}: ${existsSync(path.join(ROOT, source))}`).toBe(`${source}: true`);
      expect(ignored).not.toContain(source.replace('./', ''));
    }
  });

  test('the image runs as nobody of importance, and keeps no compiler', () => {
    const last = present(
      read('Dockerfile')
        .split(/^FROM /m)
        .at(-1),
    );
    expect(last).toMatch(/^USER node$/m);
    expect(last).toMatch(/^HEALTHCHECK /m);
    expect(last).not.toMatch(/apt-get|npm /);
  });

  test('the compose file runs three gateways that cannot write their own files, behind the nginx that is here', () => {
    const { services } = parse(read('compose.yaml'), { merge: true }) as {
      services: Record<string, { read_only?: boolean; cap_drop?: string[]; volumes?: string[]; environment?: object }>;
    };
    for (const index of [1, 2, 3]) {
      expect(services[`gateway-${index}`]).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
      expect(read('nginx.conf')).toContain(`server gateway-${index}:4000`);
    }
    const mounts = Object.values(services).flatMap(({ volumes = [] }) => volumes.filter((one) => one.startsWith('./')));
    for (const mount of mounts) expect(existsSync(path.join(ROOT, 'deploy', present(mount.split(':')[0])))).toBe(true);
    expect(mounts.length).toBeGreaterThan(0);
  });

  test('the Kubernetes manifests agree with each other', () => {
    const documents = parseAllDocuments(read('kubernetes/fieldgate.yaml'));
    expect(documents.flatMap(({ errors }) => errors)).toEqual([]);
    const objects = documents.map((document) => document.toJS() as { kind: string; spec?: object; metadata: object });
    expect(objects.map(({ kind }) => kind)).toEqual(['ConfigMap', 'Deployment', 'Service', 'PodDisruptionBudget']);
    const deployment = present(objects.find(({ kind }) => kind === 'Deployment'));
    const labels = { 'app.kubernetes.io/name': 'fieldgate' };
    expect(deployment).toMatchObject({
      spec: {
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            securityContext: { runAsNonRoot: true },
            containers: [{ securityContext: { readOnlyRootFilesystem: true, allowPrivilegeEscalation: false } }],
          },
        },
      },
    });
    expect(objects.find(({ kind }) => kind === 'Service')).toMatchObject({ spec: { selector: labels } });
  });

  test('every setting that a file here names is one that the gateway reads', () => {
    const known = readFileSync(path.join(ROOT, 'src/config.ts'), 'utf8');
    const named = [
      ...Object.keys(
        (
          parse(read('compose.yaml'), { merge: true }) as {
            services: Record<string, { environment: Record<string, string> }>;
          }
        ).services['gateway-1']?.environment ?? {},
      ),
      ...Object.keys((parseAllDocuments(read('kubernetes/fieldgate.yaml'))[0]?.toJS() as { data: object }).data),
      'HOST',
      'PORT',
      'DATA_DIR',
    ];
    expect(named.filter((setting) => !known.includes(`  ${setting}:`))).toEqual([]);
  });

  test('systemd understands the unit', () => {
    const unit = read('fieldgate.service');
    const known = /^(\[(Unit|Service|Install)\]|[A-Z][A-Za-z]+=.*|#.*|)$/;
    expect(unit.split('\n').filter((line) => !known.test(line))).toEqual([]);
    expect(unit).toMatch(/^ExecStart=\S+node \S+fieldgate start/m);
    const verified = spawnSync('systemd-analyze', ['verify', path.join(ROOT, 'deploy/fieldgate.service')], {
      encoding: 'utf8',
    });
    if (verified.error) return;
    // The program that it starts is not installed here.
    const problems = verified.stderr.split('\n').filter((line) => line.includes('fieldgate.service'));
    expect(problems.filter((line) => !/is not executable|Failed to prepare/.test(line))).toEqual([]);
  });

  test('the package holds what runs, and nothing else', () => {
    const text = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    const [packed] = JSON.parse(text) as Packed[];
    const files = present(packed).files.map((file) => file.path);
    for (const needed of ['bin/fieldgate', 'dist/src/main.js', 'LICENSE', 'README.md', 'schema.graphql']) {
      expect(files).toContain(needed);
    }
    expect(files.some((file) => /^dist\/admin\/assets\/.*\.js$/.test(file))).toBe(true);
    expect(files.filter((file) => /^(src|admin|test|bench|data)\/|\.map$|keys\.json|\.sqlite/.test(file))).toEqual([]);
  });
});
