import { kubeDbIssuerUnsuitable } from './kubedb-issuer-unsuitable';
import { kubeDbTlsContradiction } from './kubedb-tls-contradiction';
import { KNOWN_CLIENT_RULES, KNOWN_RULES } from './known-rules';
import { operatorCaKeyMissing } from './operator-ca-key-missing';
import { operatorCertificateFieldsIncomplete } from './operator-certificate-fields-incomplete';
import { operatorCertificateOfOtherCa } from './operator-certificate-of-other-ca';
import { operatorHbaLocksOutOperator } from './operator-hba-locks-out-operator';
import { operatorParameterFixed } from './operator-parameter-fixed';
import { operatorReadsCaKey } from './operator-reads-ca-key';
import { operatorReplicationCommonName } from './operator-replication-common-name';
import { operatorReplicationSecretMissing } from './operator-replication-secret-missing';
import { operatorSecretNotReloaded } from './operator-secret-not-reloaded';
import { operatorServiceNotInCertificate } from './operator-service-not-in-certificate';
import { operatorClientsOf, operatorDatabasesOf } from '../../workloads';
import { applied, ruleTable } from '../engine/rule-table';

/** Rules for objects of operators, and the Certificates that they refer to. */
export const OPERATOR_RULES = ruleTable(operatorDatabasesOf, [
  operatorReplicationCommonName,
  operatorCertificateFieldsIncomplete,
  operatorReplicationSecretMissing,
  operatorCaKeyMissing,
  operatorSecretNotReloaded,
  operatorReadsCaKey,
  operatorCertificateOfOtherCa,
  operatorServiceNotInCertificate,
  operatorParameterFixed,
  operatorHbaLocksOutOperator,
  kubeDbIssuerUnsuitable,
  kubeDbTlsContradiction,
]);

/** Rules of other tables, applied to databases of operators and to their clients. */
export const RULES_APPLIED_TO_OPERATORS = [applied(ruleTable(operatorDatabasesOf, KNOWN_RULES)), applied(ruleTable(operatorClientsOf, KNOWN_CLIENT_RULES))];
