import { CLOUD_NATIVE_PG_RULES } from './validation';
import { CertificateAlias } from '../../plan/certificate-alias';
import { certificatePlan } from '../../plan/certificates';
import type { Feature } from '../../plan/feature';
import { RANK } from '../../plan/rank';
import { KeyUsage } from '../../../cert-manager';

/** The role of the operator's replicas, which is the common name that they must show. Source: CloudNativePG pkg/postgres/configuration.go, hbaTemplateString. */
const REPLICATION_ROLE = 'streaming_replica';

/** What a Cluster of CloudNativePG needs of the properties beside what every database has: `highAvailability`. */
export const cloudNativePg: Feature = {
  name: 'cloud-native-pg',
  resolve: (props, basics) => {
    const { availability, tls } = basics;
    if (availability.engine !== 'cloudnativepg') { return {}; }
    const identity = { commonName: REPLICATION_ROLE, usages: [KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_ENCIPHERMENT, KeyUsage.CLIENT_AUTH] };
    return {
      certificates: tls ? [certificatePlan(basics, props, { alias: CertificateAlias.REPLICATION, rank: RANK.SECOND, identity })] : [],
    };
  },
  rules: () => CLOUD_NATIVE_PG_RULES,
};
