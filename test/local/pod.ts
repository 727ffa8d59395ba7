import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  applyFsGroup, AtomicVolume, createClaim, createEmptyDir, defaultOwnership, projectSource, type Identity, type Ownership, type Payload,
  type VolumeOwner,
} from './kubelet-volumes';
import { LocalProcess, Watchdog, type ExitStatus } from './local-process';
import {
  find, findAll, type ConfigMapManifest, type ContainerManifest, type EnvVarManifest, type LocalSecret, type Manifest, type PodSpecManifest,
  type StatefulSetManifest, type VolumeManifest,
} from './manifests';
import { postgresBinaries } from './postgres-binaries';
import { rewriter } from './rewriter';
import { anyPort, startOnFreePort } from './server-port';

export interface LocalPodOptions {
  readonly documents: readonly Manifest[];
  /** @default - the only StatefulSet among the documents */
  readonly statefulSet?: string;
  /** The Secrets of the pod's volumes and environment. */
  readonly secrets?: readonly LocalSecret[];
  /** The major version of the PostgreSQL that stands in for the image. */
  readonly major: number;
  /**
   * The pod's ordinal.
   *
   * @default 0
   */
  readonly ordinal?: number;
  /** What the image sets; the container's own environment wins. */
  readonly imageEnv?: Readonly<Record<string, string>>;
  /** @default - `nobody` with the pod's fsGroup if the tests are root (initdb needs a UID that has a name), else the current user */
  readonly runAs?: Identity;
  /** A command that runs the command it is given, and has to become the run user by itself, such as `unshare -m … setpriv …`. */
  readonly wrapper?: readonly string[];
  /** @default - `kubelet` if the tests are root, else `own` */
  readonly ownership?: Ownership;
}

export interface RunResult extends ExitStatus {
  readonly stdout: string;
  readonly stderr: string;
}

/** A pod of a StatefulSet on this machine: its own volumes, commands and environment, with nothing changed but paths and PostgreSQL's port. */
export class LocalPod {
  /** Lays the volumes out; what would hold the pod back in a cluster (a missing Secret, ConfigMap or key) is an error. */
  static async create(options: LocalPodOptions): Promise<LocalPod> {
    return new LocalPod(options);
  }

  readonly name: string;
  readonly ownership: Ownership;
  readonly runAs: Identity | undefined;
  /** The directory that stands for the pod's file systems. */
  readonly root: string;
  private readonly spec: PodSpecManifest;
  private readonly claims: readonly string[];
  private readonly secrets: Map<string, LocalSecret>;
  private readonly configMaps: Map<string, ConfigMapManifest>;
  private readonly owner: VolumeOwner;
  private readonly watchdog: Watchdog;
  private readonly processes: LocalProcess[] = [];
  private readonly projections: { readonly sources: ReadonlySet<string>; readonly refresh: () => void }[] = [];
  private readonly statefulSet: StatefulSetManifest;
  private serverPort = anyPort();

  private constructor(private readonly options: LocalPodOptions) {
    this.statefulSet = find(options.documents, 'StatefulSet', options.statefulSet);
    this.spec = this.statefulSet.spec.template.spec;
    this.name = `${this.statefulSet.metadata.name}-${options.ordinal ?? 0}`;
    this.claims = (this.statefulSet.spec.volumeClaimTemplates ?? []).map((template) => template.metadata.name);
    this.secrets = new Map((options.secrets ?? []).map((secret) => [secret.name, secret]));
    this.configMaps = new Map(findAll(options.documents, 'ConfigMap').map((configMap) => [configMap.metadata.name, configMap]));
    const { fsGroup, runAsGroup } = this.spec.securityContext ?? {};
    this.runAs = options.runAs ?? unprivilegedUser(fsGroup ?? runAsGroup);
    this.ownership = options.ownership ?? defaultOwnership();
    this.owner = { ownership: this.ownership, fsGroup, user: this.runAs };
    // Short, since the path of a Unix socket has at most 107 bytes.
    this.root = mkdtempSync(join(tmpdir(), 'p'));
    chmodSync(this.root, 0o711);
    this.watchdog = new Watchdog(this.root);
    try {
      this.layVolumes();
    } catch (error) {
      this.remove();
      throw error;
    }
  }

