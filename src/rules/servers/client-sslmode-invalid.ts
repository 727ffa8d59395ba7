import { withError } from './report-refusals';
import { type PodContext, unknownSslMode } from '../../workloads';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { postgresFile, source } from '../engine/sources';

export const clientSslmodeInvalid: Rule<PodContext> = {
  id: 'client-sslmode-invalid',
  code: 'PGTLS-T20',
  title: 'client with an sslmode that does not exist',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    postgresFile('src/interfaces/libpq/fe-connect.c', 'pqConnectOptions2: invalid sslmode value'),
    source('pgjdbc, SslMode.of: Invalid sslmode value', 'https://github.com/pgjdbc/pgjdbc/blob/REL42.7.8/pgjdbc/src/main/java/org/postgresql/jdbc/SslMode.java'),
  ],
  check: ({ clients }, report) => {
    for (const client of clients) {
      const unknown = unknownSslMode(client);
      if (unknown !== undefined) { report(unknown.field, withError(unknown)); }
    }
  },
  fix: 'use disable, allow, prefer, require, verify-ca or verify-full',
};
