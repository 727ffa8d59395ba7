// What the validation cost: their share of a synthesis, and how it grows with the number of databases. Both figures of a row are of one run.
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

// What people run, one file, which `npm run bench` writes first; with the class whose part is measured.
const require = createRequire(import.meta.url);
const { App, Chart, Size, YamlOutputType } = require('cdk8s');
const { CertificateAuthority, Postgres, PostgresStorage, PostgresVersion, TreeValidation } = require('../../lib/bench/program.js');

const findings = TreeValidation.prototype.findings;
const withoutValidation = () => { TreeValidation.prototype.findings = () => []; };
const withValidation = () => { TreeValidation.prototype.findings = findings; };

/** Databases of a fleet: one to a chart, or all in one. */
function fleet(databases, charts, outdir) {
  const app = new App({ outdir, yamlOutputType: YamlOutputType.FILE_PER_CHART });
  for (let index = 0; index < charts; index += 1) {
    const chart = new Chart(app, `chart-${index}`, { namespace: `team-${index}` });
    const { issuer } = new CertificateAuthority(chart, 'ca');
    for (let number = 0; number < databases / charts; number += 1) {
      new Postgres(chart, `db-${number}`, { version: PostgresVersion.V18, tls: { issuer }, storage: PostgresStorage.durable({ size: Size.gibibytes(10) }) });
    }
  }
  return app;
}

/** Milliseconds of one synthesis of a fleet that is made anew. */
function synthesize(databases, charts) {
  const outdir = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const app = fleet(databases, charts, outdir);
    const start = performance.now();
    app.synth();
    return performance.now() - start;
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** The median of several syntheses without the validation and with them, in turn, so that a machine that slows down slows both. */
function measure(databases, charts, rounds) {
  const pairs = Array.from({ length: rounds }, () => {
    withoutValidation();
    const bare = synthesize(databases, charts);
    withValidation();
    return { bare, validated: synthesize(databases, charts) };
  });
  const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
  return { bare: median(pairs.map(({ bare }) => bare)), validated: median(pairs.map(({ validated }) => validated)) };
}

const SIZES = [100, 200, 400, 800];
measure(100, 1, 3);
for (const [layout, charts, rounds] of [['all in one chart', () => 1, 5], ['sixteen charts', () => 16, 5], ['one chart a database', (n) => n, 1]]) {
  console.log(layout);
  const rows = SIZES.map((databases) => ({ databases, ...measure(databases, charts(databases), rounds) }));
  const costOf = ({ bare, validated, databases }) => (validated - bare) / databases;
  for (const row of rows) {
    console.log(`  ${String(row.databases).padStart(4)} databases: ${row.bare.toFixed(0)} ms without the validation, ${row.validated.toFixed(0)} ms with them, `
      + `share ${(100 * (row.validated - row.bare) / row.validated).toFixed(1)} %, ${costOf(row).toFixed(2)} ms a database`);
  }
}
