import { isPgBouncer } from './pooler';
import { imageLayout, imageName, looksLikeServer, ServerLayout } from './server-image';
import { isGiven, mapping, type Mapping, memoizeByText, text } from '../data';
import { baseName, isShell, shellCommands, shellInput, yamlLibrary } from '../formats';
import { ContainerView } from '../kubernetes';

/** How a container runs PostgreSQL. */
export interface ServerProgram {
  /** The words after `postgres`. */
  readonly options: ReadonlyArray<string>;
  /** Process 1 of the container: a tool such as tini adopts orphans and forwards signals. */
  readonly first: 'postgres' | 'shell' | 'tool';
  /** Whether the entrypoint of the image runs first, which corrects the mode of PGDATA. */
  readonly viaEntrypoint: boolean;
  /** What reads the settings: the entrypoint of an image, or PostgreSQL alone, as in the official image. */
  readonly layout: ServerLayout;
  /** The shell text around it. */
  readonly script?: string;
}

const ENTRYPOINTS = new Set(['docker-entrypoint.sh']);
const SERVERS = new Set(['postgres', 'postmaster']);
/** Programs that become the one they start. */
const CHANGERS = new Set(['exec', 'container-entrypoint', 'gosu', 'su-exec', 'setpriv', 'env', 'nice', 'ionice', 'chpst', 'setuidgid']);
/** Programs that stay process 1. */
const TOOLS = new Set(['tini', 'dumb-init', 'catatonit', 'tini-static']);
/** The start scripts of sclorg/postgresql-container, which end in `exec postgres "$@"`. */
const SCLORG_STARTS = new Set(['run-postgresql', 'run-postgresql-master', 'run-postgresql-slave']);
/** The start scripts of Bitnami's images. */
const BITNAMI_START = /^\/opt\/bitnami\/scripts\/postgresql(-repmgr)?\/(entrypoint|run)\.sh$/;
/** Options with which `postgres` does not run a server. */
const NO_SERVER = new Set(['--version', '-V', '--help', '-?', '--single', '--describe-config', '-C', '--check', '--boot']);

/** How a container runs PostgreSQL; undefined where it visibly does not. */
export function serverProgram(
  container: ContainerView, scriptAt: (path: string) => string | undefined, variables: Iterable<string> = [],
): ServerProgram | undefined {
  const { image, command, args, isInit } = container;
  if (isInit) { return undefined; }
  if (isPgBouncer(container)) { return { options: [], first: 'tool', viaEntrypoint: true, layout: 'pgbouncer' }; }
  const words = [...command, ...args];
  const [first] = words;
  if (baseName(first ?? '') === 'patroni') { return patroni(words[1], scriptAt); }
  if (first !== undefined && BITNAMI_START.test(first)) { return bitnami(image, words.filter((word) => !BITNAMI_START.test(word))); }
  if (command.length > 0) { return program(words, scriptAt); }
  const isOption = first === undefined || first.startsWith('-');
  switch (imageLayout(container)) {
    case 'bitnami':
      return isOption ? bitnami(image, args) : viaEntrypoint(program(args, scriptAt));
    case 'spilo':
      return isOption || first === 'init' ? { ...server([], true)!, first: 'tool', layout: 'spilo' } : viaEntrypoint(program(args, scriptAt));
    case 'sclorg':
      return first === undefined ? { ...server([], true)!, layout: 'sclorg' } : viaEntrypoint(program(args, scriptAt));
    case 'official':
      return isOption ? server(args, true) : viaEntrypoint(program(args, scriptAt));
    case 'unknown':
      return isOption ? ofUnknownImage(args) : viaEntrypoint(program(args, scriptAt));
    default:
      if (first === 'postgres') { return server(args.slice(1), true); }
      return SCLORG_STARTS.has(baseName(first ?? '')) ? viaEntrypoint(program(args, scriptAt)) : isOption && looksLikeServer(container, variables) ? ofUnknownImage(args) : undefined;
  }
}

/** Patroni starts PostgreSQL with a file of its own, which includes `custom_conf` and ends in the parameters of its configuration. */
function patroni(file: string | undefined, scriptAt: (path: string) => string | undefined): ServerProgram | undefined {
  const config = file === undefined ? undefined : scriptAt(file);
  if (config === undefined) { return undefined; }
  const { custom_conf: conf, data_dir: data, parameters } = mapping(patroniConfig(config)['postgresql']);
  const settings = [['config_file', conf], ['data_directory', data], ...Object.entries(mapping(parameters))].filter(([, value]) => isGiven(value));
  const found = server(settings.flatMap(([name, value]) => ['-c', `${text(name)}=${text(value)}`]), true);
  return found && { ...found, first: 'tool' };
}

/** Empty for a text that is no YAML: templates, for example. */
function patroniConfig(config: string): Mapping {
  const document = yamlLibrary().parseDocument(config);
  return document.errors.length > 0 ? {} : mapping(document.toJS());
}

/** `postgresql-repmgr` starts PostgreSQL below repmgrd. */
function bitnami(image: string, options: ReadonlyArray<string>): ServerProgram | undefined {
  const found = server(options, true);
  return found && { ...found, first: imageName(image) === 'postgresql-repmgr' ? 'tool' : 'postgres', layout: 'bitnami' };
}

/** Entrypoints of images usually end in `exec`, so PostgreSQL is presumed to be process 1. */
function ofUnknownImage(options: ReadonlyArray<string>): ServerProgram | undefined {
  const found = server(options, true);
  return found && { ...found, layout: 'unknown' };
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
    const next = rest.findIndex((word, index) => index > 0 && [SERVERS, ENTRYPOINTS, SCLORG_STARTS, CHANGERS, TOOLS].some((set) => set.has(baseName(word))));
    // `gosu postgres postgres`: the first is a user.
    const isUser = next > 0 && /^(gosu|su-exec|chpst|setuidgid)$/.test(baseName(rest[0]!)) && next === 1 && SERVERS.has(rest[1]!);
    rest = next < 0 ? [] : rest.slice(isUser ? next + 1 : next);
  }
  const [name = '', ...options] = rest;
  if (ENTRYPOINTS.has(baseName(name))) {
    const inner = options[0] === undefined || options[0].startsWith('-') ? server(options, true) : invocation(options);
    return inner && { ...inner, viaEntrypoint: true, first };
  }
  if (SCLORG_STARTS.has(baseName(name))) {
    const inner = server(options, true);
    return inner && { ...inner, first, layout: 'sclorg' };
  }
  const found = SERVERS.has(baseName(name)) ? server(options, false) : undefined;
  return found && { ...found, first };
}

function server(options: ReadonlyArray<string>, entrypoint: boolean): ServerProgram | undefined {
  return options.some((word) => NO_SERVER.has(word)) ? undefined : { options, first: 'postgres', viaEntrypoint: entrypoint, layout: 'official' };
}

function viaEntrypoint(found: ServerProgram | undefined): ServerProgram | undefined {
  return found && { ...found, viaEntrypoint: true };
}
