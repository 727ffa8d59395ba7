import type { DatabaseBasics } from './database-basics';
import type { Ranked } from './rank';
import { CertificateAlias } from './certificate-alias';
import type { PostgresProps } from '../postgres-props';
import type { CertificateProps, IIssuer } from '../../cert-manager';

/** One certificate of a database. */
export interface CertificatePlan extends Ranked {
  /** What it is for: the id of its construct is the alias followed by `-cert`. */
  readonly alias: string;
  readonly name: string;
  readonly secretName: string;
  /** The issuer; undefined for a CA of the database: that of its clients, or `ownCa`. */
  readonly issuer?: IIssuer;
  /** Id of the CA that signs it, which has no issuer yet. */
  readonly ownCa?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly spec: Omit<CertificateProps, 'issuer' | 'metadata' | 'secretName'>;
}

/** What a feature needs of a certificate. `certificatePlan` adds the options that the user gives for its alias. */
export interface CertificateNeed extends Ranked {
  readonly alias: string;
  readonly annotations?: Readonly<Record<string, string>>;
  /** Names and usages. DNS names of the user's are added to these. */
  readonly identity: CertificatePlan['spec'];
}

/** A certificate with the options that the user gives for its alias; only with TLS. */
export function certificatePlan(basics: DatabaseBasics, { tls }: PostgresProps, { alias, rank, annotations, identity }: CertificateNeed): CertificatePlan {
  const { issuer, secretName = certificateName(basics, alias), ...options } = optionsOf(tls, alias) ?? {};
  return {
    alias,
    rank,
    annotations,
    name: certificateName(basics, alias),
    secretName,
    issuer: issuer ?? (alias === CertificateAlias.SERVER ? tls?.issuer : sharedClientIssuer(tls)),
    spec: { ...options, ...identity, ...(identity.dnsNames ? { dnsNames: [...new Set([...identity.dnsNames, ...(options.dnsNames ?? [])])] } : {}) },
  };
}

/** Name of the Secret of a certificate. */
export function certificateSecretName(basics: DatabaseBasics, { tls }: PostgresProps, alias: string): string {
  return optionsOf(tls, alias)?.secretName ?? certificateName(basics, alias);
}

/** The shared issuer of the client certificates; undefined if the database has its own client CA. */
export function sharedClientIssuer(tls: PostgresProps['tls']): IIssuer | undefined {
  return tls?.clientCa ? tls.clientCa.issuer : optionsOf(tls, CertificateAlias.CLIENT)?.issuer;
}

/** The certificate of an alias, for a plan with TLS. */
export function certificateOf({ certificates }: { readonly certificates: ReadonlyArray<CertificatePlan> }, alias: string): CertificatePlan | undefined {
  return certificates.find((certificate) => certificate.alias === alias);
}

function certificateName({ name }: DatabaseBasics, alias: string): string {
  return `${name}-${alias}-cert`;
}

type CertificateOptions = NonNullable<NonNullable<PostgresProps['tls']>['certificates']>;

/** Properties of `tls.certificates`, by alias. */
const PROPERTIES: Readonly<Record<string, keyof CertificateOptions>> = {
  [CertificateAlias.SERVER]: 'server', [CertificateAlias.CLIENT]: 'client', [CertificateAlias.METRICS_EXPORTER]: 'metricsExporter',
};

/** The options that the user gives for an alias; none for a certificate without a property. */
export function optionsOf(tls: PostgresProps['tls'], alias: string): CertificateOptions[keyof CertificateOptions] {
  const property = PROPERTIES[alias];
  return property && tls?.certificates?.[property];
}

/** The property of the options of an alias. */
export function certificateProperty(alias: string): string {
  return `tls.certificates.${PROPERTIES[alias] ?? alias}`;
}
