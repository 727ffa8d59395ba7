import { ACCESS_RULES } from './access-rules';
import { caCrtMissing } from './ca-crt-missing';
import { clientCaNotTrusted } from './client-ca-not-trusted';
import { clientHostNotInTrustedCertificate } from './client-host-not-in-trusted-certificate';
import { clientKeyUnusable } from './client-key-unusable';
import { clientSslmodeInvalid } from './client-sslmode-invalid';
import { clientWithoutCertificate } from './client-without-certificate';
import { commonNameNotRole } from './common-name-not-role';
import { databaseNotCreated } from './database-not-created';
import { ed25519WithoutChannelBinding } from './ed25519-without-channel-binding';
import { extendedKeyUsageMissing } from './extended-key-usage-missing';
import { hbaRejectsClient } from './hba-rejects-client';
import { hostNotInServerCertificate } from './host-not-in-server-certificate';
import { PROCESS_RULES } from './process-rules';
import { selfSignedPeersWithoutCommonCa } from './self-signed-peers-without-common-ca';
import { serverCaNotTrusted } from './server-ca-not-trusted';
import { serverWithoutTls } from './server-without-tls';
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
  clientSslmodeInvalid,
  serverWithoutTls,
  clientKeyUnusable,
  serverCaNotTrusted,
  clientCaNotTrusted,
  clientWithoutCertificate,
  databaseNotCreated,
  ...ACCESS_RULES,
  ...PROCESS_RULES,
]);
