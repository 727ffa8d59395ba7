import type { Contribution, NamedContribution } from './contribution';

/** Names that a database can have once. */
export interface UniqueNames {
  /** What has the name, for messages. */
  readonly kind: string;
  /** Those of a contribution, in any number. */
  readonly namesOf: (contribution: NamedContribution) => ReadonlyArray<string> | undefined;
  /**
   * A name in messages.
   *
   * @default - the name in quotes
   */
  readonly format?: (name: string) => string;
  /** The property by which the user chooses the name. */
  readonly propertyOf?: (contribution: NamedContribution, name: string) => string | undefined;
}

/** Of parts that a database has once, whatever they contain. */
const single = (kind: string, partOf: (parts: Contribution) => unknown): UniqueNames => (
  { kind, namesOf: ({ parts }) => (partOf(parts) === undefined ? undefined : ['of the database']), format: (name) => name }
);

export const UNIQUE_NAMES: ReadonlyArray<UniqueNames> = [
  { kind: 'certificate', namesOf: ({ parts: { certificates } }) => certificates?.map(({ alias }) => alias) },
  { kind: 'role', namesOf: ({ parts: { roles } }) => roles?.map(({ name }) => name) },
  { kind: 'parameter', namesOf: parameterNames },
  { kind: 'file', namesOf: ({ parts: { files } }) => files?.map(({ name }) => name) },
  { kind: 'volume', namesOf: ({ parts: { volumes = [], claims = [] } }) => [...volumes, ...claims].map(({ name }) => name) },
  { kind: 'container', namesOf: containersOf },
  { kind: 'port', namesOf: ({ parts: { ports } }) => ports?.map(({ name }) => name) },
  {
    kind: 'port', namesOf: ({ parts: { ports } }) => ports?.map(({ number }) => String(number)), format: (number) => number,
    propertyOf: ({ parts: { ports } }, given) => ports?.find(({ number }) => String(number) === given)?.property,
  },
  { kind: 'variable', namesOf: ({ parts: { variables } }) => variables?.map(({ container, variable: { name } }) => `${name} of container ${container}`) },
  { kind: 'resources of container', namesOf: ({ parts: { resources } }) => resources && Object.keys(resources) },
  { kind: 'object', namesOf: objectNames },
  { kind: 'alert', namesOf: ({ parts: { alerts } }) => alerts?.map(({ alert }) => alert) },
  { kind: 'construct', namesOf: ({ parts: { services = [], objects = [] } }) => [...services, ...objects].map(({ id }) => id) },
  { kind: 'network rule of port', namesOf: ({ parts: { networkRules } }) => networkRules?.map(({ port }) => port) },
  single('client CA', ({ clientCa }) => clientCa),
  single('superuser Secret', ({ superuserSecretName }) => superuserSecretName),
  single('pod additions', ({ pod }) => pod),
];

/** Rules report collisions with parameters that the user gives. */
function parameterNames({ parts: { parameters = [], reservedParameters = {} } }: NamedContribution): string[] {
  return [...parameters.filter(({ isGiven }) => !isGiven).map(({ parameter: [name] }) => name.toLowerCase()), ...Object.keys(reservedParameters)];
}

/** Names of the containers of a feature, the reserved ones included. */
export function containersOf({ parts: { containers: added = [] }, containers = [] }: Pick<NamedContribution, 'parts' | 'containers'>): string[] {
  return [...new Set([...containers, ...added.map(({ name }) => name)])];
}

function objectNames({ parts: { services = [], objects = [], certificates = [] } }: NamedContribution): string[] {
  return [...services.map(({ name }) => `Service ${name}`), ...objects.map(({ kind, name }) => `${kind} ${name}`), ...certificates.map(({ name }) => `Certificate ${name}`)];
}
