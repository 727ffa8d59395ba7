import type { ContainerView } from './pod-view';
import { isGiven, mappings, text } from '../data';

/** The place of the word of a command line that is meant; where none is, of its arguments. */
export function argumentField({ field, command, args }: ContainerView, isMeant: (word: string) => boolean): string {
  const [inArgs, inCommand] = [args.findIndex(isMeant), command.findIndex(isMeant)];
  if (inArgs >= 0) { return `${field}.args[${inArgs}]`; }
  if (inCommand >= 0) { return `${field}.command[${inCommand}]`; }
  return `${field}.${command.length > 0 && args.length === 0 ? 'command' : 'args'}`;
}

/** The place of the value of a variable; where the container has no such variable, of its variables. */
export function variableField({ field, spec }: ContainerView, variable: string): string {
  const variables = mappings(spec['env']);
  const index = variables.findIndex(({ name }) => text(name) === variable);
  if (index >= 0) { return `${field}.env[${index}].${isGiven(variables[index]!['valueFrom']) ? 'valueFrom' : 'value'}`; }
  return `${field}.${isGiven(spec['envFrom']) ? 'envFrom' : 'env'}`;
}
