import type { DatabaseContext } from '../plan/database-context';
import { entryPath } from '../../data';
import { annotationKeyError, labelKeyError, labelValueError } from '../../formats';
import { Consequence, kubernetesPage, type Rule } from '../../rules';

export const labelOrAnnotationInvalid: Rule<DatabaseContext> = {
  id: 'label-or-annotation-invalid',
  code: 'PGTLS-P87',
  title: 'invalid label or annotation',
  consequence: Consequence.REJECTED_ON_APPLY,
  sources: [
    kubernetesPage('concepts/overview/working-with-objects/labels/', 'Labels and Selectors'),
    kubernetesPage('concepts/overview/working-with-objects/annotations/', 'Annotations'),
  ],
  check: ({ plan: { given, metadata } }, report) => {
    for (const [property, labels = {}] of [['metadata.labels', metadata.labels] as const, ...given.labels]) {
      for (const [key, value] of Object.entries(labels)) {
        const fault = labelKeyError(key);
        const unfit = labelValueError(value);
        if (fault !== undefined) { report(fieldOf(property, key), `${property}: key '${key}' ${fault}`); }
        if (unfit !== undefined) { report(fieldOf(property, key), `${property}: value '${value}' of '${key}' ${unfit}`); }
      }
    }
    for (const [property, annotations = {}] of [['metadata.annotations', metadata.annotations] as const, ...given.annotations]) {
      for (const key of Object.keys(annotations)) {
        const fault = annotationKeyError(key);
        if (fault !== undefined) { report(fieldOf(property, key), `${property}: key '${key}' ${fault}`); }
      }
    }
  },
  fix: 'use keys and values of at most 63 letters, digits and inner hyphens, underscores and dots; a key may have a prefix: a DNS subdomain and a slash',
};

/** Peers of the network are lists: the labels are arguments of an item, not entries of the property. */
function fieldOf(property: string, key: string): string {
  return property.startsWith('network.') ? property : entryPath(property, key);
}
