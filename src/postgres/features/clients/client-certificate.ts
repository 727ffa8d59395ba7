import { createHash } from 'node:crypto';
import type { ClientOptions } from './client-options';
import type { Declaration } from '../../declarations';
import { certificatePlan, type CertificatePlan } from '../../plan/certificates';
import type { DatabaseBasics } from '../../plan/database-basics';
import { RANK } from '../../plan/rank';
import type { PostgresProps } from '../../postgres-props';
import { KeyUsage } from '../../../cert-manager';

/** The longest part of a name that a client gives. */
const LONGEST = 40;

/** The alias of the certificate of a client: `client` and its name as a DNS label, with a hash where that had to be changed. */
export function clientCertificateAlias(client: string): string {
  const label = client.toLowerCase().replace(/[^a-z0-9]+/g, '-').slice(0, LONGEST).replace(/^-|-$/g, '');
  if (label === client) { return `client-${label}`; }
  const hash = createHash('sha256').update(client).digest('hex').slice(0, 8);
  return ['client', label, hash].filter((part) => part !== '').join('-');
}

/** The certificate of a client; its common name is the role. */
export function clientCertificatePlan(basics: DatabaseBasics, props: PostgresProps, { name, options: { certificate = {} } }: Declaration<ClientOptions>): CertificatePlan {
  const { secretName, ...options } = certificate;
  const plan = certificatePlan(basics, props, {
    alias: clientCertificateAlias(name),
    rank: RANK.LAST,
    // PostgreSQL's cert authentication compares the common name with the role, never a subject alternative name.
    identity: { ...options, commonName: name, usages: [KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_ENCIPHERMENT, KeyUsage.CLIENT_AUTH] },
  });
  return { ...plan, secretName: secretName ?? plan.secretName };
}
