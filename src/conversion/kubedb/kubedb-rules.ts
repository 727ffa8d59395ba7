import type { KubeDbContext } from './kubedb-context';
import type { FieldRule, FieldRules } from '../field-rule';

/** A field of KubeDB's resource, and how it is taken over. */
export type KubeDbRule = FieldRule<KubeDbContext>;

/** Rules by field. */
export type KubeDbRules = FieldRules<KubeDbContext>;