  /** Where PostgreSQL listens; `startServer` changes it where another process has it. */
  get port(): number {
    return this.serverPort;
  }

  /** Runs a container to its end. */
  async runInit(containerName: string, timeoutMilliseconds = 60_000): Promise<RunResult> {
    return this.finish(this.start(containerName), timeoutMilliseconds);
  }

  /** Starts a container's own command, with further variables in its environment. */
  start(containerName: string, variables: Readonly<Record<string, string>> = {}): LocalProcess {
    const container = this.container(containerName);
    if (container.command === undefined) { throw new Error(`container '${containerName}' relies on its image for the command`); }
    return this.spawn(container, [...container.command, ...(container.args ?? [])], variables);
  }

  /** Starts the container `postgres` and waits until it accepts connections. */
  startServer(milliseconds = 30_000): Promise<LocalProcess> {
    return startOnFreePort(() => this.start('postgres'), () => {
      this.serverPort = anyPort();
      this.projections.forEach(({ refresh }) => refresh());
    }, milliseconds);
  }

  /** Runs another command in a container's environment, as `kubectl exec` does. */
  async exec(containerName: string, command: readonly string[], timeoutMilliseconds = 60_000): Promise<RunResult> {
    return this.finish(this.spawn(this.container(containerName), command), timeoutMilliseconds);
  }

  /** Asks a probe once. */
  async probe(containerName: string, kind: 'startup' | 'readiness' | 'liveness'): Promise<boolean> {
    const container = this.container(containerName);
    const probe = container[`${kind}Probe`];
    const milliseconds = (probe?.timeoutSeconds ?? 1) * 1000;
    if (probe?.exec !== undefined) { return (await this.exec(containerName, probe.exec.command, milliseconds)).code === 0; }
    if (probe?.tcpSocket !== undefined) {
      const { port } = probe.tcpSocket;
      const number = typeof port === 'number' ? port : container.ports?.find(({ name }) => name === port)?.containerPort;
      return accepts(number === 5432 ? this.port : number ?? 0, milliseconds);
    }
    throw new Error(`container '${containerName}' has no ${kind} probe that runs a command or opens a port`);
  }

  /** Puts a renewed Secret into the volumes that show it. */
  updateSecret(secret: LocalSecret): void {
    this.secrets.set(secret.name, secret);
    this.refresh(`Secret/${secret.name}`);
  }

  updateConfigMap(configMap: ConfigMapManifest): void {
    this.configMaps.set(configMap.metadata.name, configMap);
    this.refresh(`ConfigMap/${configMap.metadata.name}`);
  }

  /** What kubelet does to the claims when the pod starts again: the fsGroup walk. */
  remountClaims(): void {
    for (const claim of this.claims) {
      applyFsGroup(join(this.root, claim), this.owner, this.spec.securityContext?.fsGroupChangePolicy);
    }
  }

  /** The directory or file of this machine that a path in a container stands for. */
  hostPath(containerName: string, path: string): string {
    return this.rewriterFor(this.container(containerName))(path);
  }

  async dispose(): Promise<void> {
    await Promise.all(this.processes.map((process) => process.destroy()));
    this.remove();
  }

  private remove(): void {
    rmSync(this.root, { recursive: true, force: true, maxRetries: 5 });
    this.watchdog.dismiss();
  }

  private get allContainers(): ContainerManifest[] {
    return [...(this.spec.initContainers ?? []), ...this.spec.containers];
  }

  private container(name: string): ContainerManifest {
    const container = this.allContainers.find((candidate) => candidate.name === name);
    if (container === undefined) { throw new Error(`pod '${this.name}' has no container '${name}'`); }
    return container;
  }

  private spawn(container: ContainerManifest, command: readonly string[], variables: Readonly<Record<string, string>> = {}): LocalProcess {
    const rewrite = this.rewriterFor(container);
    const env = { ...this.environment(container, rewrite), ...variables };
    const started = new LocalProcess({
      command: [...(this.options.wrapper ?? []), ...command.map((word) => expand(rewrite(word), env))],
      env,
      cwd: rewrite(container.workingDir ?? '/'),
      user: this.options.wrapper === undefined ? this.runAs : undefined,
      watchdog: this.watchdog,
    });
    this.processes.push(started);
    return started;
  }

