import * as cdk8s from 'cdk8s';
import * as plus from 'cdk8s-plus-27';
import * as api from '../../src';
import { chartIn } from './tree';

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
