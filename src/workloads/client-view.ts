import { clientDefaults, defaultFiles, prefixedSettings, serviceSettings } from './client-defaults';
import { connectionTexts, type ConnectionText, containerDriver } from './client-texts';
import { certificateOf, fileAt, PodFile } from './pod-files';
import type { ContainerPlace } from './server-files';
import type { ServerView } from './server-view';
import { ContainerView, environmentOf, PodView, variableField } from '../kubernetes';
import { CertificateNode, IssuanceGraph } from '../pki';
import { ConnectionSettings, ConnectionDriver, ENVIRONMENT, libpqConnection, parseConnection, PGJDBC, RejectedOption, UNKNOWN_DRIVER } from '../postgresql';

const NO_OPTIONS = new Map<string, string>();

/** The variable of libpq for a setting. */
function variableOf(setting: keyof ConnectionSettings): string {
  return Object.keys(ENVIRONMENT).find((name) => ENVIRONMENT[name] === setting)!;
}

/** A connection that a container is configured to make. */
export class ClientView {
  /** Every visible connection of a container, and that of a standby to its primary. */
  public static of(pod: PodView, container: ContainerView, manifests: IssuanceGraph, server: ServerView | undefined): ClientView[] {
    const place: ContainerPlace = { pod, container, manifests, variables: environmentOf(pod, container, manifests) };
    const defaults = clientDefaults(place, container, place.variables);
    const texts = connectionTexts(place, server !== undefined);
    // The variables of a server container are for tools inside it.
    const isClient = (defaults.host ?? defaults.sslcert ?? defaults.sslkey ?? defaults.sslmode) !== undefined && server === undefined;
    if (isClient) {
      texts.push({ where: 'its environment', field: () => `${container.field}.env`, connection: { driver: UNKNOWN_DRIVER, settings: {}, options: NO_OPTIONS } });
    }
    if (server === undefined) {
      for (const [prefix, settings] of prefixedSettings(place.variables)) {
        texts.push({
          where: `its variables ${prefix}PG…`, field: (_, setting = 'host') => variableField(container, `${prefix}${variableOf(setting)}`),
          connection: { driver: UNKNOWN_DRIVER, settings, options: NO_OPTIONS },
        });
      }
    }
    const primary = server?.setting('primary_conninfo');
    const driver = texts.length === 0 ? UNKNOWN_DRIVER : containerDriver(place);
    return [
      ...texts.map((found) => new ClientView(place, found, found.connection.driver === UNKNOWN_DRIVER ? driver : found.connection.driver,
        found.service === undefined ? defaults : { ...defaults, ...serviceSettings(place, container, place.variables, found.service) })),
      ...(primary === undefined ? [] : [new ClientView(place, {
        where: 'primary_conninfo', field: () => server!.fieldOf('primary_conninfo'), connection: libpqConnection(parseConnection(primary) ?? {}),
      }, libpqConnection({}).driver, {})]),
    ];
  }

  public readonly pod: PodView;
  public readonly container: ContainerView;
  public readonly hosts: ReadonlyArray<string>;
  public readonly certificateFile: PodFile | undefined;
  public readonly keyFile: PodFile | undefined;
  public readonly caFile: PodFile | undefined;
  /** The sslmode with which libpq would have the effect that its driver has. */
  public readonly sslMode: string;

  private readonly settings: ConnectionSettings;

  private constructor(
    private readonly place: ContainerPlace,
    private readonly source: ConnectionText,
    /** Whose rules its settings are read by. */
    public readonly driver: ConnectionDriver,
    /** Settings in variables and service files. */
    private readonly defaults: ConnectionSettings,
  ) {
    this.pod = place.pod;
    this.container = place.container;
    const read = Object.fromEntries(Object.entries(defaults).filter(([setting]) => driver.variables.has(setting as keyof ConnectionSettings)));
    const ofHome = driver.checksKeyMode ? defaultFiles(place, place.container) : {};
    const settings: ConnectionSettings = { ...ofHome, ...read, ...source.connection.settings };
    this.settings = settings;
    this.sslMode = driver.effect(settings, source.connection.options);
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

  /** The option that its driver is known to reject. */
  public get rejectedOption(): RejectedOption | undefined {
    return this.source.connection.rejected;
  }

  /** The place in the workload of a setting: the text that has it, or the variable of libpq; where it is not set, where it should be. */
  public fieldOf(setting: keyof ConnectionSettings): string {
    const own = this.source.connection.settings[setting];
    if (own !== undefined || this.defaults[setting] === undefined || !this.driver.variables.has(setting)) { return this.source.field(own, setting); }
    return variableField(this.container, variableOf(setting));
  }

  /** A setting as it is given; undefined where it is not visible. */
  public setting(name: keyof ConnectionSettings): string | undefined {
    return this.settings[name];
  }

  /** Whether pgjdbc makes the connection. */
  public get isJdbc(): boolean {
    return this.driver === PGJDBC;
  }

  public get user(): string | undefined {
    return this.settings.user;
  }

  public get database(): string | undefined {
    return this.settings.dbname ?? (this.driver.hasDefaultDatabase === false ? undefined : this.settings.user);
  }

  /** Whether libpq or lib/pq makes the connection: both check the mode of the key file. */
  public get isLibpq(): boolean {
    return this.driver.checksKeyMode;
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
    return this.certificateFile && this.certificateOf(this.certificateFile);
  }

  public certificateOf(file: PodFile): CertificateNode | undefined {
    return certificateOf(this.pod, this.place.manifests, file.source);
  }

  private fileAt(path: string | undefined): PodFile | undefined {
    return path === undefined ? undefined : fileAt(this.place, this.container, path);
  }
}
