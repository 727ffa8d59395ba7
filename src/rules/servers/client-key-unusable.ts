import { withError } from './report-refusals';
import { isMet, type PodContext, unusableKey } from '../../workloads';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { postgresFile, source } from '../engine/sources';

export const clientKeyUnusable: Rule<PodContext> = {
  id: 'client-key-unusable',
  code: 'PGTLS-T23',
  title: 'private key of the client in a format that its driver does not read',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    postgresFile('src/interfaces/libpq/fe-secure-openssl.c', 'initialize_SSL: PEM, or else DER'),
    source('pgjdbc, LazyKeyManager: a key in PKCS#8 DER, or PKCS#12 by the ending of the file', 'https://github.com/pgjdbc/pgjdbc/blob/REL42.7.8/pgjdbc/src/main/java/org/postgresql/ssl/LazyKeyManager.java'),
    source('pgjdbc pull request 3700: keys in PEM', 'https://github.com/pgjdbc/pgjdbc/pull/3700'),
  ],
  check: (context, report) => {
    for (const client of context.clients) {
      const unusable = isMet(context, client, 'key-format') ? unusableKey(client) : undefined;
      if (unusable !== undefined) { report(unusable.field, withError(unusable), undefined, unusable.isOfOldRelease ? Severity.WARNING : Severity.ERROR); }
    }
  },
  fix: 'for libpq name tls.key or key.der; for pgjdbc name key.der (additionalOutputFormats: DER, with a PKCS#8 key) or keystore.p12 (keystores.pkcs12)',
};
