import { displayName } from '../../kubernetes';
import { publicNameError } from '../../pki';
import { libpqMatchesHost } from '../../postgresql';
import { certificateFor, type OperatorDatabase, secretFor, serviceHosts } from '../../workloads';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { cloudNativePgFile, postgresFile } from '../engine/sources';

export const operatorServiceNotInCertificate: Rule<OperatorDatabase> = {
  id: 'operator-service-not-in-certificate',
  code: 'PGTLS-O08',
  severity: Severity.WARNING,
  title: 'server certificate of an operator contains none of its Services',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    cloudNativePgFile('internal/webhook/v1/cluster_webhook.go', 'validateCerts: names are not validated'),
    postgresFile('src/interfaces/libpq/fe-secure-common.c', 'pq_verify_peer_name_matches_certificate, with sslmode=verify-full'),
  ],
  check: (database, report) => {
    const { at: { namespace }, services, manifests, operator } = database;
    const [secret, certificate] = [secretFor(database, 'server certificate'), certificateFor(database, 'server certificate')];
    // A CA certificate is another fault (PGTLS-E12); public names and addresses are for clients outside of the cluster, and Services of the app may lead to the pods.
    if (certificate === undefined || certificate.isCa || certificate.ipAddresses.length > 0) { return; }
    const others = manifests.ofKind('', 'Service').filter((service) => service.namespace === namespace).map(({ name }) => name);
    const hosts = namespacesOf(namespace, certificate.dnsNames).flatMap((where) =>
      [...services.map(({ name }) => name), ...others].flatMap((name) => [...serviceHosts(name, where), ...inDomains(name, where, certificate.dnsNames)]));
    const isPublic = certificate.dnsNames.some((name) => publicNameError(name) === undefined && !name.endsWith(`.${namespace ?? ''}`));
    if (isPublic || hosts.some((host) => libpqMatchesHost(host, certificate))) { return; }
    const [first] = services;
    report(secret!.field, `${displayName(certificate.at)} contains none of the Services of ${operator}, such as '${first!.name}': clients with sslmode=verify-full reject the server`,
      `add ${serviceHosts(first!.name, namespace).join(', ')} to dnsNames of the Certificate, and the other Services that clients use`);
  },
  fix: 'add the Services that clients connect to to dnsNames of the Certificate',
};

/** The namespace of the database; without one, as `helm template` prints it, each one that the certificate has names in. */
function namespacesOf(namespace: string | undefined, dnsNames: ReadonlyArray<string>): (string | undefined)[] {
  return namespace === undefined ? [undefined, ...new Set(dnsNames.flatMap((name) => name.split('.')[1] ?? []))] : [namespace];
}

/** The names of a Service in the cluster domains that the certificate has. */
function inDomains(service: string, namespace: string | undefined, dnsNames: ReadonlyArray<string>): string[] {
  return dnsNames.flatMap((name) => {
    const [, domain] = /\.svc(\..+)$/.exec(name) ?? [];
    return domain === undefined || namespace === undefined ? [] : [`${service}.${namespace}.svc${domain}`];
  });
}
