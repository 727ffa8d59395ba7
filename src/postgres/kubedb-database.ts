import type { KubeDbOptions } from './kubedb-report';
import { ConvertedDatabase, convertKubeDb, KUBEDB_TEXT } from '../conversion';
import { readTexts } from '../reading';

/**
 * The one database of a YAML text.
 *
 * @throws for everything that is wrong with the text, and for a namespace that is not that of the chart
 */
export function kubeDbDatabase(path: string, yaml: string, options: KubeDbOptions, namespace: string | undefined): ConvertedDatabase {
  const { databases, faults } = convertKubeDb(readTexts([[KUBEDB_TEXT, yaml]]), options.acknowledge, options.patroniImage);
  const named = databases.filter(({ name }) => options.database === undefined || name === options.database);
  const found = named.length > 1 && named.some((database) => database.namespace === namespace) ? named.filter((database) => database.namespace === namespace) : named;
  const database = found[0];
  const wrong = faults.length > 0 ? faults : faultsOf(databases, found, options.database, namespace);
  if (database === undefined || wrong.length > 0) {
    throw new Error(`[${path}] Postgres.fromKubeDb: ${conversionErrors(wrong)}`);
  }
  return database;
}

function faultsOf(all: ReadonlyArray<ConvertedDatabase>, found: ReadonlyArray<ConvertedDatabase>, wanted: string | undefined, namespace: string | undefined): string[] {
  const names = all.map(({ name }) => name).join(', ');
  if (wanted !== undefined && found.length === 0) { return [`the YAML has no Postgres '${wanted}'; use one of ${names}`]; }
  if (found.length > 1) { return [`the YAML has ${found.length} databases; set option database to one of ${names}`]; }
  const given = found[0]?.namespace ?? '';
  return given === '' || given === namespace ? [] : [`the database is in namespace '${given}', the chart in ${namespace === undefined ? 'none' : `'${namespace}'`}; use a chart of that namespace`];
}

/** All errors of a conversion in one message. */
export function conversionErrors(faults: ReadonlyArray<string>): string {
  return faults.length === 1 ? faults[0]! : `${faults.length} errors:\n${faults.map((fault) => `- ${fault}`).join('\n')}`;
}
