import { isGiven, mapping, Mapping, mappings, text, texts } from '../data';

/** Labels that controllers put on pods beside those of their template: whether a selector for them meets is not known here. */
const CONTROLLER_LABELS = /^(pod-template-hash|controller-revision-hash|job-name|statefulset\.kubernetes\.io\/|apps\.kubernetes\.io\/|batch\.kubernetes\.io\/)/;

const NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

/** Why the API refuses a label selector, one line a fault. Source: apimachinery, ValidateLabelSelector. */
export function labelSelectorFaults(selector: unknown): string[] {
  const { matchLabels, matchExpressions } = mapping(selector);
  return [
    ...Object.entries(mapping(matchLabels)).flatMap(([key, value]) => [
      ...labelKeyFaults(key),
      ...(text(value) === '' || NAME.test(text(value)) ? [] : [`has the label value '${text(value)}', which no object can have`]),
    ]),
    ...mappings(matchExpressions).flatMap(({ key, operator, values }) => [...labelKeyFaults(text(key)), ...operatorFaults(text(operator), texts(values).length)]),
  ];
}

/** Why a text is no key of a label or annotation: a name of at most 63 characters, with the subdomain of its owner in front or not. */
export function labelKeyFaults(key: string): string[] {
  const [name, prefix, ...rest] = key.split('/').reverse();
  const owner = prefix === undefined || (prefix.length <= 253 && prefix.split('.').every((label) => /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(label)));
  return NAME.test(name!) && owner && rest.length === 0 ? [] : [`has the key '${key}', which no label can have`];
}

function operatorFaults(operator: string, count: number): string[] {
  if (operator === 'In' || operator === 'NotIn') { return count === 0 ? [`compares with ${operator} and no values`] : []; }
  if (operator === 'Exists' || operator === 'DoesNotExist') { return count > 0 ? [`gives values to ${operator}, which takes none`] : []; }
  return [`has the operator '${operator}', which does not exist`];
}

/**
 * Whether a label selector meets labels; an empty one meets all.
 *
 * @param isOpen whether a key that differs or is missing may still be there in the cluster
 */
export function meets(selector: unknown, labels: Mapping, isOpen: (key: string) => boolean = (key) => CONTROLLER_LABELS.test(key)): 'yes' | 'no' | 'unknown' {
  const { matchLabels, matchExpressions } = mapping(selector);
  const answers = [
    ...Object.entries(mapping(matchLabels)).map(([key, value]) => [key, text(labels[key]) === text(value)] as const),
    ...mappings(matchExpressions).map(({ key, operator, values }) => [text(key), meetsExpression(labels[text(key)], text(operator), texts(values))] as const),
  ];
  const missed = answers.filter(([, isMet]) => !isMet);
  if (missed.length === 0) { return 'yes'; }
  return missed.every(([key]) => key !== 'kubernetes.io/metadata.name' && isOpen(key)) ? 'unknown' : 'no';
}

function meetsExpression(label: unknown, operator: string, values: ReadonlyArray<string>): boolean {
  switch (operator) {
    case 'In': return isGiven(label) && values.includes(text(label));
    case 'NotIn': return !isGiven(label) || !values.includes(text(label));
    case 'Exists': return isGiven(label);
    default: return !isGiven(label);
  }
}
