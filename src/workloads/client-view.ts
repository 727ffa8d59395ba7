import { certificateOf, contentOf, fileAt, PodFile } from './pod-files';
import { imageName, isServerImage } from './server-image';
import type { ServerView } from './server-view';
import { isShell, shellCommands, shellInput } from '../formats';
import { argumentField, ContainerView, environmentOf, PodView, variableField } from '../kubernetes';
import { CertificateNode, IssuanceGraph } from '../pki';
import { ConnectionSettings, connectionSettings, ENVIRONMENT, isLibpqProgram, parseConnection, parseProgramOptions } from '../postgresql';

/** Exporters connect with lib/pq, which has the key file rules of libpq. */
const LIBPQ_IMAGES = new Set(['postgres-exporter', 'postgres_exporter']);

const JDBC = /^\s*jdbc:/;

/** A text with connection settings. */
interface ConnectionText {
  /** As messages name it. */
  readonly where: string;
  /** The place of a value of the text in the workload; of the text itself where no value is given. */
  readonly field: (value: string | undefined) => string;
  readonly settings: ConnectionSettings | undefined;
  /** Whether the text is for pgjdbc. */
  readonly isJdbc?: boolean;
}

/** A connection that a container is configured to make. */
export class ClientView {
  /** Every visible connection of a container, and that of a standby to its primary. */
  public static of(pod: PodView, container: ContainerView, manifests: IssuanceGraph, server: ServerView | undefined): ClientView[] {
    const variables = environmentOf(pod, container, manifests);
    const service = serviceOf(pod, container, manifests, variables);
    const defaults = { ...service, ...connectionSettings([...variables].flatMap(([name, value]) => (ENVIRONMENT[name] ? [[ENVIRONMENT[name], value] as const] : []))) };
    const commands = commandsOf(container);
    const libpq = isServerImage(container.image) || LIBPQ_IMAGES.has(imageName(container.image)) || commands.some(([word = '']) => isLibpqProgram(word));
    const texts: ConnectionText[] = [
      ...[...variables].map(([name, value]) => ({
        where: name, field: () => variableField(container, name), settings: ENVIRONMENT[name] ? undefined : valueOf(name, value, variables), isJdbc: JDBC.test(value),
      })),
      ...commands.map((words) => ({
        where: 'its arguments',
        field: (value?: string) => argumentField(container, (word) => value !== undefined && word.includes(value)),
        settings: isLibpqProgram(words[0] ?? '') ? parseProgramOptions(words.slice(1)) : merged(words.map(parseConnection)),
        isJdbc: words.some((word) => JDBC.test(word)),
      })),
      {
        where: 'its environment',
        field: () => `${container.field}.env`,
        // The variables of a server container are for tools inside it.
        settings: (defaults.host ?? defaults.sslcert ?? defaults.sslkey ?? defaults.sslmode) === undefined || server !== undefined ? undefined : {},
      },
    ];
    const primary = server?.setting('primary_conninfo');
    return [
      ...texts.flatMap((found) => (found.settings === undefined ? [] : [new ClientView(pod, container, manifests, found, defaults, libpq)])),
      ...(primary === undefined ? [] : [new ClientView(pod, container, manifests, {
        where: 'primary_conninfo', field: () => server!.fieldOf('primary_conninfo'), settings: parseConnection(primary) ?? {},
      }, {}, true)]),
    ];
  }

  public readonly hosts: ReadonlyArray<string>;
  public readonly certificateFile: PodFile | undefined;
  public readonly keyFile: PodFile | undefined;
  public readonly caFile: PodFile | undefined;

  private readonly settings: ConnectionSettings;

  private constructor(
    public readonly pod: PodView, public readonly container: ContainerView, private readonly manifests: IssuanceGraph,
    private readonly source: ConnectionText,
    private readonly defaults: ConnectionSettings,
    /** Whether libpq or lib/pq makes the connection: both check the mode of the key file. */
    public readonly isLibpq: boolean,
  ) {
    const settings = { ...defaults, ...source.settings };
    this.settings = settings;
    // A path is that of a socket, without TLS.
    this.hosts = (settings.host ?? '').split(',').filter((host) => host !== '' && !host.startsWith('/') && !host.startsWith('@'));
    this.certificateFile = this.fileAt(settings.sslcert);
    this.keyFile = this.fileAt(settings.sslkey);
    this.caFile = this.fileAt(settings.sslrootcert);
  }

