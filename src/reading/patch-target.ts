import { mapping, Mapping, text } from '../data';

/** What an object is known by to a patch. */
export interface PatchedObject {
  readonly content: Mapping;
  /** As written, and as kustomizations below the patch change them. */
  readonly names: ReadonlyArray<string>;
  readonly namespaces: ReadonlyArray<string>;
}

/**
 * Whether the `target` of a patch selects an object; undefined if that is not known here.
 *
 * Its texts are regular expressions for the whole value. Source: Kustomize, api/types/selector.go, api/resmap/selection.go
 */
export function isTargeted({ content, names, namespaces }: PatchedObject, target: Mapping): boolean | undefined {
  const [version = '', group = ''] = text(content['apiVersion']).split('/').reverse();
  const metadata = mapping(content['metadata']);
  return allOf([
    () => matches(text(target['kind']), [text(content['kind'])]),
    () => matches(text(target['name']), names),
    () => matches(text(target['group']), [group]),
    () => matches(text(target['version']), [version]),
    () => matches(text(target['namespace']), namespaces),
    () => hasLabels(mapping(metadata['labels']), text(target['labelSelector'])),
    () => hasLabels(mapping(metadata['annotations']), text(target['annotationSelector'])),
  ]);
}

/** Whether a strategic merge patch without a target is about an object: the one of its own kind and name. */
export function isNamed({ content, names, namespaces }: PatchedObject, patch: Mapping): boolean {
  const { name, namespace } = mapping(patch['metadata']);
  return patch['kind'] === content['kind'] && names.includes(text(name)) && groupOf(patch) === groupOf(content)
    && (text(namespace) === '' || namespaces.includes('') || namespaces.includes(text(namespace)));
}

function groupOf(content: Mapping): string {
  return text(content['apiVersion']).split('/').reverse()[1] ?? '';
}

/** False if one answer is; not known if one is not known. */
function allOf(answers: ReadonlyArray<() => boolean | undefined>): boolean | undefined {
  let all: boolean | undefined = true;
  for (const answer of answers) {
    const one = answer();
    if (one === false) { return false; }
    all = one === undefined ? undefined : all;
  }
  return all;
}

function matches(pattern: string, values: ReadonlyArray<string>): boolean | undefined {
  if (pattern === '' || values.includes(pattern)) { return true; }
  if (!/[^\w-]/.test(pattern)) { return false; }
  const expression = expressionOf(pattern);
  return expression && values.some((value) => expression.test(value));
}

/** The regular expression; undefined if it is none here, or may take exponential time, as one of Go never does. */
function expressionOf(pattern: string): RegExp | undefined {
  if (pattern.length > 200 || /[*+}?|].*\)[*+{]/.test(pattern) || (pattern.match(/[*+{]/g) ?? []).length > 6) { return undefined; }
  try {
    return new RegExp(`^(?:${pattern})$`);
  } catch { return undefined; }
}

/** A label selector with equality alone; others are not known. */
function hasLabels(labels: Mapping, selector: string): boolean | undefined {
  if (selector.trim() === '') { return true; }
  return allOf(selector.split(',').map((requirement) => () => {
    const [, key, operator, value] = /^\s*([\w./-]+)\s*(==?|!=)\s*([\w.-]*)\s*$/.exec(requirement) ?? [];
    if (key === undefined) { return undefined; }
    return (Object.hasOwn(labels, key) && text(labels[key]) === value) === (operator !== '!=');
  }));
}
