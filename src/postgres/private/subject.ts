import type { PostgresPlan } from './plan';
import type { IIssuer } from '../../cert-manager/issuer-ref';
import type { PostgresProps } from '../postgres-props';

/** A database as it was asked for and as it was understood. */
export interface PostgresSubject {
  readonly props: PostgresProps;
  readonly plan: PostgresPlan;
}

/** Who signs the certificate of an alias. */
export function issuerOf(props: PostgresProps, alias: string): IIssuer | undefined {
  return props.tls?.certificates?.find((certificate) => certificate.alias === alias)?.issuer ?? props.tls?.issuer;
}
