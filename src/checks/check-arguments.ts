import { Chart } from 'cdk8s';
import { isConstruct } from './classes';
import { described } from './descriptions';
import { fieldFaults } from './faults';
import { Field, parametersOf } from './shape';
import type { ENTRIES } from './shapes';

/**
 * Refuses arguments that are not what a public entry declares, all of them at once: the types do not hold for JavaScript, JSON and casts, and
 * what falls through would be a TypeError of our own or, worse, a manifest.
 */
export function checkArguments(entry: keyof typeof ENTRIES, ...given: unknown[]): void {
  const parameters = parametersOf(entry);
  const faults: string[] = [];
  fieldFaults(parameters, (_, index) => given[index], (name) => name, faults);
  if (isConstructor(entry, parameters)) { placeFaults(given, faults); }
  if (faults.length > 0) { throw new Error(message(placeOf(entry, parameters, given), faults.map(withoutParameter))); }
}

function isConstructor(entry: string, parameters: ReadonlyArray<Field>): boolean {
  return parameters[0]?.name === 'scope' && !entry.includes('.');
}

/** What cdk8s and constructs refuse in words that name neither construct nor property. */
function placeFaults([scope, id]: unknown[], faults: string[]): void {
  if (isConstruct(scope) && !scope.node.scopes.some((holder) => Chart.isChart(holder))) {
    faults.push(`scope is ${described(scope)}, which stands in no chart; give a Chart, or a construct in one`);
  }
  if (id === '') { faults.push('id is empty; give the construct an id'); }
}

function withoutParameter(fault: string): string {
  return fault.replace(/^(props|options)\./, '');
}

function message(place: string, faults: string[]): string {
  return faults.length === 1 ? `${place} ${faults[0]}` : `${place} ${faults.length} arguments are wrong:\n${faults.map((fault) => `- ${fault}`).join('\n')}`;
}

/** The path of the construct, or the factory where there is none. */
function placeOf(entry: string, parameters: ReadonlyArray<Field>, [scope, id]: unknown[]): string {
  if (parameters[0]?.name === 'scope' && isConstruct(scope)) {
    return `[${[scope.node.path, typeof id === 'string' ? id : entry].filter((part) => part !== '').join('/')}]`;
  }
  if (parameters[0]?.name === 'construct' && isConstruct(scope)) { return `${scope.node.path === '' ? '' : `[${scope.node.path}] `}${entry}:`; }
  return `${entry.replace('#', '.')}:`;
}
