import { ACCESS_RULES } from './access-rules';
import { caCrtMissing } from './ca-crt-missing';
import { clientHostNotInTrustedCertificate } from './client-host-not-in-trusted-certificate';
import { commonNameNotRole } from './common-name-not-role';
import { ed25519WithoutChannelBinding } from './ed25519-without-channel-binding';
import { extendedKeyUsageMissing } from './extended-key-usage-missing';
import { hbaRejectsClient } from './hba-rejects-client';
import { hostNotInServerCertificate } from './host-not-in-server-certificate';
import { PROCESS_RULES } from './process-rules';
import { selfSignedPeersWithoutCommonCa } from './self-signed-peers-without-common-ca';
import { podsOf } from '../../workloads';
import { ruleTable } from '../engine/rule-table';

/** Rules for pods that run PostgreSQL or connect to it, of this package and others. */
export const SERVER_RULES = ruleTable(podsOf, [
  hostNotInServerCertificate,
  clientHostNotInTrustedCertificate,
  commonNameNotRole,
  hbaRejectsClient,
  ed25519WithoutChannelBinding,
  caCrtMissing,
  selfSignedPeersWithoutCommonCa,
  extendedKeyUsageMissing,
  ...ACCESS_RULES,
  ...PROCESS_RULES,
]);
