import { ClientCa } from './client-ca';
import type { PostgresTls } from './tls';
import { CertificateAlias } from '../../plan/certificate-alias';
import { CertificatePlan, sharedClientIssuer } from '../../plan/certificates';
import type { ClientCaPlan } from '../../plan/client-ca-plan';
import { clientCaName } from '../../plan/names';
import { KeyUsage } from '../../../cert-manager';
import { isSameIssuer } from '../../../pki';

/** The CA of a database; an issuer that is given for `tls.certificates.client` is one that is shared. */
export function resolveClientCa(database: string, tls: PostgresTls, certificates: ReadonlyArray<CertificatePlan>): ClientCaPlan {
  const shared = sharedClientIssuer(tls);
  const ca = tls.clientCa ?? (shared ? ClientCa.shared(shared) : ClientCa.dedicated());
  const name = clientCaName(database);
  const carrier = `${name}-trust`;
  const plan: ClientCaPlan = {
    name,
    sharedIssuer: shared,
    isCluster: ca.scope === 'cluster',
    options: { ...ca.options, commonName: ca.options.commonName ?? `${database} client CA` },
    carrier: ca.scope !== 'cluster' ? undefined : {
      name: carrier,
      secretName: carrier,
      // With the usage of a server, so that it cannot log in; only its ca.crt is used.
      spec: { commonName: carrier, usages: [KeyUsage.DIGITAL_SIGNATURE, KeyUsage.SERVER_AUTH], dnsNames: [carrier] },
    },
  };
  return { ...plan, secretName: clientCaSecret(plan, certificates) };
}

/** The Secret in the namespace whose `ca.crt` is the certificate of the CA; only that key is mounted. */
function clientCaSecret({ sharedIssuer, name, carrier }: ClientCaPlan, certificates: ReadonlyArray<CertificatePlan>): string | undefined {
  if (sharedIssuer === undefined) { return carrier?.secretName ?? `${name}-key-pair`; }
  const server = certificates.find(({ alias }) => alias === CertificateAlias.SERVER);
  const login = certificates.find(({ alias, issuer }) => alias !== CertificateAlias.SERVER && issuer !== undefined && isSameIssuer(issuer, sharedIssuer));
  return (login ?? (server?.issuer && isSameIssuer(server.issuer, sharedIssuer) ? server : undefined))?.secretName;
}
