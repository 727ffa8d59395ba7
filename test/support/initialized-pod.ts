import { Size, Testing } from 'cdk8s';
import { Postgres, PostgresStorage, PostgresVersion } from '../../src';
import { LocalPod, type Manifest } from '../local';
import { chartIn } from './tree';

/** The pod of a database as it is by default, with its data directory made and its server not started. */
export async function initializedPod(version: PostgresVersion): Promise<LocalPod> {
  const chart = chartIn();
  new Postgres(chart, 'db', { version, storage: PostgresStorage.durable({ size: Size.gibibytes(50) }) });
  const pod = await LocalPod.create({ documents: Testing.synth(chart) as Manifest[], major: version.major });
  const { code, stderr } = await pod.runInit('init');
  if (code !== 0) { throw new Error(`init ended with ${code}: ${stderr}`); }
  return pod;
}
