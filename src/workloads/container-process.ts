import { posix } from 'node:path';
import type { PodContext } from './pod-context';
import { contentOf, fileAt } from './pod-files';
import type { ServerView } from './server-view';
import { mapping, mappings, text, texts, valueAt } from '../data';
import { baseName, isShell, shellCommands, shellInput } from '../formats';
import { ContainerView } from '../kubernetes';

const PROBES = ['startupProbe', 'readinessProbe', 'livenessProbe'] as const;

/** The shell text that a container runs, in its arguments or in a ConfigMap of the app; undefined where it is not visible. */
function scriptOf(context: PodContext, container: ContainerView): string | undefined {
  const argv = [...container.command, ...container.args];
  const { text: inline, file } = isShell(argv[0] ?? '') ? shellInput(argv) : { file: argv[0] };
  if (inline !== undefined) { return inline; }
  const source = file === undefined ? undefined : fileAt(context, container, file);
  return source && contentOf(context, source);
}

/** Whether a container calls `pg_ctl reload`. */
export function callsPgCtlReload(context: PodContext, container: ContainerView): boolean {
  const script = scriptOf(context, container);
  if (script !== undefined && !script.includes('pg_ctl')) { return false; }
  const commands = script === undefined ? [[...container.command, ...container.args]] : shellCommands(script).map(({ words }) => words);
  return commands.some((words) => words.some((word) => baseName(word) === 'pg_ctl') && words.includes('reload'));
}

/**
 * Probes of a container that leave an orphan process when they time out: a shell that waits for another program.
 *
 * @param shIsBash whether `sh` of the image is bash, as in those of Red Hat
 */
export function orphaningProbes({ field, spec }: ContainerView, shIsBash: boolean): Array<{ readonly field: string; readonly probe: string; readonly script: string }> {
  return PROBES.flatMap((probe) => {
    const command = texts(valueAt(spec, `${probe}.exec.command`));
    const script = isShell(command[0] ?? '') ? shellInput(command).text : undefined;
    return script === undefined || leavesNoChild(shIsBash || baseName(command[0]!) === 'bash', script) ? [] : [{ field: `${field}.${probe}.exec.command[${command.indexOf(script)}]`, probe, script }];
  });
}

/** Whether the shell replaces itself: with `exec`, or because bash runs its last command in its own process. */
function leavesNoChild(isBash: boolean, script: string): boolean {
  const commands = shellCommands(script);
  const external = commands.filter(({ words }) => !BUILT_IN.has(words[0]!));
  return external.every(({ words, after }) => words[0] === 'exec' || (isBash && after === '' && commands.every((command) => ![ '|', '||' ].includes(command.after))));
}

const BUILT_IN = new Set(['[', 'test', 'true', 'false', 'exit', 'set', 'echo', 'cd', 'export', 'fi', 'done', 'kill', ':']);

/**
 * Whether kubelet makes PGDATA group-accessible for the fsGroup before PostgreSQL checks it, and nothing corrects the mode; false where that
 * is not visible.
 */
export function isPgdataGroupAccessible(context: PodContext, server: ServerView): boolean {
  const { pod } = context;
  const { fsGroup, fsGroupChangePolicy } = mapping(pod.spec['securityContext']);
  if (server.program.viaEntrypoint || fsGroup === undefined || fsGroup === null || fsGroupChangePolicy === 'OnRootMismatch') { return false; }
  const volume = dataVolume(server);
  if (volume === undefined || !isClaim(context, volume) || closes(server.program.script)) { return false; }
  return pod.containers.filter(({ isInit, mounts }) => isInit && mounts.some((mount) => mount.volume === volume)).every((container) => {
    const script = scriptOf(context, container);
    return script === undefined ? container.command.length > 0 && !isShell(container.command[0]!) && baseName(container.command[0]!) === 'initdb' : !closes(script);
  });
}

function closes(script: string | undefined): boolean {
  return script !== undefined && /\b(chmod|install|docker-entrypoint|docker-ensure-initdb)\b/.test(script);
}

/** The volume that PGDATA is on. */
function dataVolume({ container, dataDirectory }: ServerView): string | undefined {
  const data = posix.normalize(`${dataDirectory}/`);
  return container.mounts.filter(({ folder }) => data.startsWith(folder)).sort((a, b) => b.folder.length - a.folder.length)[0]?.volume;
}

function isClaim({ pod }: PodContext, name: string): boolean {
  const volume = mappings(pod.spec['volumes']).find((candidate) => text(candidate['name']) === name);
  if (volume !== undefined) { return volume['persistentVolumeClaim'] !== undefined || volume['ephemeral'] !== undefined; }
  return mappings(pod.at.spec['volumeClaimTemplates']).some((claim) => text(valueAt(claim, 'metadata.name')) === name);
}