  private async finish(process: LocalProcess, timeoutMilliseconds: number): Promise<RunResult> {
    const timer = setTimeout(() => void process.stop('SIGKILL', 0), timeoutMilliseconds);
    const status = await process.exited;
    clearTimeout(timer);
    return { ...status, stdout: process.stdout, stderr: process.stderr };
  }

  private environment(container: ContainerManifest, rewrite: (text: string) => string): Record<string, string> {
    if (container.envFrom !== undefined) { throw new Error(`container '${container.name}': envFrom is not supported here`); }
    const env: Record<string, string> = {
      PATH: `${postgresBinaries(this.options.major).binDir}:${process.env['PATH'] ?? '/usr/bin:/bin'}`,
      // The default port is nowhere written, so nothing rewrites it: both the server and libpq take it from here.
      PGPORT: String(this.port),
      HOSTNAME: this.name,
      ...this.options.imageEnv,
    };
    for (const variable of container.env ?? []) {
      const value = this.variable(variable, rewrite);
      if (value !== undefined) { env[variable.name] = expand(value, env); }
    }
    return env;
  }

  private variable({ name, value, valueFrom }: EnvVarManifest, rewrite: (text: string) => string): string | undefined {
    if (valueFrom?.fieldRef !== undefined) { return this.field(valueFrom.fieldRef.fieldPath); }
    if (valueFrom?.secretKeyRef !== undefined) {
      const { name: source, key, optional } = valueFrom.secretKeyRef;
      return required(this.secrets.get(source)?.data[key], optional, `${name}: secret '${source}' has no key '${key}'`);
    }
    if (valueFrom?.configMapKeyRef !== undefined) {
      const { name: source, key, optional } = valueFrom.configMapKeyRef;
      const text = required(this.configMaps.get(source)?.data?.[key], optional, `${name}: config map '${source}' has no key '${key}'`);
      return text === undefined ? undefined : rewrite(text);
    }
    if (valueFrom !== undefined) { throw new Error(`${name}: only fieldRef, secretKeyRef and configMapKeyRef are supported here`); }
    return rewrite(value ?? '');
  }

  private field(path: string): string {
    const { metadata, spec } = this.statefulSet;
    const label = /^metadata\.labels\['(.+)'\]$/.exec(path)?.[1];
    const fields: Readonly<Record<string, string | undefined>> = {
      'metadata.name': this.name,
      'metadata.namespace': metadata.namespace ?? 'default',
      'status.podIP': '127.0.0.1',
      'status.hostIP': '127.0.0.1',
      'spec.serviceAccountName': this.spec.serviceAccountName ?? 'default',
    };
    const value = label === undefined ? fields[path] : spec.template.metadata?.labels?.[label] ?? '';
    if (value === undefined) { throw new Error(`field '${path}' is not supported here`); }
    return value;
  }

  private rewriterFor(container: ContainerManifest): (text: string) => string {
    const mappings = (container.volumeMounts ?? []).map(({ name, mountPath, subPath, subPathExpr }) => {
      const directory = this.volumeDirectory(name, container.name);
      if (subPathExpr !== undefined || (subPath !== undefined && !this.isWritable(name))) {
        throw new Error(`container '${container.name}': mount '${mountPath}' uses a subPath that never updates`);
      }
      return { from: mountPath, to: join(directory, subPath ?? '') };
    });
    return rewriter(mappings, this.port);
  }

  private isWritable(volume: string): boolean {
    return this.claims.includes(volume) || this.spec.volumes?.some(({ name, emptyDir }) => name === volume && emptyDir !== undefined) === true;
  }

  /** Volumes with texts to rewrite exist once for each container, since the same path may lead to another volume there. */
  private volumeDirectory(volumeName: string, containerName: string): string {
    const volume = this.spec.volumes?.find(({ name }) => name === volumeName);
    if (volume === undefined && !this.claims.includes(volumeName)) {
      throw new Error(`container '${containerName}' mounts '${volumeName}', which the pod lacks`);
    }
    return join(this.root, volume !== undefined && hasConfigMap(volume) ? `${volumeName}.${containerName}` : volumeName);
  }

