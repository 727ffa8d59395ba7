import { isGiven, mapping, Mapping, mappings, text, texts } from '../data';

/** Labels that controllers add to the pods of a template: the manifests do not show whether a selector for them matches. */
const CONTROLLER_LABELS = /^(pod-template-hash|controller-revision-hash|job-name|statefulset\.kubernetes\.io\/|apps\.kubernetes\.io\/|batch\.kubernetes\.io\/)/;

const NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

/** A fault of a label selector, and the field in the selector that has it. */
export interface LabelSelectorFault {
  /** For example `matchExpressions[0].values`. */
  readonly field: string;
  readonly problem: string;
}

/** Why the API server rejects a label selector. Source: apimachinery, ValidateLabelSelector. */
export function labelSelectorFaults(selector: unknown): LabelSelectorFault[] {
  const { matchLabels, matchExpressions } = mapping(selector);
  return [
    ...Object.entries(mapping(matchLabels)).flatMap(([key, value]) => faults(`matchLabels['${key}']`, [
      labelKeyError(key),
      text(value) === '' || NAME.test(text(value)) ? undefined : `has the invalid label value '${text(value)}'`,
    ])),
    ...mappings(matchExpressions).flatMap(({ key, operator, values }, index) => [
      ...faults(`matchExpressions[${index}].key`, [labelKeyError(text(key))]),
      ...operatorFaults(`matchExpressions[${index}]`, text(operator), texts(values).length),
    ]),
  ];
}

/** Why a text is not a valid label or annotation key: a name of at most 63 characters, optionally with a DNS subdomain as prefix. */
export function labelKeyError(key: string): string | undefined {
  const [name, prefix, ...rest] = key.split('/').reverse();
  const owner = prefix === undefined || (prefix.length <= 253 && prefix.split('.').every((label) => /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(label)));
  return NAME.test(name!) && owner && rest.length === 0 ? undefined : `has the invalid label key '${key}'`;
}

function operatorFaults(field: string, operator: string, count: number): LabelSelectorFault[] {
  if (operator === 'In' || operator === 'NotIn') { return faults(`${field}.values`, [count === 0 ? `uses operator ${operator} without values` : undefined]); }
  if (operator === 'Exists' || operator === 'DoesNotExist') { return faults(`${field}.values`, [count > 0 ? `uses operator ${operator} with values` : undefined]); }
  return [{ field: `${field}.operator`, problem: `has the unknown operator '${operator}'` }];
}

function faults(field: string, problems: ReadonlyArray<string | undefined>): LabelSelectorFault[] {
  return problems.flatMap((problem) => (problem === undefined ? [] : [{ field, problem }]));
}

/**
 * Whether a label selector matches labels; an empty selector matches all.
 *
 * @param isOpen whether a key that differs or is missing may still match in the cluster
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
