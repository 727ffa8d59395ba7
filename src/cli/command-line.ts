import { parseArgs } from 'node:util';
import { UsageError } from './usage-error';
import { nearest } from '../formats';
import { REPORT_FORMATS, type ReportFormat } from '../report';

const OPTIONS = {
  'help': { type: 'boolean', short: 'h' },
  'version': { type: 'boolean', short: 'V' },
  'format': { type: 'string', short: 'f' },
  'output': { type: 'string', short: 'o' },
  'config': { type: 'string', short: 'c' },
  'baseline': { type: 'string' },
  'write-baseline': { type: 'string' },
  'include': { type: 'string', multiple: true },
  'exclude': { type: 'string', multiple: true },
  'ignore': { type: 'string', multiple: true },
  'together': { type: 'boolean' },
  'warnings-as-errors': { type: 'boolean' },
  'allow-empty': { type: 'boolean' },
  'explain': { type: 'string' },
  'no-color': { type: 'boolean' },
  'out': { type: 'string' },
  'acknowledge': { type: 'string', multiple: true },
  'bitnami': { type: 'string' },
  'issuer': { type: 'string' },
  'patroni-image': { type: 'string' },
} as const;

const OF_CONVERT = ['out', 'acknowledge', 'bitnami', 'issuer', 'patroni-image'];
const OF_FINDINGS = ['baseline', 'write-baseline', 'include', 'exclude', 'warnings-as-errors'];
const OF_ALL = ['help', 'version'];
const NAMES = Object.keys(OPTIONS);

/** The options of each command. */
const OPTIONS_OF: Readonly<Record<'prove' | 'access' | 'convert', ReadonlyArray<string>>> = {
  prove: NAMES.filter((name) => !OF_CONVERT.includes(name)),
  access: NAMES.filter((name) => !OF_CONVERT.includes(name) && !OF_FINDINGS.includes(name)),
  convert: [...OF_CONVERT, ...OF_ALL],
};

/** What a command line asks for. */
export interface CommandLine {
  readonly command: 'help' | 'version' | 'explain' | keyof typeof OPTIONS_OF;
  /** The rule to explain. */
  readonly rule: string;
  readonly paths: ReadonlyArray<string>;
  readonly format: ReportFormat;
  readonly output: string | undefined;
  readonly config: string | undefined;
  readonly baseline: string | undefined;
  readonly writeBaseline: string | undefined;
  readonly include: ReadonlyArray<string> | undefined;
  readonly exclude: ReadonlyArray<string>;
  readonly ignore: ReadonlyArray<string>;
  readonly together: boolean;
  readonly warningsAsErrors: boolean;
  readonly allowEmpty: boolean;
  readonly color: boolean;
  /** The file that a conversion writes. */
  readonly out: string | undefined;
  /** Reasons by what is not supported, such as `spec.replicas`. */
  readonly acknowledge: Readonly<Record<string, string>>;
  /** The Helm release of Bitnami's chart whose values are converted: `NAMESPACE/RELEASE`. */
  readonly bitnami: string | undefined;
  /** The issuer of its certificates: `KIND/NAME`. */
  readonly issuer: string | undefined;
  /** The image for databases of KubeDB with several instances. */
  readonly patroniImage: string | undefined;
}

/** @throws UsageError for an unknown option, a missing value, or a command that does not exist */
export function parseCommandLine(words: ReadonlyArray<string>): CommandLine {
  const { values, positionals: [command, ...paths] } = parsed(words);
  const wanted = values.help === true ? 'help' : values.version === true ? 'version' : values.explain !== undefined ? 'explain' : command;
  if (wanted === undefined) { throw new UsageError('no command; use: cdk8s-postgres-tls prove PATH…'); }
  if (wanted !== 'help' && wanted !== 'version' && wanted !== 'explain') {
    if (!isCommand(wanted)) { throw new UsageError(`unknown command '${wanted}'; use: cdk8s-postgres-tls prove ${wanted}`); }
    const foreign = Object.keys(values).find((name) => !OPTIONS_OF[wanted].includes(name));
    if (foreign !== undefined) { throw new UsageError(`the option '--${foreign}' does not apply to ${wanted}; see --help`); }
  }
  return {
    command: wanted,
    rule: values.explain ?? '',
    paths,
    format: formatNamed(values.format ?? 'text'),
    output: values.output,
    config: values.config,
    baseline: values.baseline,
    writeBaseline: values['write-baseline'],
    include: values.include && separated(values.include),
    exclude: separated(values.exclude ?? []),
    ignore: values.ignore ?? [],
    together: values.together ?? false,
    warningsAsErrors: values['warnings-as-errors'] ?? false,
    allowEmpty: values['allow-empty'] ?? false,
    color: values['no-color'] !== true,
    out: values.out,
    acknowledge: Object.fromEntries((values.acknowledge ?? []).map(reasonOf)),
    bitnami: values.bitnami,
    issuer: values.issuer,
    patroniImage: values['patroni-image'],
  };
}

function isCommand(name: string): name is keyof typeof OPTIONS_OF {
  return Object.hasOwn(OPTIONS_OF, name);
}

/** `spec.replicas=one is enough`. */
function reasonOf(given: string): [string, string] {
  const [, field, reason] = /^([^=]+)=(.*\S.*)$/.exec(given) ?? [];
  if (field === undefined || reason === undefined) { throw new UsageError(`--acknowledge '${given}' has no reason; write FIELD=REASON, such as 'spec.replicas=one is enough'`); }
  return [field.trim(), reason.trim()];
}

function parsed(words: ReadonlyArray<string>) {
  try {
    return parseArgs({ args: [...words], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    const { message, code } = error as Error & { readonly code?: string };
    const given = /^Unknown option '(-[^']*)'/.exec(message)?.[1];
    if (code !== 'ERR_PARSE_ARGS_UNKNOWN_OPTION' || given === undefined) { throw new UsageError(`${message.split('. ')[0]!.replace(/\.$/, '')}; see --help`); }
    const meant = nearest(given.replace(/^-+/, ''), Object.keys(OPTIONS));
    throw new UsageError(`unknown option '${given}'; ${meant === undefined ? 'see --help' : `did you mean '--${meant}'?`}`);
  }
}

function formatNamed(name: string): ReportFormat {
  const format = REPORT_FORMATS.find((known) => known === name);
  if (format === undefined) { throw new UsageError(`unknown format '${name}'; use one of ${REPORT_FORMATS.join(', ')}`); }
  return format;
}

/** `--include a,b --include c`. */
function separated(values: ReadonlyArray<string>): string[] {
  return values.flatMap((value) => value.split(',')).map((value) => value.trim()).filter((value) => value !== '');
}
