import { posix } from 'node:path';
import { fileAt, PodFile } from './pod-files';
import { baseName, isShell, shellCommands, shellInput } from '../formats';
import type { ContainerView, MountView, PodView } from '../kubernetes';
import type { IssuanceGraph } from '../pki';

/** Options of `install` whose value is the next word. */
const WITH_VALUE = new Set(['-m', '-o', '-g']);

/**
 * The file of a Secret or ConfigMap that `cp` or `install` copies to a path of a container, before it starts: in an init container with a
 * volume of both, or in the script of the container itself. Undefined where no copy is visible; modes of copies are not known.
 */
export function copiedFile(where: { pod: PodView; manifests: IssuanceGraph }, container: ContainerView, path: string, ownScript?: string): PodFile | undefined {
  if (!path.startsWith('/')) { return undefined; }
  const wanted = posix.normalize(path);
  const ofInit = where.pod.containers.filter(({ isInit }) => isInit)
    .flatMap((init) => pathsIn(init, container, wanted).flatMap((target) => copies(commandsOf(init), target)).map((source) => fileAt(where, init, source)));
  const ofScript = ownScript === undefined ? [] : copies(shellCommands(ownScript).map(({ words }) => words), wanted).map((source) => fileAt(where, container, source));
  const found = [...ofInit, ...ofScript].filter((file) => file !== undefined).at(-1);
  return found && { ...found, path: wanted, mode: undefined, isCopy: true };
}

/** The paths in another container of a file on a volume that both mount. */
function pathsIn(other: ContainerView, container: ContainerView, path: string): string[] {
  const mount = container.mounts.reduce<MountView | undefined>((best, candidate) =>
    (path.startsWith(candidate.folder) && candidate.folder.length > (best?.folder.length ?? 0) ? candidate : best), undefined);
  if (mount === undefined) { return []; }
  const inVolume = posix.join('/', mount.subPath, path.slice(mount.folder.length));
  return other.mounts.filter(({ volume }) => volume === mount.volume).flatMap(({ folder, subPath }) => {
    const part = posix.join('/', subPath, '/');
    return inVolume.startsWith(part) ? [posix.join(folder, inVolume.slice(part.length))] : [];
  });
}

function commandsOf({ command, args }: ContainerView): ReadonlyArray<ReadonlyArray<string>> {
  const argv = [...command, ...args];
  const script = isShell(argv[0] ?? '') ? shellInput(argv).text : undefined;
  return script === undefined ? [argv] : shellCommands(script).map(({ words }) => words);
}

/** The paths that commands copy to a path, the last one last. */
function copies(commands: ReadonlyArray<ReadonlyArray<string>>, path: string): string[] {
  return commands.filter(([program]) => /^(cp|install)$/.test(baseName(program ?? ''))).flatMap((words) => {
    const operands = words.slice(1).filter((word, index) => !word.startsWith('-') && !WITH_VALUE.has(words[index]!));
    const target = operands.at(-1) ?? '';
    const sources = operands.slice(0, -1);
    if (!target.startsWith('/')) { return []; }
    if (posix.normalize(target) === path) { return sources.length === 1 && !sources[0]!.includes('*') ? sources : []; }
    return posix.join(target, '/') === posix.join(posix.dirname(path), '/') ? sources.flatMap((source) => named(source, posix.basename(path))) : [];
  });
}

/** The file of a name that a word stands for: `/tls/tls.key`, `/tls/*`, `/tls/.`, `/tls/*.key`. */
function named(word: string, name: string): string[] {
  const pattern = posix.basename(word);
  const isMatch = word.endsWith('/.') || pattern === name || (/^[^*]*\*[^*]*$/.test(pattern) && name.startsWith(pattern.split('*')[0]!) && name.endsWith(pattern.split('*')[1]!));
  return isMatch ? [posix.join(word.endsWith('/.') ? word.slice(0, -2) : posix.dirname(word), name)] : [];
}
