import { databaseVersion, type DatabaseVersion } from './database-version';
import { isGiven, mapping, Mapping, mappings, text } from '../../data';
import { call, Expression, fields, literal, Statement, Variable } from '../expression';
import type { ReadManifest } from '../../reading';

/** Majors that this package has. */
export const MAJORS = { oldest: 14, newest: 18 } as const;

/** A database of KubeDB, its neighbours in the input, and the constructs that it needs. */
export class KubeDbContext {
  public readonly name: string;
  public readonly namespace: string;
  public readonly spec: Mapping;
  public readonly version: DatabaseVersion | undefined;
  private readonly made = new Map<string, Statement>();

  /** @param patroniImage image for databases with several instances */
  public constructor(database: Mapping, private readonly manifests: ReadonlyArray<ReadManifest>, public readonly patroniImage?: string) {
    const metadata = mapping(database['metadata']);
    this.name = text(metadata['name']);
    this.namespace = text(metadata['namespace']);
    this.spec = mapping(database['spec']);
    this.version = databaseVersion(text(this.spec['version']));
  }

  /** The major version, inside of what this package has. */
  public get major(): number {
    return Math.min(MAJORS.newest, Math.max(MAJORS.oldest, this.version?.major ?? MAJORS.newest));
  }

  public get instances(): number {
    return Number(this.spec['replicas'] ?? 1);
  }

  /** Whether Patroni runs the instances. */
  public get usesPatroni(): boolean {
    return this.patroniImage !== undefined && this.instances > 1;
  }

  public get isReplicated(): boolean {
    return this.instances > 1 || mappings(this.spec['readReplicas']).length > 0;
  }

  public get hasTls(): boolean {
    return isGiven(this.spec['tls']);
  }

  public get hasMonitor(): boolean {
    return isGiven(this.spec['monitor']);
  }

  /** KubeDB's default: by the real major version, also one that this package does not have. */
  public get clientAuthMode(): string {
    return text(this.spec['clientAuthMode'] ?? ((this.version?.major ?? MAJORS.newest) < 18 ? 'md5' : 'scram'));
  }

  public get usesCertificates(): boolean {
    return this.clientAuthMode === 'cert';
  }

  /** The constructs that the properties refer to, in the order in which they are needed. */
  public get statements(): Statement[] {
    return [...this.made.values()];
  }

  /** Whether an object of the input was taken over. */
  public isUsed(kind: string, name: string): boolean {
    return this.made.get(`${kind} ${name}`)?.make === kind;
  }

  /** An issuer: of the input if it is there and of a type that is converted, otherwise by its name. */
  public issuer(reference: Mapping): Variable {
    const [kind, name, group] = [text(reference['kind'] ?? 'Issuer'), text(reference['name']), text(reference['apiGroup'] ?? 'cert-manager.io')];
    if (group !== 'cert-manager.io') { return this.statement(kind, name, 'Issuer.fromExternalIssuer', [fields({ group, kind, name })]); }
    const spec = mapping(this.find(kind, name)?.['spec']);
    const options = isGiven(spec['acme']) ? [fields({ providesCaCertificate: false })] : [];
    if (kind === 'ClusterIssuer') { return this.statement(kind, name, 'ClusterIssuer.fromClusterIssuerName', [name, ...options]); }
    const source = this.issuerSource(name, spec);
    return source === undefined ? this.statement(kind, name, 'Issuer.fromIssuerName', [name, ...options]) : this.statement(kind, name, 'Issuer', [source]);
  }

  public secret(name: string): Variable {
    return this.statement('Secret', name, 'Secret.fromSecretName', [name]);
  }

  public configMap(name: string): Variable {
    return this.statement('ConfigMap', name, 'ConfigMap.fromConfigMapName', [name]);
  }

  /** The text of a key of a Secret in the input. */
  public secretText(name: string, key: string): string | undefined {
    const { stringData, data } = this.find('Secret', name) ?? {};
    const [plain, encoded] = [mapping(stringData)[key], mapping(data)[key]];
    return typeof plain === 'string' ? plain : typeof encoded === 'string' ? Buffer.from(encoded, 'base64').toString('utf8') : undefined;
  }

  /** A ClusterIssuer is of the whole cluster, and other types have settings of their own: those stay in Git as they are. */
  private issuerSource(name: string, spec: Mapping): Expression | undefined {
    const types = Object.keys(spec).filter((type) => isGiven(spec[type]));
    if (types.length !== 1) { return undefined; }
    const settings = mapping(spec[types[0]!]);
    const { labels, annotations } = mapping(this.find('Issuer', name)?.['metadata']);
    const metadata = labels === undefined && annotations === undefined ? undefined
      : fields({ name, labels: labels === undefined ? undefined : literal(labels), annotations: annotations === undefined ? undefined : literal(annotations) });
    if (types[0] === 'selfSigned' && Object.keys(settings).length === 0) { return fields({ metadata, source: call('IssuerSource.selfSigned') }); }
    if (types[0] !== 'ca' || typeof settings['secretName'] !== 'string' || Object.keys(settings).length > 1) { return undefined; }
    const secret = settings['secretName'];
    const certificate = this.statement('Certificate', secret, 'Certificate.fromSecretName', [secret]);
    return fields({ metadata, source: call('IssuerSource.ca', certificate) });
  }

  /** An object of the input: of the database's namespace unless it has none. */
  private find(kind: string, name: string): Mapping | undefined {
    return this.manifests.map(({ content }) => content).find(({ kind: other, metadata }) => {
      const { name: otherName, namespace } = mapping(metadata);
      return other === kind && otherName === name && (kind === 'ClusterIssuer' || !isGiven(namespace) || this.namespace === '' || namespace === this.namespace);
    });
  }

  private statement(kind: string, name: string, make: string, parameters: ReadonlyArray<Expression>): Variable {
    const known = this.made.get(`${kind} ${name}`);
    if (known !== undefined) { return new Variable(known.variable); }
    const others = [...this.made.values()];
    const id = others.some((other) => other.id === name) ? `${name}-${kind.toLowerCase()}` : name;
    const variable = variableName(id);
    this.made.set(`${kind} ${name}`, { variable: others.some((other) => other.variable === variable) ? `${variable}${kind}` : variable, id, make, parameters });
    return new Variable(this.made.get(`${kind} ${name}`)!.variable);
  }
}

/** `postgres-ca-issuer` as `postgresCaIssuer`. */
export function variableName(name: string): string {
  const camel = name.replace(/[^A-Za-z0-9]+(.)?/g, (_, next: string | undefined) => (next ?? '').toUpperCase());
  return /^[A-Za-z]/.test(camel) ? camel.charAt(0).toLowerCase() + camel.slice(1) : `_${camel}`;
}
