/* eslint-disable @typescript-eslint/no-explicit-any -- an object of any kind: tests read its fields, and jsii has no unknown */
import type { IConstruct } from 'constructs';
import type { AccessTableRow } from './access-table-row';
import { accessTableRows } from './access-table-rows';
import { type Input, inputOfManifests, inputOfPaths } from './input';
import { connectionsOf, connectionTo, type PlacedConnection } from './manifest-connections';
import { describeQuery, matching, ManifestQuery, nothingMatches } from './manifest-query';
import { manifestSnapshot } from './manifest-snapshot';
import type { ManifestCertificate, ManifestConnection, ManifestDatabase } from './manifest-views';
import { ruleContextOf } from './rule-context-of';
import { TreeValidation } from './tree-validation';
import { validateInput } from './validate-input';
import type { ManifestValidationOptions } from './validation-options';
import { checkArguments } from '../checks';
import { displayName, inNamespace, type Manifest } from '../kubernetes';
import type { IssuanceGraph } from '../pki';
import { NotChecked, readManifests, readText } from '../reading';
import { Finding } from '../rules';
import { podsOf, serverAccesses } from '../workloads';

/** What tests of a construct ask, beside its manifests. */
interface Tree {
  readonly graph: IssuanceGraph;
  readonly findings: () => Finding[];
  readonly isWithin: (manifest: Manifest) => boolean;
}

/** Manifests from any source, for the same rules, which evaluate them together, and for the questions that tests ask. */
export class Manifests {
  /**
   * The manifests of a construct, as they are now: of the app, a chart or a database. Certificates, issuers, clients and databases of the rest of the app count for
   * the answers as well.
   *
   * @param construct the construct
   */
  public static of(construct: IConstruct): Manifests {
    checkArguments('Manifests.of', construct);
    const { path } = construct.node;
    const tree = TreeValidation.of(construct);
    const graph = tree.issuanceGraph();
    const isWithin = (manifest: Manifest) => path === '' || manifest.path === path || manifest.path.startsWith(`${path}/`);
    return new Manifests(inputOfManifests(graph.objects.filter(isWithin), 0), { graph, isWithin, findings: () => tree.findings() });
  }

  /**
   * Manifests in YAML files, all of them: for callers that must not miss one.
   *
   * @param files paths of the files
   * @throws if a file cannot be read or is not valid YAML
   */
  public static fromFiles(files: string[]): Manifests {
    checkArguments('Manifests.fromFiles', files);
    return Manifests.fromYaml(Object.fromEntries(files.map((file) => [file, readText(file)])));
  }

  /**
   * Manifests in files that others wrote, for example all of a repository. Never throws: what cannot be read or is not rendered is in `notChecked`, and `validate` reports it.
   *
   * @param paths files, folders (their YAML and JSON files, and those of subfolders), patterns such as `apps/**\\/*.yaml`, and `-` for standard input
   */
  public static fromPaths(paths: string[]): Manifests {
    checkArguments('Manifests.fromPaths', paths);
    return new Manifests(inputOfPaths(paths));
  }

  /**
   * Manifests in YAML texts.
   *
   * @param texts the texts by the name that findings use for them
   * @throws if a text is not valid YAML
   */
  public static fromYaml(texts: { [name: string]: string }): Manifests {
    checkArguments('Manifests.fromYaml', texts);
    const entries = Object.entries(texts);
    return new Manifests(inputOfManifests(entries.flatMap(([name, yaml]) => readManifests(name, yaml).map((manifest) => ({ ...manifest, file: name }))), entries.length));
  }

  private answers: { readonly graph: IssuanceGraph; readonly connections: ReadonlyArray<PlacedConnection> } | undefined;

  private constructor(private readonly input: Input, private readonly tree?: Tree) {}

  /** Number of manifests that are checked. */
  public get count(): number {
    return this.input.manifests.length;
  }

  /** Number of files or texts, including those that could not be read. */
  public get files(): number {
    return this.input.files;
  }

  /** What was not checked, and why: for each file one entry for each reason. */
  public get notChecked(): NotChecked[] {
    return [...this.input.notChecked];
  }

  /**
   * All findings: errors first, then warnings, including acknowledged ones.
   *
   * @param options facts about the cluster, the deployed manifests, the selected rules, and acknowledgements
   * @throws if an option names an unknown rule, or if an acknowledgement is of an error, has an empty reason or an invalid date
   */
  public validate(options: ManifestValidationOptions = {}): Finding[] {
    checkArguments('Manifests#validate', options);
    return validateInput(this.input, options, { place: 'Manifests: ', now: new Date() });
  }

  /**
   * The first object that has all that is given, as the Kubernetes API has it.
   *
   * @param query kind, name, namespace, API
   * @throws if there is none; the error names the nearest
   */
  public find(query: ManifestQuery): any {
    checkArguments('Manifests#find', query);
    return this.some('find', query)[0]!.manifest;
  }

