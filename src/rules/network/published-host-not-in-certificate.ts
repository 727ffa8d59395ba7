import { mapping, valueAt } from '../../data';
import { displayName, Manifest } from '../../kubernetes';
import { carriesPublished, DATABASE_LABEL } from '../../workloads';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { PublicationTarget } from './published-host-shared';

export const publishedHostNotInCertificate: Rule<PublicationTarget> = {
  id: 'published-host-not-in-certificate',
  code: 'PGTLS-E42',
  severity: Severity.WARNING,
  title: 'published host name is not in the certificate of the server behind it',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'external-dns, kOps, Gateway API, OpenShift and Traefik: host names that lead to a Service; libpq, sslmode=verify-full',
  check: ({ publication: { by, field, host, service }, workloads }) => {
    const missing = workloads.serversBehind(service).flatMap(({ certificate }) => (certificate === undefined || carriesPublished(host, certificate) ? [] : [certificate]));
    return when(missing.length > 0 && !isServiceOfDatabase(by), () => `${field} publishes '${host}', which the server's ${displayName(missing[0]!.at)} does not contain`);
  },
  fix: 'add the host to dnsNames of the Certificate, or acknowledge the warning if no client verifies this host',
};

/** PGTLS-P49 checks the Services of a Postgres construct. */
function isServiceOfDatabase({ kind, manifest }: Manifest): boolean {
  return kind === 'Service' && DATABASE_LABEL in mapping(valueAt(manifest, 'metadata.labels'));
}
