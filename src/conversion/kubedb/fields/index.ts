import type { KubeDbRules } from '../kubedb-rules';
import { ACCESS_FIELDS } from './access';
import { CONFIGURATION_FIELDS } from './configuration';
import { INITIALIZATION_FIELDS } from './initialization';
import { LIFECYCLE_FIELDS } from './lifecycle';
import { METADATA_FIELDS } from './metadata';
import { MONITORING_FIELDS } from './monitoring';
import { POD_RULES } from './pod';
import { REPLICATION_FIELDS } from './replication';
import { SERVICE_FIELDS } from './services';
import { STORAGE_FIELDS } from './storage';
import { TLS_FIELDS } from './tls';
import { VERSION_FIELDS } from './version';

/** Every field of KubeDB's Postgres, in the order of the report. */
export const KUBEDB_FIELDS: KubeDbRules = {
  ...METADATA_FIELDS, ...VERSION_FIELDS, ...REPLICATION_FIELDS, ...ACCESS_FIELDS, ...TLS_FIELDS, ...STORAGE_FIELDS, ...LIFECYCLE_FIELDS, ...CONFIGURATION_FIELDS,
  ...INITIALIZATION_FIELDS, ...MONITORING_FIELDS, ...POD_RULES, ...SERVICE_FIELDS,
};
