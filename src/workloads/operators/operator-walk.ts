import type { OperatorConnection } from './operator-connections';
import { memoizeByObject } from '../../data';
import type { Channel } from '../../postgresql';
import { type AccessConnection, clientCertificate, hbaRow, hostName, isRefusal, type RefusedStep, role, channelsOf, selfSignedServer, type StepName, type StepResult } from '../access';

type Step = readonly [StepName, (connection: AccessConnection, channel: Channel) => StepResult];

/** The steps that need no more of a server than an operator's object shows, in the order of the access walk. */
const TLS: ReadonlyArray<Step> = [['self-signed-server', selfSignedServer], ['host-name', hostName]];
const LOGIN: ReadonlyArray<Step> = [['hba-row', hbaRow], ['client-certificate', clientCertificate], ['role', role]];

/** What refuses a connection to a database of an operator, where every channel of its sslmode is refused: that with TLS first. */
export const operatorRefusal = memoizeByObject((connection: OperatorConnection): RefusedStep | undefined => {
  const channels = channelsOf(connection.client);
  const refused = channels.map((channel) => ({ channel, step: firstRefusal(connection, channel) }));
  if (refused.some(({ step }) => step === undefined)) { return undefined; }
  return (refused.find(({ channel }) => channel === 'tls') ?? refused[0])?.step;
});

function firstRefusal(connection: OperatorConnection, channel: Channel): RefusedStep | undefined {
  for (const [name, step] of [...(channel === 'tls' ? TLS : []), ...LOGIN]) {
    const refusal = step(connection, channel);
    if (isRefusal(refusal)) { return { name, refusal }; }
  }
  return undefined;
}
