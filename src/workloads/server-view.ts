import { posix } from 'node:path';
import { copiedFile } from './copied-file';
import { isOwnPod } from './own-marks';
import { CertificateMount, certificateMounts, certificateOf, contentOf, fileAt, PodFile, showsKey } from './pod-files';
import { poolerOf } from './pooler';
import { isServerImage } from './server-image';
import type { ServerFiles, VisibleConf } from './server-files';
import { serverFiles } from './server-layout';
import { serverProgram, ServerProgram } from './server-program';
import { entryPath, mappings, memoizeByText, text } from '../data';
import { argumentField, ContainerView, environmentOf, ObjectField, PodView, variableField } from '../kubernetes';
import { CertificateNode, IssuanceGraph } from '../pki';
import { HbaFile, IdentRow, isOn, misplacedSpaces, parseHba, parseIdent, parseServerOptions, Settings } from '../postgresql';

const hbaFile = memoizeByText(parseHba);

/** A container that runs PostgreSQL, as far as its manifest and the ConfigMaps of the app show. */
export class ServerView {
  /** The server of a container; undefined where no server is visible. */
  public static of(pod: PodView, container: ContainerView, manifests: IssuanceGraph): ServerView | undefined {
    if (container.isInit) { return undefined; }
    const where = { pod, manifests };
    const variables = environmentOf(pod, container, manifests);
    const declared = mappings(container.spec['env']).map(({ name }) => text(name));
    const program = serverProgram(container, (path) => {
      const file = fileAt(where, container, path);
      return file && contentOf(where, file);
    }, [...declared, ...variables.keys()]);
    // Nothing is known of a pooler whose settings are not visible, not even its port.
    if (program?.layout === 'pgbouncer' && poolerOf({ ...where, container, variables }) === undefined) { return undefined; }
    return program && new ServerView(pod, container, manifests, program, variables);
  }

  /** The Secret behind ssl_cert_file. */
  public readonly certificateFile: PodFile | undefined;
  /** The Secret behind ssl_key_file. */
  public readonly keyFile: PodFile | undefined;
  /** The Secret behind ssl_ca_file. */
  public readonly caFile: PodFile | undefined;
  public readonly dataDirectory: string;

  private readonly options: Settings;
  private readonly files: ServerFiles;
  private seen: CertificateMount[] | undefined;

  private constructor(
    public readonly pod: PodView, public readonly container: ContainerView, private readonly manifests: IssuanceGraph, public readonly program: ServerProgram,
    variables: ReadonlyMap<string, string>,
  ) {
    this.options = parseServerOptions(program.options);
    this.files = serverFiles({ pod, container, manifests, variables }, program, this.options);
    this.dataDirectory = this.files.dataDirectory;
    this.certificateFile = this.fileOf('ssl_cert_file');
    this.keyFile = this.fileOf('ssl_key_file');
    this.caFile = this.fileOf('ssl_ca_file');
  }

  /** Whether it is known how the image starts PostgreSQL and which files it reads. */
  public get isKnownImage(): boolean {
    return this.program.layout !== 'unknown';
  }

  /** Whether it is a pooler: it has clients and certificates, and neither data nor access rules of its own. */
  public get isPooler(): boolean {
    return this.program.layout === 'pgbouncer';
  }

  /** The words of its command line with a space that PostgreSQL takes for a part of a name; an entrypoint that is not known may split them. */
  public get misplacedSpaces(): ReadonlyArray<string> {
    return this.isKnownImage ? misplacedSpaces(this.program.options) : [];
  }

  /** The rows of pg_hba.conf, where they can be seen. */
  public get hba(): HbaFile | undefined {
    const rows = this.files.hba ?? this.textIn(this.hbaSource);
    return rows === undefined ? undefined : hbaFile(rows);
  }

  /** The place of pg_hba.conf: a key of a ConfigMap; or in the workload its volume, or the setting that names the file. */
  public get hbaField(): string | ObjectField {
    if (this.files.hba !== undefined) { return variableField(this.container, 'SPILO_CONFIGURATION'); }
    const file = this.hbaSource;
    const at = file?.source.kind === 'ConfigMap' ? this.manifests.find('', 'ConfigMap', this.pod.at.namespace, file.source.name, this.pod.at) : undefined;
    return at === undefined ? file?.source.field ?? this.fieldOf('hba_file') : { at, field: entryPath('data', file!.key) };
  }

  /** The rows of pg_ident.conf, where they are visible. */
  public get userMaps(): ReadonlyArray<IdentRow> | undefined {
    const rows = this.textIn(this.fileAt(this.setting('ident_file') ?? posix.join(this.files.configDirectory, 'pg_ident.conf')));
    return rows === undefined ? undefined : parseIdent(rows);
  }

  /** A setting of the command line or, below it, of a file or a variable; undefined where it is not visible. */
  public setting(name: string): string | undefined {
    return this.options.get(name) ?? this.confOf(name)?.settings.get(name) ?? this.files.written.get(name)?.value;
  }

