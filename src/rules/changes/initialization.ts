import { mapping, mappings, text } from '../../data';
import { type ContainerView, type PodView, variableField } from '../../kubernetes';
import type { IssuanceGraph } from '../../pki';

/** Options of initdb that cannot be changed after the data directory is created. */
const OPTION = /^--(encoding|locale|lc-[a-z]+|locale-provider|builtin-locale|icu-locale|icu-rules|data-checksums|no-data-checksums|wal-segsize|text-search-config)(?:=(.*))?$/;

/** Variables that the entrypoint of the official images reads once. Source: docker-library/postgres, docker-entrypoint.sh. */
const VARIABLE = /^POSTGRES_(DB|USER|PASSWORD|INITDB_ARGS|HOST_AUTH_METHOD)(_FILE)?$/;

/** A setting for the creation of a data directory. */
export interface InitialSetting {
  readonly value: string;
  /** Its place in the manifest of the workload. */
  readonly field: string;
}

/** Where the official images look for scripts. */
const ENTRYPOINT_SCRIPTS = '/docker-entrypoint-initdb.d/';

/**
 * The settings of a pod for the creation of a data directory, by name; they have no effect on an existing data directory. Values of variables
 * are not shown in messages, because they may contain a password.
 */
export function initializationOf(pod: PodView, server: ContainerView | undefined, manifests: IssuanceGraph): ReadonlyMap<string, InitialSetting> {
  const words = pod.containers.filter(({ isInit }) => isInit).flatMap(({ field, command, args }) =>
    [...command.map((word, index) => ({ word, field: `${field}.command[${index}]` })), ...args.map((word, index) => ({ word, field: `${field}.args[${index}]` }))]);
  const variables = server === undefined ? [] : mappings(server.spec['env']).filter(({ name }) => VARIABLE.test(text(name)));
  return new Map([
    ...words.flatMap(option),
    ...variables.map((variable) => [text(variable['name']), { value: JSON.stringify(variable), field: variableField(server!, text(variable['name'])) }] as const),
    ...scripts(pod, manifests),
  ]);
}

function option({ word, field }: { readonly word: string; readonly field: string }): Array<readonly [string, InitialSetting]> {
  const [, name, value = 'on'] = word.match(OPTION) ?? [];
  if (name === undefined) { return []; }
  return name === 'no-data-checksums' ? [] : [[`initdb --${name}`, { value, field }]];
}

/** The scripts that run once, with their content where the app contains it. */
function scripts(pod: PodView, manifests: IssuanceGraph): Array<readonly [string, InitialSetting]> {
  const volumes = new Set(pod.containers.flatMap(({ spec, mounts }) => {
    const variable = text(mappings(spec['env']).find(({ name }) => text(name) === 'INIT_SCRIPTS')?.['value']);
    const folders = [ENTRYPOINT_SCRIPTS, ...(variable === '' ? [] : [`${variable}/`])];
    return mounts.filter(({ folder }) => folders.some((path) => folder.startsWith(path))).map(({ volume }) => volume);
  }));
  const shown = pod.sources.filter(({ volume }) => volumes.has(volume));
  const contents = shown.map(({ kind, name }) => {
    const { data, stringData, binaryData } = mapping(manifests.find('', kind, pod.at.namespace, name)?.manifest);
    return [kind, name, data, stringData, binaryData];
  });
  return shown.length === 0 ? [] : [['the init scripts', { value: JSON.stringify(contents), field: shown[0]!.field }]];
}
