import { dirname, relative, resolve } from 'node:path';
import type { CommandLine } from './command-line';
import { type Configuration, readConfiguration } from './configuration';
import { findConfigurationFile } from './configuration-file';
import { UsageError } from './usage-error';
import { type Input, inputOfPaths, withoutFiles } from '../verification';

/** What the input depends on, of a command line. */
export type InputOptions = Pick<CommandLine, 'paths' | 'config'> & Partial<Pick<CommandLine, 'ignore'>>;

/** The manifests that a command line and the configuration name, and the configuration. */
export interface LineInput {
  readonly input: Input;
  readonly configuration: Configuration;
  /** The configuration file as messages name it; undefined without one. */
  readonly configurationPath: string | undefined;
  /** The folder that names of files in the configuration and in the baseline refer to. */
  readonly root: string;
  /** The name of a file from there. */
  readonly nameOf: (path: string) => string;
}

/** Reads the configuration and the input. */
export function lineInput(line: InputOptions, folder: string): LineInput {
  const file = findConfigurationFile(folder, line.config);
  const configurationPath = file === undefined ? undefined : shownPath(folder, file.path);
  const configuration = file === undefined ? {} : readConfiguration(file, configurationPath!);
  const root = file === undefined ? folder : dirname(file.path);
  const nameOf = (path: string) => (path.startsWith('<') ? path : slashes(relative(root, resolve(folder, path))));
  const input = withoutFiles(inputOfPaths(pathsOf(line, configuration, root, folder)), [...configuration.ignore ?? [], ...line.ignore ?? []], nameOf);
  return { input, configuration, configurationPath, root, nameOf };
}

function pathsOf({ paths }: InputOptions, configuration: Configuration, root: string, folder: string): string[] {
  if (paths.length > 0) { return [...paths]; }
  const configured = (configuration.paths ?? []).map((path) => (path === '-' ? path : relative(folder, resolve(root, path)) || '.'));
  if (configured.length === 0) { throw new UsageError('no path; give files, folders, or - for standard input'); }
  return configured;
}

export function shownPath(folder: string, path: string): string {
  return relative(folder, path) || path;
}

function slashes(path: string): string {
  return path.replaceAll('\\', '/');
}