  /**
   * Every object that has all that is given; an empty list if there is none.
   *
   * @param query kind, name, namespace, API
   * @default - every object
   */
  public findAll(query: ManifestQuery = {}): any[] {
    checkArguments('Manifests#findAll', query);
    return matching(this.input.manifests, query).map(({ manifest }) => manifest);
  }

  /**
   * The one object that has all that is given.
   *
   * @param query kind, name, namespace, API
   * @throws if there is none or more than one; the error names them
   */
  public only(query: ManifestQuery): any {
    checkArguments('Manifests#only', query);
    const [first, ...others] = this.some('only', query);
    if (others.length > 0) {
      const names = [first!, ...others].map((object) => `${displayName(object)}${inNamespace(object.namespace)}`);
      throw new Error(`Manifests.only: ${names.length} objects ${describeQuery(query)}: ${names.join(', ')}; give more fields, or use findAll`);
    }
    return first!.manifest;
  }

  /** Every Certificate of cert-manager, with cert-manager's defaults. */
  public certificates(): ManifestCertificate[] {
    return this.graph.certificates.filter(({ at }) => this.isWithin(at)).map((certificate) => {
      const { at: { name, namespace }, secretName, isCa, commonName, dnsNames, ipAddresses, usages, issuerRef, lifetime, renewBefore, rotatesKey } = certificate;
      return {
        name, namespace, secretName, isCa, commonName, dnsNames, ipAddresses, usages, issuerKind: issuerRef.kind, issuerName: issuerRef.name,
        durationSeconds: lifetime / 1000, renewBeforeSeconds: renewBefore / 1000, rotatesKey,
      };
    });
  }

  /** Every PostgreSQL server; poolers are not among them. */
  public databases(): ManifestDatabase[] {
    return podsOf(this.graph).filter(({ at }) => this.isWithin(at)).flatMap(({ at: { kind, name, namespace }, servers }) => servers.filter(({ isPooler }) => !isPooler)
      .map(({ container, isPortKnown, port, tls }) => (
        { kind, name, namespace, container: container.name, image: container.image, port: isPortKnown ? Number(port) : undefined, tls }
      )));
  }

  /** Every connection from a client in the manifests to a server in them: whether it gets in, and if not, at which step and with which error. */
  public connections(): ManifestConnection[] {
    return this.placedConnections().map(({ connection }) => connection);
  }

  /**
   * Whether a workload gets into a database, followed as in `connections`: `outcome`, and the step and the error if it does not. If the workload has several connections
   * to databases of the name, the answer is one that does not get in, if there is one.
   *
   * @param client name of the workload, for example of a Deployment
   * @param database name of the database
   * @throws if the workload does not connect to such a database; the error names those that it connects to
   */
  public canConnect(client: string, database: string): ManifestConnection {
    checkArguments('Manifests#canConnect', client, database);
    return connectionTo(this.placedConnections(), client, database);
  }

  /** Who can connect to what: the rows of the access table of every server. */
  public access(): AccessTableRow[] {
    return serverAccesses(this.graph).filter(({ at }) => this.isWithin(at)).flatMap(accessTableRows);
  }

  /**
   * All findings: errors first, then warnings, including acknowledged ones. Of a construct those of its whole app, with the options and acknowledgements of `Validation`;
   * of files and texts those of `validate` without options.
   */
  public findings(): Finding[] {
    return this.tree?.findings() ?? this.validate();
  }

  /**
   * The manifests as one text for snapshots: documents by namespace, kind and name, fields by name. A script (`*.sh` in a ConfigMap) is its number of lines and a digest;
   * all else is as written, also `cdk8s-postgres-tls/restart-checksum`, whose change shows that the pods restart.
   */
  public toSnapshot(): string {
    return manifestSnapshot(this.input.manifests);
  }

  private some(method: string, query: ManifestQuery): Manifest[] {
    const found = matching(this.input.manifests, query);
    if (found.length === 0) { throw new Error(`Manifests.${method}: ${nothingMatches(this.input.manifests, query)}`); }
    return found;
  }

  private isWithin(manifest: Manifest): boolean {
    return this.tree?.isWithin(manifest) ?? true;
  }

  private get graph(): IssuanceGraph {
    return this.tree?.graph ?? this.known().graph;
  }

  private placedConnections(): PlacedConnection[] {
    return this.known().connections.filter(({ from, to }) => this.isWithin(from) || this.isWithin(to));
  }

  /** Computed on the first question. */
  private known(): NonNullable<Manifests['answers']> {
    if (this.answers === undefined) {
      const graph = this.tree?.graph ?? ruleContextOf(this.input.manifests, {}, { isApp: false, values: this.input.values });
      this.answers = { graph, connections: connectionsOf(graph) };
    }
    return this.answers;
  }
}
