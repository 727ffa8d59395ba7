import { memoizeByText } from '../data';
import { baseName, isShell, shellCommands, shellInput } from '../formats';
import { ContainerView } from '../kubernetes';

/** How a container runs PostgreSQL. */
export interface ServerProgram {
  /** The words after `postgres`. */
  readonly options: ReadonlyArray<string>;
  /** Process 1 of the container: a tool such as tini adopts orphans and forwards signals. */
  readonly first: 'postgres' | 'shell' | 'tool';
  /** Whether the entrypoint of the image runs first, which corrects the mode of PGDATA. */
  readonly viaEntrypoint: boolean;
  /** The shell text around it. */
  readonly script?: string;
}

/** Images whose entrypoint starts PostgreSQL as process 1, without images that have a supervisor. */
const SERVER_IMAGES = new Set(['postgres', 'postgresql', 'postgis', 'pgvector', 'timescaledb']);

const ENTRYPOINTS = new Set(['docker-entrypoint.sh']);
const SERVERS = new Set(['postgres', 'postmaster']);
/** Programs that become the one they start. */
const CHANGERS = new Set(['exec', 'gosu', 'su-exec', 'setpriv', 'env', 'nice', 'ionice', 'chpst', 'setuidgid']);
/** Programs that stay process 1. */
const TOOLS = new Set(['tini', 'dumb-init', 'catatonit', 'tini-static']);
/** Options with which `postgres` does not run a server. */
const NO_SERVER = new Set(['--version', '-V', '--help', '-?', '--single', '--describe-config', '-C', '--check', '--boot']);

/** `docker.io/library/postgres:18@sha256:…` → `postgres`. */
export function imageName(image: string): string {
  return baseName(image.replace(/@.*$/, '')).replace(/:.*$/, '');
}

export function isServerImage(image: string): boolean {
  return SERVER_IMAGES.has(imageName(image));
}

/** How a container runs PostgreSQL; undefined where it visibly does not. */
export function serverProgram({ image, command, args, isInit }: ContainerView, scriptAt: (path: string) => string | undefined): ServerProgram | undefined {
  if (isInit) { return undefined; }
  if (command.length > 0) { return program([...command, ...args], scriptAt); }
  const [first] = args;
  if (!isServerImage(image)) { return first === 'postgres' ? server(args.slice(1), true) : undefined; }
  return first === undefined || first.startsWith('-') ? server(args, true) : viaEntrypoint(program(args, scriptAt));
}

function program(words: ReadonlyArray<string>, scriptAt: (path: string) => string | undefined): ServerProgram | undefined {
  const [first = ''] = words;
  if (!isShell(first)) { return invocation(words); }
  const { text, file } = shellInput(words);
  const script = text ?? (file === undefined ? undefined : scriptAt(file));
  return script === undefined || !/postgres|postmaster|docker-entrypoint/.test(script) ? undefined : (baseName(first) === 'bash' ? inBash : inShell)(script);
}

const inBash = memoizeByText((script) => inScript(script, true));
const inShell = memoizeByText((script) => inScript(script, false));

function inScript(script: string, isBash: boolean): ServerProgram | undefined {
  const commands = shellCommands(script);
  for (const [index, { words, after }] of commands.entries()) {
    const found = invocation(words);
    if (found === undefined) { continue; }
    const before = commands[index - 1]?.after ?? '';
    // bash replaces itself with the last command of its script; dash and ash do not.
    const replacesShell = words[0] === 'exec' || (isBash && index === commands.length - 1 && after === '' && before !== '|' && before !== '||');
    return { ...found, first: replacesShell ? found.first : 'shell', script };
  }
  return undefined;
}

function invocation(words: ReadonlyArray<string>): ServerProgram | undefined {
  let rest = words.slice(words.findIndex((word) => !/^\w+=/.test(word)));
  let first: ServerProgram['first'] = 'postgres';
  while (CHANGERS.has(baseName(rest[0] ?? '')) || TOOLS.has(baseName(rest[0] ?? ''))) {
    if (TOOLS.has(baseName(rest[0]!))) { first = 'tool'; }
    const next = rest.findIndex((word, index) => index > 0 && [SERVERS, ENTRYPOINTS, CHANGERS, TOOLS].some((set) => set.has(baseName(word))));
    // `gosu postgres postgres`: the first is a user.
    const isUser = next > 0 && /^(gosu|su-exec|chpst|setuidgid)$/.test(baseName(rest[0]!)) && next === 1 && SERVERS.has(rest[1]!);
    rest = next < 0 ? [] : rest.slice(isUser ? next + 1 : next);
  }
  const [name = '', ...options] = rest;
  if (ENTRYPOINTS.has(baseName(name))) {
    const inner = options[0] === undefined || options[0].startsWith('-') ? server(options, true) : invocation(options);
    return inner && { ...inner, viaEntrypoint: true, first };
  }
  const found = SERVERS.has(baseName(name)) ? server(options, false) : undefined;
  return found && { ...found, first };
}

function server(options: ReadonlyArray<string>, entrypoint: boolean): ServerProgram | undefined {
  return options.some((word) => NO_SERVER.has(word)) ? undefined : { options, first: 'postgres', viaEntrypoint: entrypoint };
}

function viaEntrypoint(found: ServerProgram | undefined): ServerProgram | undefined {
  return found && { ...found, viaEntrypoint: true };
}
