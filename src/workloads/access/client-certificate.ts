import type { AccessConnection, Refusal, StepResult } from './access-step';
import { admittingRows } from './login';
import { describeClient } from '../describe-client';
import type { ConnectionPath } from '../pod-context';
import { mapping, mappings, text } from '../../data';
import { asksForCertificate, type Channel } from '../../postgresql';

/** Whether the server can verify client certificates where its rows ask for them; PGTLS-T16 finds the server. */
export function clientCaFile(connection: ConnectionPath, channel: Channel): StepResult {
  const { client, server } = connection;
  if (!isAskedForCertificate(connection, channel) || server.tls !== true || !server.isSettled || (server.setting('ssl_ca_file') ?? '') !== '') { return 'admitted'; }
  return {
    field: client.fieldOf('sslcert'), problem: `${describeClient(client)} is asked for a certificate, but the server has no ssl_ca_file`,
    error: 'FATAL: client certificates can only be checked if a root certificate store is available',
  };
}

/** Whether the client has a certificate where every row that may admit it asks for one. */
export function clientCertificate(connection: AccessConnection, channel: Channel): StepResult {
  const { client, host } = connection;
  if (!isAskedForCertificate(connection, channel)) { return 'admitted'; }
  if (client.setting('sslcert') !== undefined) { return client.certificate === undefined ? 'unknown' : 'admitted'; }
  if (mayHaveCertificate(connection)) { return 'unknown'; }
  const [row] = admittingRows(connection, channel)!;
  return {
    field: client.fieldOf('sslcert'),
    problem: `${describeClient(client)} connects to '${host}' without a certificate, but the pg_hba.conf row '${row!.text}' of the server asks for one`,
    error: 'FATAL: connection requires a valid client certificate',
  } satisfies Refusal;
}

function isAskedForCertificate(connection: AccessConnection, channel: Channel): boolean {
  const rows = admittingRows(connection, channel);
  return rows !== undefined && rows.length > 0 && rows.every(asksForCertificate);
}

/** Whether a program may find a certificate of its own: files other than those of ConfigMaps, or variables that are not visible. */
function mayHaveCertificate({ client: { container, pod } }: AccessConnection): boolean {
  const texts = new Set(mappings(pod.spec['volumes']).filter(({ configMap }) => configMap !== undefined).map(({ name }) => text(name)));
  return container.mounts.some(({ volume, folder }) => !texts.has(volume) || folder.includes('.postgresql/'))
    || container.spec['envFrom'] !== undefined
    || mappings(container.spec['env']).some(({ name, valueFrom }) =>
      /cert|crt|tls|ssl|key|pem|p12|jks/i.test(text(name)) && mapping(valueFrom)['secretKeyRef'] !== undefined);
}
