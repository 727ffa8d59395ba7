import type { KubeDbRules } from '../kubedb-rules';
import { became, changed, FLAG, NAME, oneOf, Refused, refused, same, Taken, TEXT, unsupported } from '../../field-rule';
import type { KubeDbContext } from '../kubedb-context';
import { text } from '../../../data';
import { call, Constant } from '../../expression';

const AUTH_MODES = { md5: 'MD5', scram: 'SCRAM', cert: 'CERT' } as const;
const SSL_MODES: Readonly<Record<string, string>> = { 'disable': 'DISABLE', 'allow': 'ALLOW', 'prefer': 'PREFER', 'require': 'REQUIRE', 'verify-ca': 'VERIFY_CA', 'verify-full': 'VERIFY_FULL' };

/** Who logs in, and how. */
export const ACCESS_FIELDS: KubeDbRules = {
  'spec.clientAuthMode': {
    is: oneOf('md5', 'scram', 'cert'),
    take: (value, { hasTls }) => (value === 'cert' && !hasTls ? refused("is 'cert' without spec.tls", 'set spec.tls, or use scram, as KubeDB requires')
      : became('clientAuthMode', authMode(String(value)))),
    absent: ({ clientAuthMode }) => ({
      ...became('clientAuthMode', authMode(clientAuthMode)), note: `property 'clientAuthMode': KubeDB's default for this version is ${clientAuthMode}`,
    }),
  },
  'spec.sslMode': {
    is: oneOf(...Object.keys(SSL_MODES)),
    take: (value, { hasTls }) => {
      const mode = String(value);
      if (mode === 'disable' && hasTls) { return refused("is 'disable' with spec.tls", 'remove one of them, as KubeDB requires'); }
      if (mode !== 'disable' && !hasTls) { return refused(`is '${mode}' without spec.tls`, 'set spec.tls, or use disable, as KubeDB requires'); }
      return mode === 'allow' || mode === 'prefer'
        ? changed(`property 'sslMode' is REQUIRE: with spec.tls KubeDB's server refuses plaintext in every mode, and here '${mode}' would accept it`, [['sslMode', new Constant('SslMode.REQUIRE')]])
        : became('sslMode', new Constant(`SslMode.${SSL_MODES[mode]!}`));
    },
  },
  'spec.authSecret.name': {
    is: NAME,
    take: (value, context) => (context.usesCertificates ? certificateNote(context)
      : changed("property 'superuserAccess': the Secret must exist, with the key 'password'; KubeDB's stays when its database is deleted, except by WipeOut",
        [['superuserAccess', call('SuperuserAccess.password', context.secret(String(value)))]])),
    absent: superuser,
  },
  'spec.authSecret.kind': {
    is: TEXT, take: (value) => (value === 'Secret' ? same('a Secret') : unsupported(`a ${String(value)} of another secret store: write a Secret, for example with External Secrets`)),
  },
  'spec.authSecret.apiGroup': { is: TEXT, take: (value) => (value === '' ? same('a Secret') : unsupported('another secret store: write a Secret, for example with External Secrets', 'spec.authSecret.kind')) },
  'spec.authSecret.secretStoreName': { is: TEXT, take: () => unsupported('another secret store: write a Secret, for example with External Secrets', 'spec.authSecret.kind') },
  'spec.authSecret.rotateAfter': { is: TEXT, take: () => unsupported('passwords are not rotated on a schedule; a change of the Secret changes the password') },
  'spec.authSecret.activeFrom': { is: TEXT, take: () => changed('left out: the operator writes it') },
  'spec.authSecret.externallyManaged': {
    is: FLAG, take: (value) => (value === true ? same('the Secret is yours') : changed("the Secret is yours from now on: KubeDB's stays when its database is deleted, except by WipeOut")),
  },
};

function authMode(mode: string): Constant {
  return new Constant(`ClientAuthMode.${AUTH_MODES[mode as keyof typeof AUTH_MODES]}`);
}

/** KubeDB's superuser logs in from every address, and replicates. */
function superuser(context: KubeDbContext): Taken | Refused {
  if (text(context.spec['clientAuthMode']) === 'cert' && !context.hasTls) { return same('of spec.clientAuthMode'); }
  if (context.usesCertificates) { return certificateNote(context); }
  return changed(`property 'superuserAccess': 'postgres' logs in with the password in the Secret ${context.name}-auth, which must exist; over the network it may not replicate`,
    [['superuserAccess', call('SuperuserAccess.password')]]);
}

function certificateNote({ name }: KubeDbContext): Taken {
  return changed(`property 'superuserAccess': 'postgres' logs in with the certificate in the Secret ${name}-client-cert; the password has no use, and over the network it may not replicate`,
    [['superuserAccess', call('SuperuserAccess.certificate')]]);
}
