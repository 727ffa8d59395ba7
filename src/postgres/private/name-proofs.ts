import { certificateOf } from './plan';
import type { WrittenDatabase } from './written-proofs';
import { Mapping, texts, valueAt } from '../../data';
import { CertificateNames, libpqMatchesHost } from '../../postgresql';
import { Consequence, Rule, when } from '../../rules';
import { annotatedHosts, carriesPublished, PublishedHost } from '../../workloads';
import { CertificateAlias } from '../ssl-mode';

/** What is proven about the names of a database: whoever is told one finds it on the certificate. Services and Certificates are judged as they are written. */
export const NAME_RULES: ReadonlyArray<Rule<WrittenDatabase>> = [
  {
    code: 'PGTLS-P51',
    title: 'server names of which none can be connected to, or that are said in two places',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'libpq, sslmode=verify-full: a client needs one host that the certificate carries',
    check: ({ props: { tls = undefined }, plan }) => {
      if (!plan.tls || !tls?.serverNames?.isExclusive) { return []; }
      const { names } = tls.serverNames;
      const { dnsNames = [], ipAddresses = [] } = tls.certificates?.find(({ alias }) => alias === CertificateAlias.SERVER) ?? {};
      const beside = [...dnsNames, ...ipAddresses];
      return [
        ...when(names.length === 0, () => 'tls.serverNames is an empty list of the only names'),
        ...when(names.length > 0 && plan.serverNames.endpoint === undefined, () => `tls.serverNames has wildcards only ('${names.join("', '")}'), and no host for endpoint`),
        ...when(beside.length > 0, () => `tls.serverNames says only '${names.join("', '")}', and tls.certificates gives the alias server '${beside.join("', '")}' as well`),
      ];
    },
    fix: 'give ServerNames.only every name, the first without a wildcard being where clients connect, or ServerNames.also what comes beside those in the cluster',
  },
  {
    code: 'PGTLS-P49',
    title: 'a published host name that is not on the server certificate',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'external-dns, hostname annotations; libpq, sslmode=verify-full',
    check: (database) => uncertified(database, CertificateAlias.SERVER, ['service', 'headless-service'])
      .map(({ field, host }) => `serviceTemplates: ${field} publishes '${host}', which the server certificate does not carry`),
    fix: 'add the host to tls.serverNames',
  },
  {
    code: 'PGTLS-P52',
    title: 'a published host name of the metrics that is not on the certificate of the exporter',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'external-dns, hostname annotations; Prometheus, tls_config',
    check: (database) => uncertified(database, CertificateAlias.METRICS_EXPORTER, ['stats-service'])
      .map(({ field, host }) => `serviceTemplates: ${field} publishes '${host}', which the certificate of the exporter does not carry`),
    fix: 'add the host to tls.certificates, alias metrics-exporter, dnsNames',
  },
  {
    code: 'PGTLS-P54',
    title: 'a patched server certificate without the host of endpoint',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'libpq, sslmode=verify-full',
    check: ({ plan, written }) => {
      const names = namesOf(written(`${CertificateAlias.SERVER}-cert`));
      const { endpoint, ...planned } = plan.serverNames;
      return when(names !== undefined && endpoint !== undefined && libpqMatchesHost(endpoint, { ...planned, commonName: '' }) && !libpqMatchesHost(endpoint, names),
        () => `endpoint has the host '${endpoint}', which the certificate does not carry as it is written`);
    },
    fix: 'take the patch back and give tls.serverNames: ServerNames.only has no other names, and endpoint is one of them',
  },
];

/** Hosts that annotations of Services publish, and a certificate does not carry. */
function uncertified({ plan, written }: WrittenDatabase, alias: CertificateAlias, services: ReadonlyArray<string>): PublishedHost[] {
  const names = certificateOf(plan, alias) && namesOf(written(`${alias}-cert`));
  return names === undefined ? [] : services.flatMap((id) => annotatedHosts(written(id))).filter(({ host }) => !carriesPublished(host, names));
}

/** The names of a Certificate as it is written. The common name is no host name to whoever is written in Go or Java. */
function namesOf(certificate: Mapping | undefined): CertificateNames | undefined {
  return certificate && { commonName: '', dnsNames: texts(valueAt(certificate, 'spec.dnsNames')), ipAddresses: texts(valueAt(certificate, 'spec.ipAddresses')) };
}
