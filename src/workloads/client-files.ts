import { posix } from 'node:path';
import type { PodPlace } from './pod-files';
import { mapping, memoizeByObject, memoizeByText, text } from '../data';
import { baseName, yamlLibrary } from '../formats';
import { type ContainerView, type FileSource, type Manifest, shownData } from '../kubernetes';

/** A configuration file of a container that may contain connections. */
export interface ClientFile {
  readonly source: FileSource;
  /** The key of the ConfigMap or Secret. */
  readonly key: string;
  /** Its values by dotted path, one map for each document; the path is empty where the whole file is one value. */
  readonly documents: ReadonlyArray<ReadonlyMap<string, string>>;
}

/** What every connection text has; most files have neither. */
const URI = /(?:postgres(?:ql)?|postgis|pgsql)(?:\+\w+)?\\?:\/\//;
const HOST = /host\s*=/;
const CAPITAL_HOST = /Host\s*=/;
/** Programs, and other files without settings. */
const PROGRAMS = /\.(sh|sql|py|js|lua|crt|key|pem|html)$/;
/** A file that is one connection string. */
const WHOLE = /^(?:[a-z][\w+:-]*:\/\/|host\s*=)[^\n]*$/i;
/** Read by servers and poolers, not by drivers. */
const OTHERS = /^(postgresql|recovery|pg_|pgbouncer|pgcat|odyssey|userlist)/;
const LINES = /(^|\.)env(\.|$)|\.(properties|conf|cfg|ini|toml|txt)$|^[^.]+$/;

/** The files of a container in which values that look like connections are visible: YAML, JSON, and lines with a name and a value. */
export function clientFiles({ pod, manifests }: PodPlace, { mounts }: ContainerView): ClientFile[] {
  return mounts.flatMap(({ volume, subPath }) => pod.sources.filter((source) => source.volume === volume).flatMap((source) => {
    const object = source.name === '' ? undefined : manifests.find('', source.kind, pod.at.namespace, source.name, pod.at);
    const likely = object === undefined ? NONE : likelyKeys(object);
    if (likely.size === 0) { return []; }
    const data = shownData(manifests, pod.at, source.kind, source.name);
    const shown = source.items ?? [...likely].map((key) => ({ key, path: key }));
    return shown.filter(({ key, path }) => likely.has(key) && isMounted(subPath, path)).flatMap(({ key, path }) => {
      const documents = read(baseName(path), text(data[key]));
      return documents.length === 0 ? [] : [{ source, key, documents }];
    });
  }));
}

const NONE: ReadonlySet<string> = new Set();

const likelyKeys = memoizeByObject(({ kind, manifest }: Manifest): ReadonlySet<string> => {
  const plain = { ...(kind === 'Secret' ? {} : mapping(manifest['data'])), ...mapping(manifest['stringData']) };
  const encoded = kind === 'Secret' ? Object.entries(mapping(manifest['data'])).filter(([key]) => !(key in plain)).map(([key, value]) => [key, Buffer.from(text(value), 'base64').toString('utf8')] as const) : [];
  return new Set([...Object.entries(plain), ...encoded].filter(([key, value]) => !OTHERS.test(key) && !PROGRAMS.test(key) && isLikely(text(value))).map(([key]) => key));
});

function isLikely(content: string): boolean {
  // An expression that begins with a plain word is fast.
  return (content.includes('://') && URI.test(content)) || HOST.test(content) || CAPITAL_HOST.test(content);
}

function isMounted(subPath: string, path: string): boolean {
  return subPath === '' || posix.normalize(path) === posix.normalize(subPath) || `${posix.normalize(path)}/`.startsWith(`${posix.normalize(subPath)}/`);
}

function read(name: string, content: string): ReadonlyArray<ReadonlyMap<string, string>> {
  const whole = content.trim();
  if (WHOLE.test(whole)) { return [new Map([['', whole]])]; }
  if (/\.(ya?ml|json)$/.test(name)) { return inYaml(content); }
  return LINES.test(name) && !/^\s*\[pgbouncer\]/m.test(content) ? [inLines(content)] : [];
}

/** JSON is YAML. A text that is neither, such as a template, shows nothing. */
const inYaml = memoizeByText((content): ReadonlyArray<ReadonlyMap<string, string>> => {
  try {
    return yamlLibrary().parseAllDocuments(content, { logLevel: 'silent' }).map((document) => {
      const values = new Map<string, string>();
      if (document.errors.length === 0) { flatten(document.toJS({ maxAliasCount: 100 }), '', values); }
      return values;
    });
  } catch {
    return [];
  }
});

function flatten(value: unknown, path: string, values: Map<string, string>): void {
  if (typeof value !== 'object' || value === null) {
    values.set(path, text(value));
    return;
  }
  for (const [key, inner] of Object.entries(value)) { flatten(inner, path === '' ? key : `${path}.${key}`, values); }
}

/** `name=value`, `name: value` and `export NAME="value"`, with sections; the last line of a name counts. */
const inLines = memoizeByText((content): ReadonlyMap<string, string> => {
  const values = new Map<string, string>();
  let section = '';
  for (const line of content.split('\n')) {
    const [, header] = /^\s*\[+([^\]]+)\]+\s*$/.exec(line) ?? [];
    if (header !== undefined) { section = `${header.trim()}.`; }
    const [, name, given = ''] = /^\s*(?:export\s+)?["']?([A-Za-z_][\w.[\]-]*)["']?\s*[=:]\s*(.*?)\s*$/.exec(line) ?? [];
    if (name === undefined) { continue; }
    const quoted = /^(["'])(.*)\1[,;]?$/.exec(given);
    // A properties file may escape the colon of a URL.
    values.set(`${section}${name}`, quoted ? quoted[2]! : given.replace(/\\([:=#! ])/g, '$1'));
  }
  return values;
});
