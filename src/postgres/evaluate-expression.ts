import { Duration, Size } from 'cdk8s';
import { ConfigMap, Cpu, PersistentVolumeAccessMode, Secret } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { HighAvailability } from './features/availability/high-availability';
import { InitScripts } from './features/initialization/initialization';
import { PostgresMonitor } from './features/monitoring/monitor';
import { DeletionPolicy } from './features/storage/deletion-policy';
import { PostgresStorage, VolumeDataSource } from './features/storage/storage';
import { ClientCa } from './features/tls/client-ca';
import { SuperuserAccess } from './features/access/superuser-access';
import { PostgresServiceType } from './service-type';
import { ClientAuthMode, SslMode } from './ssl-mode';
import { PostgresVersion } from './version';
import { Certificate, ClusterIssuer, Issuer, IssuerSource, PrivateKey, PrivateKeyEncoding } from '../cert-manager';
import { Call, Constant, Expression, Fields, Statement, Variable } from '../conversion';

/** Classes and enums that a conversion uses, by their names in a program. */
const CLASSES = {
  Certificate, ClientAuthMode, ClientCa, ClusterIssuer, ConfigMap, Cpu, DeletionPolicy, Duration, HighAvailability, InitScripts, Issuer, IssuerSource, PersistentVolumeAccessMode,
  PostgresMonitor, PostgresServiceType, PostgresStorage, PostgresVersion, PrivateKey, PrivateKeyEncoding, Secret, Size, SslMode, SuperuserAccess, VolumeDataSource,
};

/** Constructs by their variables. */
export type Variables = ReadonlyMap<string, unknown>;

/** The construct of a chart below which its databases find the issuers that they share. */
const SHARED = 'kubedb-references';

/** What constructs were made of. */
const made = new WeakMap<object, string>();

/**
 * Makes the constructs of statements, once in a chart.
 *
 * @throws if another database of the chart has made one of the same name from other settings
 */
export function evaluateStatements(chart: Construct, statements: ReadonlyArray<Statement>): Variables {
  const variables = new Map<string, unknown>();
  for (const { variable, id, make, parameters } of statements) {
    const shared = chart.node.tryFindChild(SHARED) as Construct | undefined ?? new Construct(chart, SHARED);
    const [childId, settings] = [make === 'Issuer' ? id : `${make}.${id}`, JSON.stringify(parameters)];
    const known = shared.node.tryFindChild(childId);
    if (known !== undefined && made.get(known) !== settings) { throw new Error(`[${known.node.path}] ${make} '${id}' has other settings in the YAML of another database; give it once`); }
    const given = parameters.map((parameter) => evaluateExpression(parameter, variables));
    const construct = known ?? (make.includes('.') ? member<Method>(make)(shared, childId, ...given) : new (classOf<Maker>(make))(shared, childId, ...given)) as Construct;
    made.set(construct, settings);
    variables.set(variable, construct);
  }
  return variables;
}

/** The value of an expression. */
export function evaluateExpression(expression: Expression, variables: Variables): unknown {
  if (expression instanceof Variable) { return variables.get(expression.name); }
  if (expression instanceof Constant) { return member(expression.name); }
  if (expression instanceof Call) { return member<Method>(expression.method)(...expression.parameters.map((parameter) => evaluateExpression(parameter, variables))); }
  if (expression instanceof Fields) { return Object.fromEntries(expression.entries.map(([name, value]) => [name, evaluateExpression(value, variables)])); }
  return Array.isArray(expression) ? (expression as ReadonlyArray<Expression>).map((item) => evaluateExpression(item, variables)) : expression;
}

type Method = (...given: unknown[]) => unknown;
type Maker = new (...given: unknown[]) => unknown;

function classOf<Type>(name: string): Type {
  return CLASSES[name as keyof typeof CLASSES] as Type;
}

/** A static member, such as `Size.gibibytes`. */
function member<Type>(name: string): Type {
  const [className, memberName] = name.split('.') as [string, string];
  const holder = classOf<Readonly<Record<string, unknown>>>(className);
  const found = holder[memberName];
  return (typeof found === 'function' ? found.bind(holder) : found) as Type;
}
