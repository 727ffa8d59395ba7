import { createHash } from 'node:crypto';
import { Chart } from 'cdk8s';
import { AbstractPod, k8s } from 'cdk8s-plus-27';
import { Construct, IConstruct } from 'constructs';
import { ClientConnection } from './client-connection';
import type { ClientHost } from './connect/client-host';
import { ConnectOptions, PodSpecConnectOptions } from './connect/connect-options';
import { ConnectedPodSpec } from './connect/connected-pod-spec';
import { addEgressPolicy } from './connect/egress-policy';
import { type ConnectionPlan, planConnection } from './connect/plan-connection';
import { factsOfPodSpec, factsOfWorkload, type PodFacts } from './connect/pod-facts';
import { wirePodSpec } from './connect/wire-pod-spec';
import { wireWorkload } from './connect/wire-workload';
import { podsIn } from './plan/network-policy-peer';
import type { IPostgres } from './postgres-ref';
import { ICertificate } from '../cert-manager';
import { checkMethodArguments } from '../checks';

const LONGEST_POLICY_NAME = 253;

/** A declared client of a database: its role, its databases and its certificate. `Postgres.addClient` makes it. */
export class PostgresClient {
  /** @internal */
  public static _of(db: IPostgres, name: string, databases: ReadonlyArray<string>, host: ClientHost): PostgresClient {
    return new PostgresClient(db, name, databases[0] ?? name, [...databases], host);
  }

  /** The role that it logs in as: its name. */
  public readonly role: string;

  private constructor(
    /** The server. */
    public readonly db: IPostgres,
    /** Name of the client. */
    public readonly name: string,
    /** The first of its databases. */
    public readonly database: string,
    /** All of its databases. */
    public readonly databases: string[],
    private readonly host: ClientHost,
  ) {
    this.role = name;
  }

  /**
   * Its certificate, in the namespace of the server. A client that connects only from other namespaces has one there, unless this property is read.
   *
   * @default - none if it logs in with a password, if it is absent, or without TLS
   */
  public get certificate(): ICertificate | undefined {
    return this.host.certificate();
  }

  /**
   * Its password, in the namespace of the server, or of the app that refers to the server.
   *
   * @internal
   */
  public get _password(): ClientHost['password'] {
    return this.host.isAbsent ? undefined : this.host.password;
  }

  /**
   * Connects a workload: a Deployment, StatefulSet, DaemonSet, Job, CronJob or Pod of cdk8s-plus, in the namespace of the database or in another one.
   *
   * Its containers get libpq's environment variables (`PGHOST`, `PGUSER`, `PGSSLMODE` and others; a password as `PGPASSWORD`), the client's key pair in files that libpq
   * accepts, and the CA certificates of the server in a directory of their own. `fsGroup` of the pod is set if it has none. NetworkPolicies of both sides allow the
   * connection: with the first workload, the database admits connected workloads and `network.clients` only, and the egress of the workload is isolated (`egressPolicy`).
   *
   * A workload may have several clients, each with an `envPrefix`. The same call again changes nothing.
   *
   * @param workload the workload, with a namespace
   * @param options variables, files, containers, network
   * @returns the connection with the paths in the container, for drivers that read no environment variables
   * @throws if the client is absent, the certificate or the CA certificates cannot be had in the namespace of the workload, or the workload has other variables, volumes or mounts
   *   of these names. Then nothing has changed.
   */
  public connect(workload: AbstractPod, options: ConnectOptions = {}): ClientConnection {
    checkMethodArguments(this.db, 'PostgresClient#connect', workload, options);
    const { namespace } = workload.metadata;
    const plan = this.plan('connect', workload, namespace, options, factsOfWorkload(workload));
    const { matchLabels = {} } = workload.toPodSelectorConfig().labelSelector._toKube();
    this.prepare(workload, namespace, matchLabels, plan, options, this.egressPolicyName(workload, options));
    wireWorkload(workload, plan);
    return plan.connection;
  }

