import { accessRows } from './access-rows';
import { SuperuserAccess } from './superuser-access';
import { ACCESS_RULES } from './validation';
import { CertificateAlias } from '../../plan/certificate-alias';
import { certificatePlan } from '../../plan/certificates';
import type { Contribution } from '../../plan/contribution';
import type { Feature } from '../../plan/feature';
import type { DatabaseBasics } from '../../plan/database-basics';
import { PARAMETER_RANK, RANK } from '../../plan/rank';
import { SUPERUSER } from '../../plan/roles';
import { secretSource } from '../../plan/volumes';
import type { PostgresProps } from '../../postgres-props';
import { ClientAuthMode } from '../../ssl-mode';
import { KeyUsage } from '../../../cert-manager';

const PASSWORDS = '/etc/postgresql-auth';

/** Which clients can connect: `sslMode`, `clientAuthMode`, `clientCertificate`, `accessRules`, `userMappings` and `superuserAccess`. */
export const access: Feature = {
  name: 'access',
  resolve: (props, basics) => {
    const { sslMode, clientAuthMode } = basics;
    const superuser = props.superuserAccess ?? SuperuserAccess.local();
    return {
      hbaRows: accessRows({ sslMode, clientAuthMode, superuser, clientCertificate: props.clientCertificate, rules: (props.accessRules ?? []).map((rule) => rule._row) }),
      identRows: (props.userMappings ?? []).map((row) => ({ row, rank: RANK.LAST })),
      parameters: [{ parameter: ['password_encryption', clientAuthMode === ClientAuthMode.MD5 ? 'md5' : 'scram-sha-256'], rank: PARAMETER_RANK.PASSWORDS }],
      reservedParameters: { password_encryption: 'clientAuthMode sets it' },
      ...(superuser.by === 'certificate' ? withCertificate(props, basics) : { absent: { certificates: { [CertificateAlias.CLIENT]: 'superuserAccess is not by certificate' } } }),
      ...(superuser.by === 'password' ? withPassword(superuser.secretName ?? `${basics.name}-auth`) : {}),
    };
  },
  rules: () => ACCESS_RULES,
};

function withCertificate(props: PostgresProps, basics: DatabaseBasics): Contribution {
  // PostgreSQL's cert authentication compares the common name with the role, never a subject alternative name.
  const identity = { commonName: SUPERUSER, usages: [KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_ENCIPHERMENT, KeyUsage.CLIENT_AUTH] };
  return { certificates: basics.tls ? [certificatePlan(basics, props, { alias: CertificateAlias.CLIENT, rank: RANK.SECOND, identity })] : [] };
}

function withPassword(secretName: string): Contribution {
  return {
    superuserSecretName: secretName,
    volumes: [{ name: 'auth', mountPath: PASSWORDS, readOnly: true, users: ['reloader'], rank: RANK.LATER, source: secretSource(secretName, [{ key: 'password', path: 'password' }]) }],
    variables: [{ container: 'reloader', variable: { name: 'PASSWORD_FILE', value: `${PASSWORDS}/password` } }],
  };
}
