import { Severity } from '../engine/finding';
import { Inventory } from '../../pki';
import { called, Judged, Located } from '../../kubernetes';
import { carriesPublished, DATABASE_LABEL, Publication, publications, Workloads } from '../../workloads';
import { at, mapping } from '../../data';
import { Basis, Rule, when } from '../engine/rule';
import { ruleTable } from '../engine/rule-table';

/** A host name that is published, and the servers behind it. */
interface PublicationSubject extends Located {
  readonly at: Judged;
  readonly publication: Publication;
  readonly workloads: Workloads;
}

/** What is proven about host names that are published for servers. */
export const PUBLISHED_HOST_RULES = ruleTable(subjects, [
  {
    code: 'PGTLS-E42',
    severity: Severity.WARNING,
    title: 'a host name that is published for a server whose certificate does not carry it',
    basis: Basis.PEER,
    source: 'external-dns, kOps, Gateway API, OpenShift and Traefik: names that lead to a Service; libpq, sslmode=verify-full',
    broken: ({ publication: { by, field, host, service }, workloads }) => {
      const missing = workloads.serversBehind(service).flatMap(({ certificate }) => (certificate === undefined || carriesPublished(host, certificate) ? [] : [certificate]));
      return when(missing.length > 0 && !isJudgedByItsDatabase(by), () => `${field} publishes '${host}', which the server's ${called(missing[0]!.at)} does not carry`);
    },
    remedy: 'add the host to dnsNames of the Certificate, or acknowledge the warning where no client verifies it',
  },
] satisfies Rule<PublicationSubject>[]);

function subjects(inventory: Inventory): PublicationSubject[] {
  const found = publications(inventory);
  return found.length === 0 ? [] : found.map((publication) => ({ at: publication.by, publication, workloads: Workloads.of(inventory) }));
}

/** A Postgres construct has its own Services in view (PGTLS-P49). */
function isJudgedByItsDatabase({ kind, manifest }: Judged): boolean {
  return kind === 'Service' && DATABASE_LABEL in mapping(at(manifest, 'metadata.labels'));
}
