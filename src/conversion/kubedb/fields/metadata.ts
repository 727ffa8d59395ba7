import { became, changed, FieldRules, LABELS, TEXT, TEXTS, same } from '../field-rule';
import { literal } from '../../expression';

/** Name, labels and annotations of the object. */
export const METADATA_FIELDS: FieldRules = {
  'metadata.name': { is: TEXT, take: () => same("property 'metadata.name': the Service that clients connect to keeps its name") },
  'metadata.namespace': { is: TEXT, take: () => same('namespace of the chart') },
  'metadata.labels': { is: LABELS, take: (value) => became('metadata.labels', literal(value)) },
  'metadata.annotations': { is: LABELS, take: (value) => became('metadata.annotations', literal(value)) },
  'metadata.finalizers': { is: TEXTS, take: () => changed("left out: they are the operator's") },
};
