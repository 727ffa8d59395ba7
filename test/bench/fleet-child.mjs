// One measurement of a fleet, in a process of its own: `node fleet-child.mjs SIZE fleet` or `… SIZE stock`. Prints it as JSON.
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

const require = createRequire(import.meta.url);
const { ApiObject, App, Chart, Size, Yaml } = require('cdk8s');
const {
  CertificateAuthority, FleetApp, ManifestPrinter, Postgres, PostgresMonitor, PostgresNetwork, PostgresStorage, PostgresVersion, RenderedOnce, TreeValidation,
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
const totals = { plan: 0, render: 0, prove: 0, print: 0 };
let nested = 0;
function measured(prototype, name, part) {
  const descriptor = Object.getOwnPropertyDescriptor(prototype, name);
  const accessor = descriptor.get ? 'get' : 'value';
  const original = descriptor[accessor];
  const measuring = function measuring(...args) {
    const [outer, start] = [nested, performance.now()];
    nested = 0;
    try { return original.apply(this, args); } finally {
      const spent = performance.now() - start;
      totals[part] += spent - nested;
      nested = outer + spent;
    }
  };
  Object.defineProperty(prototype, name, { ...descriptor, [accessor]: measuring });
  return () => { Object.defineProperty(prototype, name, descriptor); };
}

/** CPU time of the process, of all its threads, in milliseconds: a busy machine changes it less than the clock. */
function cpu() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Objects that are printed between two looks at the clock, which takes as long as printing one; more would take the memory of a large fleet. */
const BATCH = 1_000;

const outdir = mkdtempSync(join(tmpdir(), 'bench-'));
try {
  const restore = [
    // A plan is resolved by the construction, and again by the rules, with what was declared meanwhile.
    measured(Postgres.prototype, 'draft', 'plan'), measured(Postgres.prototype, 'plan', 'plan'), measured(RenderedOnce.prototype, 'toJson', 'render'),
    measured(TreeValidation.prototype, 'findings', 'prove'), measured(ManifestPrinter.prototype, 'print', 'print'),
  ];
  const [start, clock] = [cpu(), performance.now()];
  const app = new (kind === 'stock' ? App : FleetApp)({ outdir });
  for (let index = 0; index < size; index += 1) { addTeam(app, index); }
  const constructed = performance.now() - clock - nested;
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
  const objects = app.node.findAll().filter((construct) => ApiObject.isApiObject(construct));
  for (let index = 0; index < objects.length; index += BATCH) {
    const manifests = objects.slice(index, index + BATCH).map((object) => object.toJson());
    const before = cpu();
    for (const manifest of manifests) { result.characters += Yaml.stringify(manifest).length; }
    const between = cpu();
    for (const manifest of manifests) { JSON.stringify(manifest); }
    result.json += cpu() - between;
    result.yaml += between - before;
  }
  return result;
}
