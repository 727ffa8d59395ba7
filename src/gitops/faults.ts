import type { Duration } from 'cdk8s';
import { dnsSubdomainError } from '../formats';

/** A fault in the name of an object that is referred to. */
export function nameFault(field: string, name: string | undefined): string | undefined {
  const fault = name === undefined ? undefined : dnsSubdomainError(name);
  return fault === undefined ? undefined : `${field} '${name}' ${fault}; give the name of an object in the cluster`;
}

export function integerFault(field: string, value: number): string | undefined {
  return Number.isSafeInteger(value) ? undefined : `${field} is ${value}; give an integer`;
}

export function textFault(field: string, value: string | undefined, example: string): string | undefined {
  if (value === undefined || (value.trim() !== '' && value.trim() === value)) { return undefined; }
  return `${field} is '${value}', which is empty or has spaces around it; give for example '${example}'`;
}

/** A fault in a folder of a repository. */
export function folderFault(field: string, path: string): string | undefined {
  if (path.startsWith('/') || path.split('/').includes('..')) { return `${field} '${path}' is not below the root of the repository; give a relative path, for example 'dist'`; }
  return textFault(field, path, 'dist');
}

export function durationFault(field: string, duration: Duration | undefined): string | undefined {
  return duration === undefined || duration.toMilliseconds({ integral: false }) > 0 ? undefined : `${field} is zero; give a duration, for example Duration.minutes(10)`;
}
