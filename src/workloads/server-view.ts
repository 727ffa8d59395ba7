import { posix } from 'node:path';
import { isOwnPod } from './own-marks';
import { CertificateMount, certificateMounts, certificateOf, contentOf, fileAt, PodFile, showsKey } from './pod-files';
import { isServerImage, serverProgram, ServerProgram } from './server-program';
import { memoizeByText } from '../data';
import { argumentField, ContainerView, environmentOf, PodView } from '../kubernetes';
import { CertificateNode, IssuanceGraph } from '../pki';
import { ConfFile, HbaFile, IdentRow, isOn, parseConfFile, parseHba, parseIdent, parseServerOptions, Settings } from '../postgresql';

const confFile = memoizeByText(parseConfFile);
const hbaFile = memoizeByText(parseHba);

/** A container that runs PostgreSQL, as far as its manifest and the ConfigMaps of the app show. */
export class ServerView {
  /** The server of a container; undefined where no server is visible. */
  public static of(pod: PodView, container: ContainerView, manifests: IssuanceGraph): ServerView | undefined {
    const where = { pod, manifests };
    const program = serverProgram(container, (path) => {
      const file = fileAt(where, container, path);
      return file && contentOf(where, file);
    });
    return program && new ServerView(pod, container, manifests, program);
  }

  /** The Secret behind ssl_cert_file. */
  public readonly certificateFile: PodFile | undefined;
  /** The Secret behind ssl_key_file. */
  public readonly keyFile: PodFile | undefined;
  /** The Secret behind ssl_ca_file. */
  public readonly caFile: PodFile | undefined;
  public readonly dataDirectory: string;

  private readonly options: Settings;
  private readonly confSource: PodFile | undefined;
  private readonly conf: ConfFile | undefined;
  private seen: CertificateMount[] | undefined;

  private constructor(
    public readonly pod: PodView, public readonly container: ContainerView, private readonly manifests: IssuanceGraph, public readonly program: ServerProgram,
  ) {
    this.options = parseServerOptions(program.options);
    this.dataDirectory = this.options.get('data_directory') ?? environmentOf(pod, container, manifests).get('PGDATA') ?? '/var/lib/postgresql/data';
    this.confSource = this.fileAt(this.options.get('config_file') ?? 'postgresql.conf');
    const conf = this.textIn(this.confSource);
    this.conf = conf === undefined ? undefined : confFile(conf);
    this.certificateFile = this.fileOf('ssl_cert_file');
    this.keyFile = this.fileOf('ssl_key_file');
    this.caFile = this.fileOf('ssl_ca_file');
  }

  /** The rows of pg_hba.conf, where they can be seen. */
  public get hba(): HbaFile | undefined {
    const text = this.textAt(this.setting('hba_file') ?? 'pg_hba.conf');
    return text === undefined ? undefined : hbaFile(text);
  }

  /** The place in the workload that shows pg_hba.conf: a volume, or the setting that names the file. */
  public get hbaField(): string {
    return this.fileAt(this.setting('hba_file') ?? 'pg_hba.conf')?.source.field ?? this.fieldOf('hba_file');
  }

  /** The rows of pg_ident.conf, where they are visible. */
  public get userMaps(): ReadonlyArray<IdentRow> | undefined {
    const text = this.textAt(this.setting('ident_file') ?? 'pg_ident.conf');
    return text === undefined ? undefined : parseIdent(text);
  }

  /** A setting of the command line or, below it, of postgresql.conf; undefined where it is not visible. */
  public setting(name: string): string | undefined {
    return this.options.get(name) ?? this.conf?.settings.get(name);
  }

  /** The place in the workload of a setting: a word of its command line, or the volume with postgresql.conf. */
  public fieldOf(setting: string): string {
    if (!this.options.has(setting) && this.conf !== undefined) { return this.confSource!.source.field; }
    const option = new RegExp(`(^|[\\s-]|-c)${setting.replaceAll('_', '[-_]')}\\s*=`, 'i');
    return argumentField(this.container, (word) => option.test(word));
  }

  /** Whether a setting without a visible value has the default of PostgreSQL, because all sources of settings are visible. */
  public get isSettled(): boolean {
    return this.conf === undefined ? this.options.has('ssl_cert_file') && !this.options.has('config_file') : this.conf.isComplete;
  }

  /** Whether it has TLS enabled; undefined where that is not visible. */
  public get tls(): boolean | undefined {
    return isOn(this.setting('ssl')) ?? (this.isSettled ? false : undefined);
  }

  public get port(): string {
    return this.setting('port') ?? '5432';
  }

  public get isOurs(): boolean {
    return isOwnPod(this.pod);
  }

  /** Whether PostgreSQL is process 1 of its process namespace and so adopts every orphan. */
  public get adoptsOrphans(): boolean {
    return this.program.first === 'postgres' && !this.pod.sharesProcesses;
  }

  /** The Certificate that it presents to its clients. */
  public get certificate(): CertificateNode | undefined {
    return this.certificateFile && this.certificateOf(this.certificateFile);
  }

  public certificateOf(file: PodFile): CertificateNode | undefined {
    return certificateOf(this.pod, this.manifests, file.source);
  }

  /**
   * Mounts of Certificates with their keys that can only be for the server, where no visible setting names its files: no init container
   * prepares them and no shell script runs first.
   */
  public get presumedMounts(): CertificateMount[] {
    if (this.setting('ssl_key_file') !== undefined || this.program.script !== undefined || isOn(this.setting('ssl')) === false) { return []; }
    const prepared = new Set(this.pod.containers.filter(({ isInit }) => isInit).flatMap(({ mounts }) => mounts.map(({ volume }) => volume)));
    const scripted = this.container.mounts.some(({ mountPath }) => mountPath.startsWith('/docker-entrypoint-initdb.d'));
    if (scripted || !isServerImage(this.container.image)) { return []; }
    const keys = this.mounts.filter(({ source }) => showsKey(source) && !prepared.has(source.volume));
    const leaves = keys.filter(({ certificate }) => !certificate.isCa);
    return leaves.length > 0 ? leaves : keys;
  }

  /** Every mount of the Secret of a Certificate of the app in its container. */
  public get mounts(): CertificateMount[] {
    this.seen ??= certificateMounts(this.pod, this.manifests).filter(({ container }) => container === this.container);
    return this.seen;
  }

  private fileOf(setting: string): PodFile | undefined {
    const path = this.setting(setting);
    return path === undefined || path === '' ? undefined : this.fileAt(path);
  }

  private fileAt(path: string): PodFile | undefined {
    return fileAt({ pod: this.pod, manifests: this.manifests }, this.container, posix.join(path.startsWith('/') ? '/' : this.dataDirectory, path));
  }

  private textAt(path: string): string | undefined {
    return this.textIn(this.fileAt(path));
  }

  private textIn(file: PodFile | undefined): string | undefined {
    return file && contentOf({ pod: this.pod, manifests: this.manifests }, file);
  }
}
