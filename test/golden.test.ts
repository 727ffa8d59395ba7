import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart, Size } from 'cdk8s';
import { Postgres, PostgresStorage, PostgresVersion, SslMode } from '../src';
import { cdk8sCli, filesBelow, REPOSITORY } from './support/repository';

let scratch: string;
beforeEach(() => { scratch = mkdtempSync(join(tmpdir(), 'golden-')); });
afterEach(() => rmSync(scratch, { recursive: true, force: true }));

const dist = () => filesBelow(join(REPOSITORY, 'dist'));

test('the examples synthesize to the committed dist/, byte for byte, with the real CLI', () => {
  cdk8sCli(['synth', '--output', join(scratch, 'out')]);
  expect(filesBelow(join(scratch, 'out'))).toEqual(dist());
});

test('the output depends on neither time zone, locale nor the order in which charts are made', () => {
  const program = `
    const { App } = require('cdk8s');
    const app = new App();
    for (const name of ['clients', 'plain', 'clusterIssuer', 'kubedbGuide', 'quickstart']) {
      const file = name.replace(/[A-Z]/g, (letter) => '-' + letter.toLowerCase());
      require('${REPOSITORY}/examples/' + file)[name](app);
    }
    app.synth();`;
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], CDK8S_OUTDIR: join(scratch, 'out'), TZ: 'Asia/Kolkata', LC_ALL: 'tr_TR.UTF-8' };
  execFileSync(process.execPath, ['--import', 'tsx', '--eval', program], { cwd: REPOSITORY, env, stdio: 'pipe' });
  expect(filesBelow(join(scratch, 'out'))).toEqual(dist());
});

describe('a faulty app', () => {
  const faulty = (app: App) => {
    const chart = new Chart(app, 'good', { namespace: 'demo' });
    const storage = PostgresStorage.durable({ size: Size.gibibytes(1) });
    new Postgres(chart, 'db', { version: PostgresVersion.V18, storage });
    new Postgres(new Chart(app, 'wrong', { namespace: 'demo' }), 'db2', { version: PostgresVersion.V18, storage, sslMode: SslMode.REQUIRE });
  };

  test('writes and changes no file', () => {
    writeFileSync(join(scratch, 'good.k8s.yaml'), 'what was there before');
    const app = new App({ outdir: scratch });
    faulty(app);
    expect(() => app.synth()).toThrow("[wrong/db2] PGTLS-P01: sslMode 'require' is set without tls");
    expect(filesBelow(scratch)).toEqual({ 'good.k8s.yaml': 'what was there before' });
  });

  test('leaves dist/ alone when run by `npm run synth`, although the CLI empties its output first', () => {
    cpSync(join(REPOSITORY, 'package.json'), join(scratch, 'package.json'));
    symlinkSync(join(REPOSITORY, 'node_modules'), join(scratch, 'node_modules'));
    mkdirSync(join(scratch, 'dist'));
    writeFileSync(join(scratch, 'dist', 'good.k8s.yaml'), 'what was there before');
    writeFileSync(join(scratch, 'cdk8s.yaml'), 'language: typescript\napp: node --import tsx main.ts\noutput: dist\n');
    writeFileSync(join(scratch, 'main.ts'), `
      import { App, Chart } from 'cdk8s';
      import { Postgres, PostgresStorage, PostgresVersion, SslMode } from '${REPOSITORY}/src';
      const app = new App();
      const chart = new Chart(app, 'wrong', { namespace: 'demo' });
      new Postgres(chart, 'db', { version: PostgresVersion.V18, storage: PostgresStorage.ephemeral(), sslMode: SslMode.REQUIRE });
      app.synth();`);
    expect(() => execFileSync('npm', ['run', '--silent', 'synth'], { cwd: scratch, stdio: 'pipe' })).toThrow('[wrong/db] PGTLS-P01');
    expect(filesBelow(join(scratch, 'dist'))).toEqual({ 'good.k8s.yaml': 'what was there before' });
  });
});
