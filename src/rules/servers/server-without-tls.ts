import { reportRefusals } from './report-refusals';
import type { PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { postgresFile } from '../engine/sources';

export const serverWithoutTls: Rule<PodContext> = {
  id: 'server-without-tls',
  code: 'PGTLS-T22',
  title: 'client requires TLS and the server does not offer it',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    postgresFile('src/interfaces/libpq/fe-connect.c', 'server does not support SSL, but SSL was required'),
  ],
  check: (context, report) => reportRefusals(context, report, 'tls-off'),
  fix: 'set ssl = on with ssl_cert_file and ssl_key_file (tls of a Postgres), or use an sslmode that allows plaintext',
  fixInYaml: 'set ssl = on with ssl_cert_file and ssl_key_file, or use an sslmode that allows plaintext',
};
