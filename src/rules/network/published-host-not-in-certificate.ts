import type { PublicationTarget } from './publication-target';
import { mapping, valueAt } from '../../data';
import { displayName, type Manifest } from '../../kubernetes';
import { carriesPublished, DATABASE_LABEL } from '../../workloads';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { postgresPage, source } from '../engine/sources';

export const publishedHostNotInCertificate: Rule<PublicationTarget> = {
  id: 'published-host-not-in-certificate',
  code: 'PGTLS-E42',
  severity: Severity.WARNING,
  title: 'published host name is not in the certificate of the server behind it',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    source('external-dns, kOps, Gateway API, OpenShift and Traefik: host names that lead to a Service'),
    postgresPage('libpq-ssl.html', 'SSL Support', 'sslmode=verify-full'),
  ],
  check: ({ publication: { by, field, path, host, service }, workloads }, report) => {
    const missing = workloads.serversBehind(service).flatMap(({ certificate }) => (certificate === undefined || carriesPublished(host, certificate) ? [] : [certificate]));
    if (missing.length > 0 && !isServiceOfDatabase(by)) {
      report(path, `${field} publishes '${host}', which the server's ${displayName(missing[0]!.at)} does not contain`);
    }
  },
  fix: 'add the host to dnsNames of the Certificate, or acknowledge the warning if no client verifies this host',
};

/** PGTLS-P49 checks the Services of a Postgres construct. */
function isServiceOfDatabase({ kind, manifest }: Manifest): boolean {
  return kind === 'Service' && DATABASE_LABEL in mapping(valueAt(manifest, 'metadata.labels'));
}
