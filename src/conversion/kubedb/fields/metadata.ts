import type { KubeDbRules } from '../kubedb-rules';
import { became, changed, LABELS, NAME, refused, same, TEXT, TEXTS } from '../../field-rule';
import { mapping } from '../../../data';
import { literal } from '../../expression';

/** Labels that this package writes, and that KubeDB's operator writes as well. */
const RESERVED = ['app.kubernetes.io/name', 'app.kubernetes.io/instance', 'app.kubernetes.io/component'];

/** Name, labels and annotations of the object. */
export const METADATA_FIELDS: KubeDbRules = {
  'metadata.name': {
    is: NAME, take: () => same("property 'metadata.name': the Service that clients connect to keeps its name"),
    absent: () => refused('is missing', 'set the name of the database'),
  },
  'metadata.namespace': { is: TEXT, take: () => same('namespace of the chart') },
  'metadata.labels': {
    is: LABELS,
    take: (value) => {
      const reserved = Object.keys(mapping(value)).filter((label) => RESERVED.includes(label));
      const labels = Object.fromEntries(Object.entries(mapping(value)).filter(([label]) => !reserved.includes(label)));
      const props = Object.keys(labels).length === 0 ? [] : [['metadata.labels', literal(labels)]] as const;
      return reserved.length === 0 ? { ...became('metadata.labels', ''), props } : changed(`without ${reserved.join(', ')}, which have the values of this package`, props);
    },
  },
  'metadata.annotations': { is: LABELS, take: (value) => became('metadata.annotations', literal(value)) },
  'metadata.finalizers': { is: TEXTS, take: () => changed("left out: they are the operator's") },
};
