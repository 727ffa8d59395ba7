import { filesOfPgBackRest } from './pgbackrest-files';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import type { ManifestTarget } from '../engine/rule-table';
import { pgBackRestPage } from '../engine/sources';

export const backupServerOpen: Rule<ManifestTarget> = {
  id: 'backup-server-open',
  code: 'PGTLS-P178',
  title: 'backup server that admits a certificate to every stanza',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [pgBackRestPage('configuration.html', 'tls-server-auth', 'a common name and the stanzas that it may use, or `*` for all of them')],
  check: ({ at }, report) => {
    for (const { field, settings } of filesOfPgBackRest(at, at)) {
      const open = settings.filter(([name, value]) => name === 'tls-server-auth' && value.includes('*'));
      for (const [, value] of open) { report(field, `tls-server-auth '${value}' admits to every stanza: a client with the certificate reads every data directory of this server`); }
    }
  },
  fix: 'remove the patch: the stanza of the database is enough',
  fixInYaml: 'name the stanzas: tls-server-auth=COMMON-NAME=STANZA',
};