  /** The place of the settings, as messages name it. */
  public get where(): string {
    return this.source.where;
  }

  /** The place in the workload of a setting: the text that has it, or the variable of libpq; where it is not set, where it should be. */
  public fieldOf(setting: keyof ConnectionSettings): string {
    const own = this.source.settings?.[setting];
    if (own !== undefined || this.defaults[setting] === undefined) { return this.source.field(own); }
    return variableField(this.container, Object.keys(ENVIRONMENT).find((name) => ENVIRONMENT[name] === setting)!);
  }

  /** A setting as it is given; undefined where it is not visible. */
  public setting(name: keyof ConnectionSettings): string | undefined {
    return this.settings[name];
  }

  /** Whether pgjdbc makes the connection. */
  public get isJdbc(): boolean {
    return this.source.isJdbc === true;
  }

  public get user(): string | undefined {
    return this.settings.user;
  }

  public get database(): string | undefined {
    return this.settings.dbname ?? this.settings.user;
  }

  public get sslMode(): string {
    return this.settings.sslmode ?? 'prefer';
  }

  /** Whether it rejects a server that it cannot verify. */
  public get verifies(): boolean {
    return this.sslMode === 'verify-ca' || this.sslMode === 'verify-full';
  }

  /** Whether it connects with TLS only. */
  public get insistsOnTls(): boolean {
    return this.verifies || this.sslMode === 'require';
  }

  /** The address for a host: its hostaddr, the entry in the hosts file of the pod, or the host itself. */
  public placeOf(host: string): string {
    const addresses = (this.settings.hostaddr ?? '').split(',');
    return addresses[this.hosts.indexOf(host)] || this.pod.hostAddress(host) || host;
  }

  /** The port for the host at a position of the list. */
  public portOf(host: string): string {
    const ports = (this.settings.port ?? '').split(',');
    return ports[this.hosts.indexOf(host)] || ports[0] || '5432';
  }

  /** The Certificate that it presents. */
  public get certificate(): CertificateNode | undefined {
    return this.certificateFile && certificateOf(this.pod, this.manifests, this.certificateFile.source);
  }

  public certificateOf(file: PodFile): CertificateNode | undefined {
    return certificateOf(this.pod, this.manifests, file.source);
  }

  private fileAt(path: string | undefined): PodFile | undefined {
    return path === undefined ? undefined : fileAt({ pod: this.pod, manifests: this.manifests }, this.container, path);
  }
}

/** The commands of a container, as lists of words: its own command, or the commands of its shell script. */
function commandsOf({ command, args }: ContainerView): ReadonlyArray<ReadonlyArray<string>> {
  const argv = [...command, ...args];
  const text = isShell(argv[0] ?? '') ? shellInput(argv).text : undefined;
  return text === undefined ? [argv] : shellCommands(text).map(({ words }) => words.slice(Math.max(0, words.findIndex((word) => word !== 'exec' && !/^\w+=/.test(word)))));
}

/** postgres_exporter has separate variables for the URI and the login. */
function valueOf(name: string, value: string, variables: ReadonlyMap<string, string>): ConnectionSettings | undefined {
  if (name !== 'DATA_SOURCE_URI') { return parseConnection(value); }
  return parseConnection(`postgresql://${variables.get('DATA_SOURCE_USER') ?? ''}@${value}`);
}

function merged(parts: ReadonlyArray<ConnectionSettings | undefined>): ConnectionSettings | undefined {
  const found = parts.filter((part) => part !== undefined);
  return found.length === 0 ? undefined : Object.assign({}, ...found) as ConnectionSettings;
}

/** The section of a service file that PGSERVICE names, where the file is in a ConfigMap of the app. */
function serviceOf(pod: PodView, container: ContainerView, manifests: IssuanceGraph, variables: ReadonlyMap<string, string>): ConnectionSettings {
  const path = variables.get('PGSERVICEFILE');
  const name = variables.get('PGSERVICE');
  const file = path === undefined ? undefined : fileAt({ pod, manifests }, container, path);
  const content = file && contentOf({ pod, manifests }, file);
  if (content === undefined || name === undefined) { return {}; }
  const section = content.split(/^\s*\[/m).find((part) => part.split(']')[0]!.trim() === name) ?? '';
  return connectionSettings(section.split('\n').slice(1).map((line) => line.split('=')).map(([setting = '', ...rest]) => [setting.trim(), rest.join('=').trim()] as const));
}
