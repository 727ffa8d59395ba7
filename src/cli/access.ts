import type { CommandLine } from './command-line';
import { lineInput } from './line-input';
import { UsageError } from './usage-error';
import { checkedLine } from '../report';
import { Severity } from '../rules';
import { accessMarkdown, accessTableRows, type AccessTableRow, accessText, ruleContextOf } from '../verification';
import { serverAccesses } from '../workloads';

/** Formats of the access table. */
const FORMATS: Readonly<Record<string, (rows: ReadonlyArray<AccessTableRow>) => string>> = {
  text: accessText, markdown: accessMarkdown, json: (rows) => `${JSON.stringify({ rows }, null, 2)}\n`,
};

/** The access table of what a command line names. */
export interface ShownAccess {
  readonly text: string;
  readonly exitCode: number;
  /** Text for standard error. */
  readonly notes: ReadonlyArray<string>;
}

/** Who can connect to what on every server in the manifests. */
export function access(line: Pick<CommandLine, 'paths' | 'config' | 'ignore' | 'format' | 'together' | 'allowEmpty'>, folder: string): ShownAccess {
  const format = FORMATS[line.format];
  if (format === undefined) { throw new UsageError(`the format '${line.format}' does not apply to access; use one of ${Object.keys(FORMATS).join(', ')}`); }
  const { input, configuration: { certManagerVersion, clusterResourceNamespace, trustNamespace, together } } = lineInput(line, folder);
  const manifests = line.together || together === true ? input.manifests.map(({ sets: _, ...manifest }) => manifest) : input.manifests;
  const context = ruleContextOf(manifests, { certManagerVersion, clusterResourceNamespace, trustNamespace }, { isApp: false, values: input.values });
  const faults = input.violations.filter(({ violation: { severity } }) => severity === Severity.ERROR);
  const isEmpty = input.manifests.length === 0 && !line.allowEmpty;
  return {
    text: format(serverAccesses(context).flatMap(accessTableRows)),
    exitCode: isEmpty ? 2 : faults.length > 0 ? 1 : 0,
    notes: [
      checkedLine({ files: input.files, manifests: input.manifests.length, notChecked: input.notChecked }).replace(/^checked /, 'read '),
      ...faults.map(({ about, violation: { problem } }) => `[${about.path}] ${problem}`),
      ...(isEmpty ? ['nothing was read: there is no manifest in the input; --allow-empty makes this a success'] : []),
    ],
  };
}
