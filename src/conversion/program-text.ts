import type { Statement } from './expression';
import { type ConvertedDatabase } from './kubedb/convert';
import { classesOf, classOf, printExpression, quoted } from './print-expression';
import { groupBy } from '../data';

/** Where classes are imported from; all others are of this package. */
const PEERS: Readonly<Record<string, ReadonlyArray<string>>> = {
  'cdk8s': ['App', 'Chart', 'Duration', 'Size'],
  'cdk8s-plus-27': ['ConfigMap', 'Cpu', 'PersistentVolumeAccessMode', 'Secret'],
};

const OWN = 'cdk8s-postgres-tls';

/** A TypeScript program that writes the manifests of the databases: a chart a namespace. */
export function programText(databases: ReadonlyArray<ConvertedDatabase>): string {
  const charts = [...groupBy(databases, ({ namespace }) => namespace)];
  const bodies = charts.map(([namespace, group]) => (charts.length === 1 ? chartText(namespace, group, '') : `{\n${chartText(namespace, group, '  ')}}\n`));
  const classes = [...new Set(['App', 'Chart', 'Postgres', ...databases.flatMap(({ statements, props }) => [...classesOf(props), ...statements.flatMap(classesOfStatement)])])].sort();
  const imports = [...Object.keys(PEERS), OWN].flatMap((module) => {
    const names = classes.filter((name) => moduleOf(name) === module);
    return names.length === 0 ? [] : [`import { ${names.join(', ')} } from '${module}';`];
  });
  return [...imports, '', 'const app = new App();', '', ...bodies, 'app.synth();', ''].join('\n');
}

/** Each of several charts is a block, because databases of different namespaces have issuers of the same names. */
function chartText(namespace: string, databases: ReadonlyArray<ConvertedDatabase>, indent: string): string {
  const name = namespace === '' ? databases[0]!.name : namespace;
  const chart = 'chart';
  const made = new Set<string>();
  const lines = [`const ${chart} = new Chart(app, ${quoted(name)}${namespace === '' ? '' : `, { namespace: ${quoted(namespace)} }`});`];
  for (const { name: database, statements, props } of databases) {
    for (const statement of statements.filter(({ variable }) => !made.has(variable))) {
      made.add(statement.variable);
      lines.push(statementText(statement, chart, indent));
    }
    lines.push(`new Postgres(${chart}, ${quoted(database)}, ${printExpression(props, indent)});`);
  }
  return lines.map((line) => `${indent}${line}\n`).join('');
}

function statementText({ variable, id, make, parameters }: Statement, chart: string, indent: string): string {
  const given = parameters.map((parameter) => printExpression(parameter, indent));
  return `const ${variable} = ${make.includes('.') ? make : `new ${make}`}(${[chart, quoted(id), ...given].join(', ')});`;
}

function classesOfStatement({ make, parameters }: Statement): string[] {
  return [classOf(make), ...parameters.flatMap(classesOf)];
}

function moduleOf(name: string): string {
  return Object.keys(PEERS).find((module) => PEERS[module]!.includes(name)) ?? OWN;
}
