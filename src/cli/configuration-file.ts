import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { UsageError } from './usage-error';

/** Name of the file, and of the key in package.json. */
export const CONFIGURATION_NAME = 'cdk8s-postgres-tls';

/** A file with configuration, and its text. */
export interface ConfigurationFile {
  readonly path: string;
  readonly text: string;
  /** Whether the configuration is a key of package.json. */
  readonly isPackage: boolean;
}

/** The file that is named, or else the one in the folder or in the nearest folder above it that has one. */
export function findConfigurationFile(folder: string, named: string | undefined): ConfigurationFile | undefined {
  if (named !== undefined) { return readNamed(resolve(folder, named), named); }
  for (let current = resolve(folder); ;) {
    const found = inFolder(current);
    if (found !== undefined) { return found; }
    const above = dirname(current);
    if (above === current) { return undefined; }
    current = above;
  }
}

function inFolder(folder: string): ConfigurationFile | undefined {
  const path = join(folder, `${CONFIGURATION_NAME}.yaml`);
  if (existsSync(path)) { return { path, text: textOf(path, path), isPackage: false }; }
  const manifest = join(folder, 'package.json');
  const text = existsSync(manifest) ? textOf(manifest, manifest) : '';
  // Its own package.json has the name as a value.
  return new RegExp(`"${CONFIGURATION_NAME}"\\s*:\\s*\\{`).test(text) && hasKey(text) ? { path: manifest, text, isPackage: true } : undefined;
}

function readNamed(path: string, named: string): ConfigurationFile {
  return { path, text: textOf(path, named), isPackage: /(^|[\\/])package\.json$/.test(path) };
}

function hasKey(text: string): boolean {
  try {
    return Object.hasOwn(JSON.parse(text) as object, CONFIGURATION_NAME);
  } catch {
    return false;
  }
}

function textOf(path: string, named: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`[${named}] the configuration file cannot be read (${(error as { readonly code?: string }).code ?? String(error)}); give a file that exists`);
  }
}