  /** The place in the workload of a setting: a word of its command line, the volume with its file, or its variable. */
  public fieldOf(setting: string): string {
    const written = this.files.written.get(setting);
    const conf = this.confOf(setting) ?? (written === undefined ? this.files.confs[0] : undefined);
    if (!this.options.has(setting) && conf !== undefined) { return conf.source.source.field; }
    if (!this.options.has(setting) && written !== undefined) { return variableField(this.container, written.variable); }
    const option = new RegExp(`(^|[\\s-]|-c)${setting.replaceAll('_', '[-_]')}\\s*=`, 'i');
    return argumentField(this.container, (word) => option.test(word));
  }

  /** Whether a setting without a visible value has the default of PostgreSQL, because all sources of settings are visible. */
  public get isSettled(): boolean {
    // Other entrypoints write settings that are not visible.
    if (this.program.layout !== 'official') { return false; }
    const [conf] = this.files.confs;
    return conf === undefined ? this.options.has('ssl_cert_file') && !this.options.has('config_file') : conf.isComplete;
  }

  /** Whether it has TLS enabled; undefined where that is not visible. */
  public get tls(): boolean | undefined {
    return isOn(this.setting('ssl')) ?? (this.isSettled ? false : undefined);
  }

  public get port(): string {
    return this.setting('port') ?? '5432';
  }

  /** Whether nothing that is not visible can set another port: PostgreSQL reads PGPORT as well. */
  public get isPortKnown(): boolean {
    if (this.setting('port') !== undefined) { return true; }
    const [conf] = this.files.confs;
    const namesPort = mappings(this.container.spec['env']).some(({ name }) => text(name) === 'PGPORT') || this.container.spec['envFrom'] !== undefined;
    return this.program.layout === 'official' && !namesPort && (conf === undefined ? !this.options.has('config_file') : conf.isComplete);
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
    const readsMounts = this.program.layout === 'official' ? isServerImage(this.container.image) : this.isKnownImage;
    return readsMounts ? this.unnamedMounts : [];
  }

  /** The same in an image that is not known, which may copy the files or set their mode before PostgreSQL reads them. */
  public get unconfirmedMounts(): CertificateMount[] {
    return this.isKnownImage ? [] : this.unnamedMounts;
  }

  /** The Certificates whose files it reads as copies that are made at the start of the pod, each with the Secret. */
  public get copies(): Array<Pick<CertificateMount, 'certificate' | 'source'>> {
    return [this.certificateFile, this.keyFile].flatMap((file) => {
      const certificate = file?.isCopy === true ? this.certificateOf(file) : undefined;
      return certificate === undefined ? [] : [{ certificate, source: file!.source }];
    });
  }

  /** Every mount of the Secret of a Certificate of the app in its container. */
  public get mounts(): CertificateMount[] {
    this.seen ??= certificateMounts(this.pod, this.manifests).filter(({ container }) => container === this.container);
    return this.seen;
  }

  private get unnamedMounts(): CertificateMount[] {
    if (this.isPooler || this.setting('ssl_key_file') !== undefined || this.program.script !== undefined || isOn(this.setting('ssl')) === false) { return []; }
    const prepared = new Set(this.pod.containers.filter(({ isInit }) => isInit).flatMap(({ mounts }) => mounts.map(({ volume }) => volume)));
    if (this.container.mounts.some(({ mountPath }) => mountPath.startsWith('/docker-entrypoint-initdb.d'))) { return []; }
    const keys = this.mounts.filter(({ source }) => showsKey(source) && !prepared.has(source.volume));
    const leaves = keys.filter(({ certificate }) => !certificate.isCa);
    return leaves.length > 0 ? leaves : keys;
  }

  private get hbaSource(): PodFile | undefined {
    return this.fileAt(this.files.hbaFile ?? this.setting('hba_file') ?? posix.join(this.files.configDirectory, 'pg_hba.conf'));
  }

  private confOf(setting: string): VisibleConf | undefined {
    return this.files.confs.find(({ settings }) => settings.has(setting));
  }

  private fileOf(setting: string): PodFile | undefined {
    const path = this.setting(setting);
    if (path === undefined || path === '') { return undefined; }
    const where = { pod: this.pod, manifests: this.manifests };
    return this.fileAt(path) ?? copiedFile(where, this.container, this.absolute(path), this.program.script);
  }

  private fileAt(path: string): PodFile | undefined {
    return fileAt({ pod: this.pod, manifests: this.manifests }, this.container, this.absolute(path));
  }

  private absolute(path: string): string {
    return posix.join(path.startsWith('/') ? '/' : this.dataDirectory, path);
  }

  private textIn(file: PodFile | undefined): string | undefined {
    return file && contentOf({ pod: this.pod, manifests: this.manifests }, file);
  }
}
