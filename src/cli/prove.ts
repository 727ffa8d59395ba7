import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CommandLine } from './command-line';
import type { Configuration } from './configuration';
import { type InputOptions, lineInput, shownPath } from './line-input';
import { UsageError } from './usage-error';
import { type BaselineEntry, baselineText, compareWithBaseline, isFailed, parseBaseline, type Report } from '../report';
import { type Circumstances, validateInput } from '../verification';

/** What a run found, and the folder that names of files in the configuration and in the baseline refer to. */
export interface Proof {
  readonly report: Report;
  readonly exitCode: number;
  /** Text for standard error, beside the report. */
  readonly notes: ReadonlyArray<string>;
}

/** What a run depends on, of a command line. */
export type ProveOptions = InputOptions & Pick<CommandLine, 'include' | 'exclude' | 'warningsAsErrors' | 'allowEmpty'> & Partial<Pick<CommandLine, 'baseline' | 'writeBaseline' | 'together'>>;

/** Checks what the command line and the configuration name. */
export function prove(line: ProveOptions, folder: string, now: Date): Proof {
  const { input, configuration, configurationPath: optionsFile, root, nameOf } = lineInput(line, folder);
  const warningsAsErrors = line.warningsAsErrors || (configuration.warningsAsErrors ?? false);
  const circumstances: Circumstances = { place: '', now, optionsFile, nameOf };
  const { certManagerVersion, clusterResourceNamespace, trustNamespace, acknowledgements, severities } = configuration;
  const findings = usage(() => validateInput(input, {
    certManagerVersion, clusterResourceNamespace, trustNamespace, acknowledgements, severities,
    include: [...line.include ?? configuration.include ?? ['all']],
    exclude: [...configuration.exclude ?? [], ...line.exclude],
    together: line.together === true || configuration.together === true,
  }, circumstances));
  const baseline = line.writeBaseline === undefined ? baselineOf(line, configuration, root, folder) : undefined;
  const { fresh, known, gone } = baseline === undefined ? { fresh: findings, known: [], gone: [] } : compareWithBaseline(findings, baseline, nameOf);
  const report: Report = {
    findings: fresh, known, gone, warningsAsErrors,
    checked: { files: input.files, manifests: input.manifests.length, notChecked: input.notChecked },
  };
  if (line.writeBaseline !== undefined) {
    writeWhole(resolve(folder, line.writeBaseline), baselineText(findings, nameOf));
    return { report, exitCode: 0, notes: [`wrote the baseline ${line.writeBaseline}`] };
  }
  const isEmpty = input.manifests.length === 0 && !line.allowEmpty;
  return { report, exitCode: isEmpty ? 2 : isFailed(report) ? 1 : 0, notes: isEmpty ? ['nothing was checked: there is no manifest in the input; --allow-empty makes this a success'] : [] };
}

function baselineOf({ baseline }: ProveOptions, configuration: Configuration, root: string, folder: string): BaselineEntry[] | undefined {
  const path = baseline !== undefined ? resolve(folder, baseline) : configuration.baseline === undefined ? undefined : resolve(root, configuration.baseline);
  if (path === undefined) { return undefined; }
  const shown = shownPath(folder, path);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`[${shown}] the baseline cannot be read (${(error as { readonly code?: string }).code ?? String(error)}); write it with --write-baseline ${shown}`);
  }
  return usage(() => parseBaseline(shown, text));
}

/** Errors of options are errors of usage. */
function usage<Value>(compute: () => Value): Value {
  try {
    return compute();
  } catch (error) {
    if (error instanceof Error && error.constructor === Error) { throw new UsageError(error.message, { cause: error }); }
    throw error;
  }
}

/** Writes a file as a whole or not at all, also if the process is stopped. */
export function writeWhole(path: string, text: string): void {
  const part = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(part, text);
    renameSync(part, path);
  } catch (error) {
    throw new UsageError(`[${path}] the file cannot be written (${(error as { readonly code?: string }).code ?? String(error)}); give a path that can be written`);
  }
}
