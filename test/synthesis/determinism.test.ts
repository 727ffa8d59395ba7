import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from '../../tools/bundle';
import { filesBelow, REPOSITORY } from '../support/repository';

/** Node.js binaries of further major versions, separated by commas, by the environment of CI. */
const NODES = (process.env['NODES'] ?? '').split(',').filter((path) => path !== '');

interface Process {
  readonly version: string;
  readonly locale: string;
  readonly timeZone: string;
  readonly offset: number;
}

let scratch: string;
let expected: Record<string, string>;

/** Runs the program with nothing of the environment of this process, and returns what it wrote, and where it ran. */
function run(env: NodeJS.ProcessEnv, node = process.execPath, cwd = scratch): { readonly files: Record<string, string>; readonly of: Process } {
  const folder = mkdtempSync(join(scratch, 'out-'));
  const printed = execFileSync(node, [join(scratch, 'program/program.js'), folder], { cwd, env: { NODE_PATH: join(REPOSITORY, 'node_modules'), ...env }, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  return { files: filesBelow(folder), of: JSON.parse(printed) as Process };
}

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'determinism-'));
  await bundle('test/synthesis/support/determinism-program.ts', join(scratch, 'program/program.js'));
  expected = run({ LC_ALL: 'C', TZ: 'UTC' }).files;
}, 60_000);
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

test('the program writes what is compared', () => {
  expect(Object.keys(expected)).toEqual(expect.arrayContaining(['stock/db-10.k8s.yaml', 'stock/quickstart.k8s.yaml', 'fleet/db-10.k8s.yaml', 'one/app.k8s.yaml']));
  for (const [file, text] of Object.entries(expected).filter(([name]) => name.startsWith('fleet/'))) { expect(text).toBe(expected[file.replace('fleet/', 'stock/')]); }
  expect(expected['stock/db-1.k8s.yaml']).toContain('ähre');
});

describe('the same bytes in another process', () => {
  test.each<[string, NodeJS.ProcessEnv, Partial<Process>]>([
    ['again', { LC_ALL: 'C', TZ: 'UTC' }, {}],
    ['Turkish, west of Greenwich', { LC_ALL: 'tr_TR.UTF-8', TZ: 'America/St_Johns' }, { locale: 'tr-TR', timeZone: 'America/St_Johns' }],
    ['German, east of it', { LANG: 'de_DE.UTF-8', TZ: 'Asia/Kathmandu' }, { locale: 'de-DE', offset: -345 }],
    ['Arabic, beyond the date line', { LC_ALL: 'ar_EG.UTF-8', TZ: 'Pacific/Kiritimati' }, { locale: 'ar-EG', offset: -840 }],
  ])('%s', (_, env, known) => {
    const { files, of } = run(env);
    expect(of).toMatchObject(known);
    expect(files).toEqual(expected);
  });

  test('another user, in CI, with variables of all kinds, in another directory', () => {
    const env = {
      HOME: '/nonexistent', USER: 'someone', LOGNAME: 'someone', HOSTNAME: 'runner-1', CI: 'true', GITHUB_ACTIONS: 'true', NODE_ENV: 'production', DEBUG: '*', FORCE_COLOR: '1', TERM: 'xterm',
      PGHOST: 'elsewhere', PGUSER: 'someone', KUBECONFIG: '/nonexistent', NAMESPACE: 'elsewhere', [`X${process.pid}`]: String(process.hrtime.bigint()),
    };
    expect(run(env, process.execPath, tmpdir()).files).toEqual(expected);
  });
});

// The other major versions are installed by .ci/run; a binary that is named and does not run fails here.
const onOtherNodes = NODES.length > 0 ? test.each(NODES) : test.skip.each(['NODES is not set']);
onOtherNodes('the same bytes with %s', (node) => {
  const { files, of } = run({ LC_ALL: 'C', TZ: 'UTC' }, node);
  expect(of.version.split('.')[0]).not.toBe(process.versions.node.split('.')[0]);
  expect(files).toEqual(expected);
});
