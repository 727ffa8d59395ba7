import { accessRuleAcceptsPlaintextPassword } from './rules/access-rule-accepts-plaintext-password';
import { accessRuleAllowsPlaintext } from './rules/access-rule-allows-plaintext';
import { accessRuleForSuperuser } from './rules/access-rule-for-superuser';
import { accessRuleInvalid } from './rules/access-rule-invalid';
import { accessRuleShadowed } from './rules/access-rule-shadowed';
import { certAuthWithoutTls } from './rules/cert-auth-without-tls';
import { clientCertificateWithoutTls } from './rules/client-certificate-without-tls';
import { hostsslWithoutTls } from './rules/hostssl-without-tls';
import { md5Deprecated } from './rules/md5-deprecated';
import { sslModeWithoutTls } from './rules/ssl-mode-without-tls';
import { superuserAccessInvalid } from './rules/superuser-access-invalid';
import { tlsWithSslModeDisable } from './rules/tls-with-ssl-mode-disable';
import { userMapInvalid } from './rules/user-map-invalid';
import type { DatabaseContext } from '../../plan/database-context';
import type { Rule } from '../../../rules';

/** Rules for access. The rows are those of pg_hba.conf, in the order of the file. */
export const ACCESS_RULES: ReadonlyArray<Rule<DatabaseContext>> = [
  sslModeWithoutTls,
  tlsWithSslModeDisable,
  certAuthWithoutTls,
  accessRuleForSuperuser,
  superuserAccessInvalid,
  accessRuleAllowsPlaintext,
  clientCertificateWithoutTls,
  hostsslWithoutTls,
  accessRuleShadowed,
  accessRuleInvalid,
  userMapInvalid,
  md5Deprecated,
  accessRuleAcceptsPlaintextPassword,
];
