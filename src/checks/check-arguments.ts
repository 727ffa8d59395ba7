import type { IConstruct } from 'constructs';
import { isChart, isConstruct } from './classes';
import { described } from './descriptions';
import { fieldFaults } from './faults';
import { Field, parametersOf } from './shape';
import type { ENTRIES } from './shapes';

/**
 * Throws one error for all arguments that do not match the declaration of a public entry. TypeScript does not check JavaScript, JSON and
 * casts; an unchecked argument would cause a TypeError or, worse, a wrong manifest.
 */
export function checkArguments(entry: keyof typeof ENTRIES, ...given: unknown[]): void {
  check(entry, given, (parameters) => placeOf(entry, parameters, given));
}

/** The same for a method that acts on a construct, which the error names. */
export function checkMethodArguments(construct: IConstruct, entry: keyof typeof ENTRIES, ...given: unknown[]): void {
  check(entry, given, () => placeAt(construct, entry));
}

function check(entry: keyof typeof ENTRIES, given: unknown[], place: (parameters: ReadonlyArray<Field>) => string): void {
  const parameters = parametersOf(entry);
  const faults: string[] = [];
  fieldFaults(parameters, (_, index) => given[index], (name) => name, faults);
  if (isConstructor(entry, parameters)) { placeFaults(given, faults); }
  if (faults.length > 0) { throw new Error(message(place(parameters), faults.map(withoutParameter))); }
}

function isConstructor(entry: string, parameters: ReadonlyArray<Field>): boolean {
  return parameters[0]?.name === 'scope' && !entry.includes('.');
}

/** Arguments that cdk8s and constructs reject with messages that name neither the construct nor the property. */
function placeFaults([scope, id]: unknown[], faults: string[]): void {
  if (isConstruct(scope) && !scope.node.scopes.some(isChart)) {
    faults.push(`scope is ${described(scope)}, which is not in a chart; give a Chart, or a construct in one`);
  }
  if (id === '') { faults.push('id is empty; give a construct id'); }
}

function withoutParameter(fault: string): string {
  return fault.replace(/^(props|options)\./, '');
}

function message(place: string, faults: string[]): string {
  return faults.length === 1 ? `${place} ${faults[0]}` : `${place} ${faults.length} arguments are wrong:\n${faults.map((fault) => `- ${fault}`).join('\n')}`;
}

/** The path of the construct, or the name of the factory if there is no construct. */
function placeOf(entry: string, parameters: ReadonlyArray<Field>, [scope, id]: unknown[]): string {
  if (parameters[0]?.name === 'scope' && isConstruct(scope)) {
    return `[${[scope.node.path, typeof id === 'string' ? id : entry].filter((part) => part !== '').join('/')}]`;
  }
  if (parameters[0]?.name === 'construct' && isConstruct(scope)) { return placeAt(scope, entry); }
  return `${entry.replace('#', '.')}:`;
}

/** The path of the construct, if it has one, and the name of the method. */
function placeAt({ node: { path } }: IConstruct, entry: string): string {
  return `${path === '' ? '' : `[${path}] `}${entry.replace('#', '.')}:`;
}
