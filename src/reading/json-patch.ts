import { Mapping, text } from '../data';

/**
 * A document after the operations of a JSON patch (RFC 6902); undefined if one of them cannot be applied.
 *
 * What is to be removed may be absent. `copy` is not known: repeated copies double a document with every operation.
 */
export function applyJsonPatch(document: unknown, operations: ReadonlyArray<Mapping>): unknown {
  return operations.reduce((current, operation) => (current === undefined ? undefined : applied(current, operation)), document);
}

function applied(document: unknown, { op, path, from, value }: Mapping): unknown {
  const steps = stepsOf(path);
  if (steps === undefined) { return undefined; }
  switch (op) {
    case 'add': return edited(document, steps, (container, step) => added(container, step, value));
    case 'replace': return valueOf(document, steps) === undefined ? undefined : edited(document, steps, (container, step) => replaced(container, step, value));
    case 'remove': return valueOf(document, steps) === undefined ? document : edited(document, steps, removed);
    case 'test': return JSON.stringify(valueOf(document, steps)) === JSON.stringify(value) ? document : undefined;
    case 'move': return moved(document, stepsOf(from), steps);
    default: return undefined;
  }
}

/** The steps of a JSON pointer (RFC 6901); undefined if it is none, or the whole document. */
function stepsOf(pointer: unknown): string[] | undefined {
  if (!text(pointer).startsWith('/')) { return undefined; }
  return text(pointer).slice(1).split('/').map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

type Container = Mapping | readonly unknown[];

function isContainer(value: unknown): value is Container {
  return typeof value === 'object' && value !== null;
}

function isList(container: Container): container is readonly unknown[] {
  return Array.isArray(container);
}

/** The place of a step in a list: one that exists, or at most its end. */
function indexIn(list: readonly unknown[], step: string, limit: number): number | undefined {
  const index = /^(?:0|[1-9]\d{0,8})$/.test(step) ? Number(step) : -1;
  return index >= 0 && index < Math.min(limit, list.length + 1) ? index : undefined;
}

function inner(container: Container, step: string): unknown {
  if (!isList(container)) { return Object.hasOwn(container, step) ? container[step] : undefined; }
  const index = indexIn(container, step, container.length);
  return index === undefined ? undefined : container[index];
}

function valueOf(document: unknown, steps: ReadonlyArray<string>): unknown {
  return steps.reduce<unknown>((value, step) => (isContainer(value) ? inner(value, step) : undefined), document);
}

/** A document in which the container of the last step is changed; undefined if there is none. */
function edited(value: unknown, [step, ...rest]: ReadonlyArray<string>, change: (container: Container, step: string) => unknown): unknown {
  if (step === undefined || !isContainer(value)) { return undefined; }
  if (rest.length === 0) { return change(value, step); }
  const changed = edited(inner(value, step), rest, change);
  return changed === undefined ? undefined : replaced(value, step, changed);
}

function added(container: Container, step: string, value: unknown): unknown {
  if (!isList(container)) { return { ...container, [step]: value }; }
  const index = step === '-' ? container.length : indexIn(container, step, container.length + 1);
  return index === undefined ? undefined : [...container.slice(0, index), value, ...container.slice(index)];
}

function replaced(container: Container, step: string, value: unknown): unknown {
  return isList(container) ? container.map((item, index) => (index === Number(step) ? value : item)) : { ...container, [step]: value };
}

function removed(container: Container, step: string): unknown {
  return isList(container) ? container.filter((_, index) => index !== Number(step)) : Object.fromEntries(Object.entries(container).filter(([key]) => key !== step));
}

function moved(document: unknown, from: ReadonlyArray<string> | undefined, to: ReadonlyArray<string>): unknown {
  const value = from === undefined ? undefined : valueOf(document, from);
  if (value === undefined) { return undefined; }
  return edited(edited(document, from!, removed), to, (container, step) => added(container, step, value));
}
