// One measurement of a fleet, in a process of its own: `node fleet-child.mjs SIZE fleet` or `… SIZE stock`. Prints it as JSON.
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

const require = createRequire(import.meta.url);
const { ApiObject, App, Chart, Size, Yaml } = require('cdk8s');
const {
  CertificateAuthority, FleetApp, ManifestPrinter, Postgres, PostgresMonitor, PostgresNetwork, PostgresStorage, PostgresVersion, TreeValidation,
} = require('../../lib/bench/program.js');

const [size, kind] = [Number(process.argv[2]), process.argv[3]];

/** A team: a CA, a database with metrics, a client CA and a NetworkPolicy, and two applications that log in with certificates. */
function addTeam(app, index) {
  const chart = new Chart(app, `team-${index}`, { namespace: `team-${index}` });
  const db = new Postgres(chart, 'db', {
    version: PostgresVersion.V18,
    tls: { issuer: new CertificateAuthority(chart, 'ca').issuer },
    storage: PostgresStorage.durable({ size: Size.gibibytes(10) }),
    monitor: PostgresMonitor.prometheus(),
    network: PostgresNetwork.restricted({}),
  });
  db.addClient('orders');
  db.addClient('billing');
}

/** Adds the time of a method to a total, without what it calls of other methods that are measured; returns what ends that. */
const totals = { resolve: 0, prove: 0, print: 0 };
let nested = 0;
function measured(prototype, method, part) {
  const original = prototype[method];
  prototype[method] = function measuring(...args) {
    const [outer, start] = [nested, performance.now()];
    nested = 0;
    try { return original.apply(this, args); } finally {
      const spent = performance.now() - start;
      totals[part] += spent - nested;
      nested = outer + spent;
    }
  };
  return () => { prototype[method] = original; };
}

/** CPU time of the process, of all its threads, in milliseconds: a busy machine changes it less than the clock. */
function cpu() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

const outdir = mkdtempSync(join(tmpdir(), 'bench-'));
try {
  const restore = [
    measured(ApiObject.prototype, 'toJson', 'resolve'), measured(TreeValidation.prototype, 'findings', 'prove'),
    measured(ManifestPrinter.prototype, 'print', 'print'),
  ];
  const [start, clock] = [cpu(), performance.now()];
  const app = new (kind === 'stock' ? App : FleetApp)({ outdir });
  for (let index = 0; index < size; index += 1) { addTeam(app, index); }
  // What is rendered meanwhile belongs to the construction.
  totals.resolve = 0;
  const constructed = performance.now() - clock;
  const before = cpu();
  app.synth();
  const [synth, whole, elapsed] = [cpu() - before, cpu() - start, performance.now() - clock];
  const peak = process.resourceUsage().maxRSS * 1024;
  const shares = Object.fromEntries(Object.entries({ construct: constructed, ...totals }).map(([part, spent]) => [part, spent / elapsed]));
  restore.forEach((undo) => { undo(); });
  console.log(JSON.stringify({ size, synth, whole, peak, shares, ...(kind === 'fleet' ? printAlone(app) : {}) }));
} finally {
  rmSync(outdir, { recursive: true });
}

/** CPU time of the printers alone, for the same objects. */
function printAlone(app) {
  const result = { yaml: 0, json: 0, characters: 0 };
  for (const construct of app.node.findAll()) {
    if (!ApiObject.isApiObject(construct)) { continue; }
    const manifest = construct.toJson();
    const before = cpu();
    result.characters += Yaml.stringify(manifest).length;
    const between = cpu();
    JSON.stringify(manifest);
    result.json += cpu() - between;
    result.yaml += between - before;
  }
  return result;
}
