import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseLocale } from '../../src';
import { initdbSettings } from '../../src/postgres/features/initialization/initdb-settings';
import { postgresBinaries } from '../local';

const NAMES = ['datestyle', 'default_text_search_config', 'lc_messages', 'lc_monetary', 'lc_numeric', 'lc_time'];
const LOCALES = ['de_DE', 'en_US', 'sv_SE', 'th_TH'];
const UNPRIVILEGED = 65_534;

// Locales are made for the test alone: LOCPATH leads the C library to them. localedef writes for root and others alike.
const canMake = spawnSync('localedef', ['--version']).status === 0 && spawnSync('ls', ['/usr/share/i18n/locales/de_DE']).status === 0;
if (!canMake) { console.warn('the settings of initdb were not compared: this machine has no localedef, or no sources of locales'); }

(canMake ? describe : describe.skip)('what initdb writes for a locale of the C library is what is set', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'locales-'));
    chmodSync(folder, 0o777);
    for (const locale of LOCALES) { execFileSync('localedef', ['-i', locale, '-f', 'UTF-8', join(folder, `${locale}.utf8`)]); }
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(LOCALES.flatMap((locale) => [14, 18].map((major) => [locale, major] as const)))('%s, PostgreSQL %d', (locale, major) => {
    const data = join(folder, `${locale}-${major}`);
    const user = process.getuid?.() === 0 ? { uid: UNPRIVILEGED, gid: UNPRIVILEGED } : {};
    const made = spawnSync(join(postgresBinaries(major).binDir, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-N', '-E', 'UTF8', `--locale=${locale}.utf8`],
      { ...user, cwd: '/', env: { LOCPATH: folder, PATH: process.env['PATH'] }, encoding: 'utf8' });
    expect(made).toMatchObject({ status: 0 });
    const written = new Map([...readFileSync(join(data, 'postgresql.conf'), 'utf8').matchAll(/^(\w+) = '?([^'\t\n#]*)/gm)].map(([, name, value]) => [name!, value!.trim()]));
    const ours = new Map(initdbSettings(major, { locale: DatabaseLocale.libc(`${locale}.utf8`) }).map(([name, value]) => [name, String(value)]));
    // Without a setting the server reads the month first.
    expect(Object.fromEntries(NAMES.map((name) => [name, ours.get(name) ?? 'iso, mdy']))).toEqual(Object.fromEntries(NAMES.map((name) => [name, written.get(name)])));
  }, 60_000);
});
