import { serviceHosts } from './names';
import type { ServerNamesPlan } from './server-names';
import { CertificateProps, KeyUsage } from '../../cert-manager';
import { CertificateAlias } from '../ssl-mode';
import type { PostgresCertificateOptions } from '../tls';

/** One certificate of a database, all but its issuer. */
export interface CertificatePlan extends Omit<CertificateProps, 'issuer' | 'metadata'> {
  readonly alias: CertificateAlias;
  readonly name: string;
  readonly secretName: string;
}

/** What of a database decides its certificates. */
export interface CertificatesInput {
  readonly name: string;
  readonly namespace: string;
  readonly clusterDomain: string;
  readonly options: ReadonlyArray<PostgresCertificateOptions>;
  readonly serverNames: ServerNamesPlan;
  /** Whether the superuser logs in with a certificate. */
  readonly superuser: boolean;
  /** Whether the exporter logs in, and serves metrics, with a certificate. */
  readonly exporter: boolean;
}

/** The role that the exporter logs in as, with its certificate. */
export const EXPORTER_ROLE = 'postgres_exporter';

/** The role that the client certificate logs in as. */
export const SUPERUSER = 'postgres';

/** The certificates of a database with TLS, one an alias: the server's, and those that somebody uses. */
export function certificatePlans(input: CertificatesInput): CertificatePlan[] {
  return issuedAliases(input).map((alias) => {
    const { alias: _, issuer: __, ...options } = input.options.find((option) => option.alias === alias) ?? { alias };
    const name = `${input.name}-${alias}-cert`;
    return { secretName: name, ...options, alias, name, ...identity(alias, input, options) };
  });
}

function issuedAliases({ superuser, exporter }: CertificatesInput): CertificateAlias[] {
  return [CertificateAlias.SERVER, ...(superuser ? [CertificateAlias.CLIENT] : []), ...(exporter ? [CertificateAlias.METRICS_EXPORTER] : [])];
}

function identity(alias: CertificateAlias, input: CertificatesInput, extra: Omit<PostgresCertificateOptions, 'alias'>) {
  if (alias === CertificateAlias.SERVER) {
    const { commonName, dnsNames, ipAddresses } = input.serverNames;
    return {
      commonName,
      dnsNames,
      ipAddresses,
      usages: [KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_ENCIPHERMENT, KeyUsage.SERVER_AUTH],
    };
  }
  const serves = alias === CertificateAlias.METRICS_EXPORTER;
  return {
    // PostgreSQL's cert authentication compares the common name with the role, never a subject alternative name.
    commonName: alias === CertificateAlias.CLIENT ? SUPERUSER : EXPORTER_ROLE,
    usages: [KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_ENCIPHERMENT, KeyUsage.CLIENT_AUTH, ...(serves ? [KeyUsage.SERVER_AUTH] : [])],
    ...(serves ? { dnsNames: [...serviceHosts(`${input.name}-stats`, input.namespace, input.clusterDomain), ...(extra.dnsNames ?? [])] } : {}),
  };
}