  /**
   * Connects the pods of a specification of the Kubernetes API, as `connect` does a workload of cdk8s-plus. The Certificate and the NetworkPolicy are made below `scope`.
   *
   * @param scope a construct in the chart of the object that contains the specification
   * @param podSpec the specification, which stays as it is
   * @param options labels of the pods, and the options of `connect`
   * @returns a copy of the specification with what the client needs, and the connection
   * @throws as `connect`, and if there is no label
   */
  public connectPodSpec(scope: Construct, podSpec: k8s.PodSpec, options: PodSpecConnectOptions): ConnectedPodSpec {
    checkMethodArguments(this.db, 'PostgresClient#connectPodSpec', scope, podSpec, options);
    const { podLabels, ...rest } = options;
    const { namespace } = Chart.of(scope);
    const plan = this.plan('connectPodSpec', scope, namespace, rest, factsOfPodSpec(podSpec), labelFaults(podLabels));
    this.prepare(scope, namespace, podLabels, plan, options);
    return { podSpec: wirePodSpec(podSpec, plan.wiring, plan.isWired), connection: plan.connection };
  }

  private plan(method: string, place: IConstruct, namespace: string | undefined, options: ConnectOptions, pod: PodFacts, ofPods: string[] = []): ConnectionPlan {
    const { db, role, databases, host } = this;
    const faults = [...this.namespaceFaults(place, namespace), ...ofPods];
    const plan = faults.length > 0 ? { faults } : planConnection({ db, role, databases, host, options, pod, otherNamespace: this.otherNamespace(namespace) });
    if ('faults' in plan) { throw new Error(plan.faults.map((fault) => `[${place.node.path}] PostgresClient.${method}: ${fault}`).join('\n')); }
    return plan;
  }

  /** Without a namespace two objects are in the same one only if they are applied together. */
  private namespaceFaults(place: IConstruct, namespace: string | undefined): string[] {
    const { db } = this;
    if (namespace === undefined && (db.namespace !== undefined || Chart.of(place) !== Chart.of(db))) { return ['the workload has no namespace; give its chart a namespace']; }
    if (namespace !== undefined && db.namespace === undefined) { return [`database '${db.name}' has no namespace; give its chart a namespace`]; }
    return [];
  }

  private otherNamespace(namespace: string | undefined): string | undefined {
    return namespace === this.db.namespace ? undefined : namespace;
  }

  /** Of the kind too: a Deployment and a CronJob may have one name. */
  private egressPolicyName({ kind, name, metadata: { namespace } }: AbstractPod, { through }: ConnectOptions): string | undefined {
    const target = [this.otherNamespace(namespace) === undefined ? undefined : this.db.namespace, this.db.name, through?.name].filter((part) => part !== undefined);
    const policy = [kind.toLowerCase(), name, 'to', ...target].join('-');
    return policy.length > LONGEST_POLICY_NAME ? undefined : policy;
  }

  /** Makes what is outside of the pod. */
  private prepare(
    scope: Construct, namespace: string | undefined, podLabels: Readonly<Record<string, string>>, { certificates, hasEgressPolicy }: ConnectionPlan,
    { through }: ConnectOptions, policyName?: string,
  ): void {
    const otherNamespace = this.otherNamespace(namespace);
    for (const { make } of certificates) { make(scope); }
    this.host.admit({ client: this.name, otherNamespace, peer: podsIn(podLabels, otherNamespace), ...(through !== undefined && { pooler: through.name }) });
    if (!hasEgressPolicy) { return; }
    const distinct = createHash('sha256').update(JSON.stringify([this.db.node.addr, podLabels, ...(through === undefined ? [] : [through.name])])).digest('hex').slice(0, 8);
    addEgressPolicy(scope, `to-${this.db.name}-${distinct}`, {
      name: policyName, namespace, podSelector: { matchLabels: { ...podLabels } }, egress: this.host.egress(otherNamespace !== undefined, through?.name),
    });
  }
}

/** A NetworkPolicy without labels selects every pod of its namespace. */
function labelFaults(podLabels: Readonly<Record<string, string>>): string[] {
  return Object.keys(podLabels).length > 0 ? [] : ['podLabels is empty, and a NetworkPolicy without labels selects every pod of the namespace; give labels that only these pods have'];
}
