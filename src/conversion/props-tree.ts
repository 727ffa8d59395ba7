import { call, Expression, Fields } from './expression';
import { type FieldRules, isRefused } from './field-rule';
import type { FieldAnswer } from './walk-fields';

/** Properties of `Postgres` in the order of a program. */
const ORDER = [
  'metadata', 'version', 'highAvailability', 'sslMode', 'clientAuthMode', 'superuserAccess', 'tls', 'storage', 'deletionPolicy', 'resources', 'parameters', 'init', 'monitor', 'podTemplate', 'services',
];

/** Stands for a dot in the name of a property, as in the parameter `pg_stat_statements.max`. */
export const DOT = '\0';

interface Node {
  value?: Expression;
  readonly children: Map<string, Node>;
}

/** The properties of paths such as `tls.certificates.server.duration` as one object literal. */
export function assembleProps(props: ReadonlyArray<readonly [string, Expression]>): Fields {
  const root: Node = { children: new Map() };
  for (const [path, value] of props) { set(root, path.split('.'), value); }
  const place = (name: string) => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);
  return new Fields([...root.children].sort(([one], [other]) => place(one) - place(other)).map(([name, node]) => [name, wrapped(name, expressionOf(node))]));
}

function set(node: Node, [name, ...rest]: ReadonlyArray<string>, value: Expression): void {
  if (name === undefined) {
    if (!(value instanceof Fields)) { node.value = value; }
    for (const [inner, expression] of value instanceof Fields ? value.entries : []) { set(node, [inner], expression); }
    return;
  }
  const child = node.children.get(name) ?? { children: new Map() };
  node.children.set(name, child);
  set(child, rest, value);
}

function expressionOf({ value, children }: Node): Expression {
  return value ?? new Fields([...children].map(([name, child]) => [name.replaceAll(DOT, '.'), expressionOf(child)]));
}

/** Properties whose options are those of a factory. */
function wrapped(name: string, value: Expression): Expression {
  if (!(value instanceof Fields)) { return value; }
  if (name === 'monitor') { return value.entries.length === 0 ? call('PostgresMonitor.prometheus') : call('PostgresMonitor.prometheus', value); }
  if (name === 'highAvailability') { return call('HighAvailability.patroni', value); }
  if (name !== 'storage') { return value; }
  const options = new Fields(value.entries.filter(([option]) => option !== 'ephemeral'));
  if (options.entries.length === value.entries.length) { return call('PostgresStorage.durable', options); }
  return options.entries.length === 0 ? call('PostgresStorage.ephemeral') : call('PostgresStorage.ephemeral', options);
}

/** The properties of answers, in the order of the rules: that of the YAML means nothing. */
export function propsOf(answers: ReadonlyArray<FieldAnswer>, rules: FieldRules<never>): Array<readonly [string, Expression]> {
  const places = new Map(Object.keys(rules).map((pattern, index) => [pattern, index]));
  const place = ({ pattern }: FieldAnswer) => places.get(pattern) ?? -1;
  return [...answers].sort((one, other) => place(one) - place(other)).flatMap(({ answer }) => (isRefused(answer) ? [] : answer.props));
}
