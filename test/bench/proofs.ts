// What the proofs cost: their share of a synthesis, and how it grows with the number of databases. Every figure of a row is of one run.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { App, Chart, Size, YamlOutputType } from 'cdk8s';
import { CertificateAuthority, Postgres, PostgresStorage, PostgresVersion } from '../../src';
import { Session } from '../../src/proofs/private/session';

let proving = 0;
const prove = Session.prototype.findings;
Session.prototype.findings = function (this: Session) {
  const start = performance.now();
  try {
    return prove.call(this);
  } finally {
    proving += performance.now() - start;
  }
};

/** Databases of a fleet: one to a chart, or all in one. */
function fleet(databases: number, charts: number, outdir: string): App {
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

function measure(databases: number, charts: number): { readonly synth: number; readonly proofs: number } {
  const outdir = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const app = fleet(databases, charts, outdir);
    proving = 0;
    const start = performance.now();
    app.synth();
    return { synth: performance.now() - start, proofs: proving };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

const SIZES = [100, 200, 400, 800];
measure(50, 50);
for (const [layout, charts] of [['one chart a database', (n: number) => n], ['all in one chart', () => 1], ['sixteen charts', () => 16]] as const) {
  const rows = SIZES.map((databases) => ({ databases, ...measure(databases, charts(databases)) }));
  const first = rows[0]!;
  console.log(layout);
  for (const { databases, synth, proofs } of rows) {
    const growth = (proofs / first.proofs) / (databases / first.databases);
    console.log(`  ${String(databases).padStart(4)} databases: synth ${synth.toFixed(0)} ms, proofs ${proofs.toFixed(0)} ms, `
      + `share ${(100 * proofs / synth).toFixed(1)} %, cost of one database ${growth.toFixed(2)} times that at ${first.databases}`);
  }
}