  private layVolumes(): void {
    this.claims.forEach((claim) => createClaim(join(this.root, claim), this.owner));
    for (const volume of this.spec.volumes ?? []) {
      if (this.claims.includes(volume.name)) { throw new Error(`volume '${volume.name}' is a claim too`); }
      if (volume.emptyDir !== undefined) {
        createEmptyDir(join(this.root, volume.name), this.owner);
      } else if (hasConfigMap(volume)) {
        this.allContainers
          .filter((container) => container.volumeMounts?.some(({ name }) => name === volume.name))
          .forEach((container) => this.project(volume, this.volumeDirectory(volume.name, container.name), (text) => this.rewriterFor(container)(text)));
      } else {
        this.project(volume, join(this.root, volume.name), (text) => text);
      }
    }
  }

  private project(volume: VolumeManifest, directory: string, rewrite: (text: string) => string): void {
    const sources = sourcesOf(volume);
    const projected = new AtomicVolume(directory, this.owner);
    const refresh = (): void => projected.write(this.payload(sources, rewrite));
    refresh();
    this.projections.push({ sources: new Set(sources.map(({ kind, name }) => `${kind}/${name}`)), refresh });
  }

  private payload(sources: readonly Source[], rewrite: (text: string) => string): Payload {
    return new Map(sources.flatMap(({ kind, name, options }) => {
      const what = `${kind} '${name}' of pod '${this.name}'`;
      if (kind === 'Secret') { return [...projectSource(what, this.secrets.get(name)?.data, options)]; }
      const configMap = this.configMaps.get(name);
      return [...projectSource(what, configMap === undefined ? undefined : configMap.data ?? {}, options)]
        .map(([path, { content, mode }]) => [path, { content: rewrite(content), mode }] as const);
    }));
  }

  private refresh(source: string): void {
    this.projections.filter(({ sources }) => sources.has(source)).forEach(({ refresh }) => refresh());
  }
}

interface Source {
  readonly kind: 'Secret' | 'ConfigMap';
  readonly name: string;
  readonly options: Parameters<typeof projectSource>[2];
}

function sourcesOf({ name, secret, configMap, projected }: VolumeManifest): Source[] {
  if (secret !== undefined) { return [{ kind: 'Secret', name: secret.secretName, options: secret }]; }
  if (configMap !== undefined) { return [{ kind: 'ConfigMap', name: configMap.name, options: configMap }]; }
  if (projected === undefined) { throw new Error(`volume '${name}' is of a type that is not supported here`); }
  const { sources, defaultMode } = projected;
  return sources.map((source): Source => {
    if (source.secret !== undefined) { return { kind: 'Secret', name: source.secret.name, options: { defaultMode, ...source.secret } }; }
    if (source.configMap !== undefined) { return { kind: 'ConfigMap', name: source.configMap.name, options: { defaultMode, ...source.configMap } }; }
    throw new Error(`volume '${name}' projects a source that is not supported here`);
  });
}

function hasConfigMap({ configMap, projected }: VolumeManifest): boolean {
  return configMap !== undefined || projected?.sources.some((source) => source.configMap !== undefined) === true;
}

/** `$(NAME)` as Kubernetes expands it: an unknown name stays, `$$` is a dollar sign. */
function expand(text: string, env: Readonly<Record<string, string>>): string {
  return text.replace(/\$\$|\$\(([A-Za-z_][\w.-]*)\)/g, (found, name: string | undefined) => (name === undefined ? '$' : env[name] ?? found));
}

function required(value: string | undefined, optional: boolean | undefined, complaint: string): string | undefined {
  if (value === undefined && optional !== true) { throw new Error(complaint); }
  return value;
}

/**
 * PostgreSQL refuses to run as root. The volumes' group becomes the primary one, because a child process of Node loses the supplementary
 * groups where kubelet would put it.
 */
function unprivilegedUser(group: number | undefined): Identity | undefined {
  if (process.getuid?.() !== 0) { return undefined; }
  const [uid, gid] = (/^nobody:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8'))?.slice(1) ?? ['65534', '65534']).map(Number);
  return { uid: uid!, gid: group ?? gid! };
}

function accepts(port: number, milliseconds: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const settle = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => settle(true)).once('error', () => settle(false)).setTimeout(milliseconds, () => settle(false));
  });
}
