import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Chart, Size } from 'cdk8s';
import { clusterIssuer } from '../../../examples/cluster-issuer';
import { kubedbGuide } from '../../../examples/kubedb-guide';
import { plain } from '../../../examples/plain';
import { quickstart } from '../../../examples/quickstart';
import { CertificateAuthority, CommittedManifests, Manifests, Postgres, PostgresProps, PostgresStorage, PostgresVersion, Severity, Validation } from '../../../src';
import { REPOSITORY } from '../../support/repository';

// Currently applied manifests may be the output of an earlier version of this package: `earlier/` holds output of commit 513f101, scripts left out.

const earlier = (file: string) => CommittedManifests.fromTexts({ [file]: readFileSync(join(REPOSITORY, 'test/rules/changes/earlier', file), 'utf8') });
const changes = (app: App) => Validation.of(app).findings().filter(({ rule: { code } }) => code.startsWith('PGTLS-S'));

test('an update of this package alone loses no data', () => {
  const app = new App();
  for (const example of [quickstart, kubedbGuide, clusterIssuer, plain]) { example(app); }
  Validation.of(app).configure({ committed: earlier('examples.yaml') });
  expect(changes(app).filter(({ severity }) => severity === Severity.ERROR)).toEqual([]);
});

test('the same output has no finding', () => {
  const yaml = readFileSync(join(REPOSITORY, 'test/rules/changes/earlier/examples.yaml'), 'utf8');
  expect(Manifests.fromYaml({ yaml }).validate({ committed: earlier('examples.yaml') })).toEqual(Manifests.fromYaml({ yaml }).validate());
});

describe('databases with a volume for their log, of both layouts', () => {
  const WAL = { wal: { size: Size.gibibytes(2) } };
  const shop = (props: Partial<PostgresProps> = {}, size = Size.gibibytes(10), wal: object = WAL) => {
    const app = new App();
    Validation.of(app).configure({ committed: earlier('wal.yaml') });
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    const { issuer } = new CertificateAuthority(chart, 'ca');
    for (const [name, version] of [['db-17', PostgresVersion.V17], ['db-18', PostgresVersion.V18]] as const) {
      new Postgres(chart, name, { version, tls: { issuer }, storage: PostgresStorage.durable({ size, ...wal }), ...props });
    }
    return changes(app).filter(({ severity }) => severity === Severity.ERROR).map(({ rule: { code }, location: { path } }) => `${path} ${code}`);
  };

  test.each<[string, string[], string[]]>([
    ['nothing changes', shop(), []],
    ['both are of 18', shop({ version: PostgresVersion.V18 }), ['shop/db-17 PGTLS-S13']],
    ['both are of 17', shop({ version: PostgresVersion.V17 }), ['shop/db-18 PGTLS-S13']],
    ['the log loses its volume', shop({}, undefined, {}), ['shop/db-17 PGTLS-S10', 'shop/db-18 PGTLS-S10']],
    ['ephemeral', shop({ storage: PostgresStorage.ephemeral() }), ['shop/db-17 PGTLS-S06', 'shop/db-18 PGTLS-S06']],
    ['smaller', shop({}, Size.gibibytes(9)), ['shop/db-17 PGTLS-S01', 'shop/db-18 PGTLS-S01']],
  ])('%s', (_, found, expected) => {
    expect(found).toEqual(expected);
  });
});
