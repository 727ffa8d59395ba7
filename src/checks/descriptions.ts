import { isConstruct } from './classes';
import { propertiesOf, Shape } from './shape';
import { ENUMS, MAKERS } from './shapes';

/** Examples of instances of foreign classes. */
const EXAMPLES: Readonly<Record<string, string>> = {
  Cpu: 'Cpu.millis(250) of cdk8s-plus',
  Duration: 'Duration.days(90) of cdk8s',
  ICertificate: 'a Certificate or Certificate.fromSecretName()',
  IConfigMap: 'ConfigMap.fromConfigMapName() of cdk8s-plus',
  INetworkPeer: 'a Deployment, Pods.select(), Namespaces.select() or NetworkPolicyIpBlock.ipv4() of cdk8s-plus',
  IIssuer: 'a CertificateAuthority, an Issuer, a ClusterIssuer or Issuer.fromIssuerName()',
  IResolver: 'an object with the method resolve',
  ISecret: 'Secret.fromSecretName() of cdk8s-plus',
  IStorage: 'Volume.fromConfigMap() of cdk8s-plus',
  IServiceAccount: 'ServiceAccount.fromServiceAccountName() of cdk8s-plus',
  Size: 'Size.gibibytes(10) of cdk8s',
};

/** The expected value, with its article. */
export function expected(shape: Shape): string {
  switch (shape.kind) {
    case 'list': return `a list, each item ${expected(shape.of)}`;
    case 'mapping': return `an object, each value ${expected(shape.of)}`;
    case 'named': return named(shape.name);
    case 'union': return shape.of.map(expected).join(', or ');
    case 'number': return 'a finite number';
    case 'object': return 'an object of the Kubernetes API';
    case 'any': return 'a value';
    default: return `a ${shape.kind}`;
  }
}

function named(name: string): string {
  if (name === 'IConstruct') { return 'a construct'; }
  const properties = propertiesOf(name);
  if (properties !== undefined) {
    const required = properties.filter(({ isOptional }) => !isOptional).map((property) => property.name);
    return `an object ${name}${required.length > 0 ? ` with ${required.join(', ')}` : ''}`;
  }
  if (Object.hasOwn(ENUMS, name)) { return `one of ${ENUMS[name as keyof typeof ENUMS].map(described).join(', ')}`; }
  const examples = EXAMPLES[name] ?? MAKERS[name as keyof typeof MAKERS]?.slice(0, 5).join(', ');
  return `${/^[AEIOU]/.test(name) ? 'an' : 'a'} ${name}${examples === undefined ? '' : `, for example ${examples}`}`;
}

/** A value as a message shows it. Of objects only the property names, since a value may be a secret. */
export function described(value: unknown): string {
  switch (typeof value) {
    case 'string': return `'${value.length > 60 ? `${value.slice(0, 60)}…` : value}'`;
    case 'function': return `the ${/^class\b/.test(Function.prototype.toString.call(value)) ? 'class' : 'function'} ${value.name}`.trimEnd();
    case 'object': return value === null ? 'null' : describedObject(value);
    default: return String(value);
  }
}

function describedObject(value: object): string {
  if (Array.isArray(value)) { return `a list of ${value.length}`; }
  const name = value.constructor?.name;
  if (isConstruct(value)) { return `the construct ${value.node.path === '' ? '' : `${value.node.path} `}(${name})`; }
  if (name !== undefined && name !== 'Object') { return `an instance of ${name}`; }
  const keys = Object.keys(value);
  return keys.length === 0 ? 'an object without properties' : `an object with ${keys.slice(0, 5).join(', ')}${keys.length > 5 ? ', …' : ''}`;
}
