import * as cdk8s from 'cdk8s';
import * as plus from 'cdk8s-plus-27';
import { stringify } from 'yaml';
import * as api from '../../src';
import { type Example, manifestsOf } from '../../tools/rule-pages';
import { findingsIn } from './findings';
import { chartIn } from './tree';

/** What is found in an example of docs/rules, where `applied` is currently applied. */
export function findingsOfExample(example: Example, applied?: Example): api.Finding[] {
  if (example.language === 'ts') { return api.Validation.of(treeOfExample(example.body)).findings(); }
  const committed = applied && api.CommittedManifests.fromTexts({ 'committed.yaml': manifestsOf(applied).map((manifest) => stringify(manifest)).join('---\n') });
  return findingsIn(manifestsOf(example), { certManagerVersion: releaseOf(example), committed });
}

/** Examples show fields of every release, unless a comment names the release of cert-manager that they are for. */
function releaseOf({ body }: Example): api.CertManagerVersion {
  return api.CertManagerVersion.of(body.match(/^# cert-manager (1\.\d+)$/m)?.[1] ?? '1.21');
}

/** The app that a TypeScript example makes, or the chart of its database. */
function treeOfExample(body: string): cdk8s.App | cdk8s.Chart {
  if (!body.includes('const app = ')) { return chartOfExample(body); }
  const scope = { ...plus, ...cdk8s, ...api };
  return new Function(...Object.keys(scope), `${body}\nreturn app;`)(...Object.values(scope)) as cdk8s.App;
}

/** The chart of a TypeScript example of docs/rules: a database with its properties, or what its statements make. */
export function chartOfExample(body: string): cdk8s.Chart {
  const chart = chartIn();
  const issuer = new api.Issuer(chart, 'issuer', { source: api.IssuerSource.ca(api.Certificate.fromSecretName(chart, 'ca', 'ca')) });
  const scope = { ...plus, ...cdk8s, ...api, chart, issuer, app: chart.node.root };
  const run = (code: string) => new Function(...Object.keys(scope), code)(...Object.values(scope));
  if (body.startsWith('{') || body.startsWith('(')) {
    const storage = api.PostgresStorage.durable({ size: cdk8s.Size.gibibytes(1) });
    new api.Postgres(chart, 'db', { version: api.PostgresVersion.V18, storage, ...run(`return (${body});`) });
  } else {
    run(body);
  }
  return chart;
}
