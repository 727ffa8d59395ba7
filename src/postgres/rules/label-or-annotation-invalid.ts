import type { DatabaseContext } from '../plan/database-context';
import { annotationKeyError, labelKeyError, labelValueError } from '../../formats';
import { Consequence, Rule, when } from '../../rules';

export const labelOrAnnotationInvalid: Rule<DatabaseContext> = {
  id: 'label-or-annotation-invalid',
  code: 'PGTLS-P87',
  title: 'invalid label or annotation',
  consequence: Consequence.REJECTED_ON_APPLY,
  source: 'Kubernetes, Labels and Selectors; Annotations',
  check: ({ plan: { given, metadata } }) => [
    ...[['metadata.labels', metadata.labels] as const, ...given.labels].flatMap(([property, labels]) => labelFaults(property, labels)),
    ...[['metadata.annotations', metadata.annotations] as const, ...given.annotations].flatMap(([property, annotations]) => annotationFaults(property, annotations)),
  ],
  fix: 'use keys and values of at most 63 letters, digits and inner hyphens, underscores and dots; a key may have a prefix: a DNS subdomain and a slash',
};

function labelFaults(where: string, labels: { readonly [name: string]: string } | undefined): string[] {
  return Object.entries(labels ?? {}).flatMap(([key, value]) => {
    const fault = labelKeyError(key);
    const unfit = labelValueError(value);
    return [...when(fault !== undefined, () => `${where}: key '${key}' ${fault}`), ...when(unfit !== undefined, () => `${where}: value '${value}' of '${key}' ${unfit}`)];
  });
}

function annotationFaults(where: string, annotations: { readonly [name: string]: string } | undefined): string[] {
  return Object.keys(annotations ?? {}).flatMap((key) => {
    const fault = annotationKeyError(key);
    return when(fault !== undefined, () => `${where}: key '${key}' ${fault}`);
  });
}
