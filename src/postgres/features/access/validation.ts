import type { DatabaseContext } from '../../plan/database-context';
import { Rule } from '../../../rules';
import { sslModeWithoutTls } from './rules/ssl-mode-without-tls';
import { tlsWithSslModeDisable } from './rules/tls-with-ssl-mode-disable';
import { certAuthWithoutTls } from './rules/cert-auth-without-tls';
import { accessRuleForSuperuser } from './rules/access-rule-for-superuser';
import { superuserAccessInvalid } from './rules/superuser-access-invalid';
import { accessRuleAllowsPlaintext } from './rules/access-rule-allows-plaintext';
import { clientCertificateWithoutTls } from './rules/client-certificate-without-tls';
import { hostsslWithoutTls } from './rules/hostssl-without-tls';
import { accessRuleShadowed } from './rules/access-rule-shadowed';
import { accessRuleInvalid } from './rules/access-rule-invalid';
import { userMapInvalid } from './rules/user-map-invalid';
import { md5Deprecated } from './rules/md5-deprecated';
import { accessRuleAcceptsPlaintextPassword } from './rules/access-rule-accepts-plaintext-password';

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
