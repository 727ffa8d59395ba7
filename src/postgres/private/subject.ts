import type { PostgresPlan } from './plan';
import type { IIssuer } from '../../cert-manager';
import type { PostgresProps } from '../postgres-props';
import { CertificateAlias } from '../ssl-mode';

/** A database as it was asked for and as it was understood. */
export interface PostgresSubject {
  readonly props: PostgresProps;
  readonly plan: PostgresPlan;
}

/** Who signs the certificate of an alias; undefined for what the database's own client CA signs. */
export function issuerOf({ props, plan }: PostgresSubject, alias: string): IIssuer | undefined {
  const named = props.tls?.certificates?.find((certificate) => certificate.alias === alias)?.issuer;
  return named ?? (alias === CertificateAlias.SERVER ? props.tls?.issuer : plan.clientCa?.sharedIssuer);
}
