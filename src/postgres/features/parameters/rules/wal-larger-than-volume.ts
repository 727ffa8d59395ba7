import { effectiveValues } from './effective-values';
import { parameterField } from './given-parameters';
import type { DatabaseContext } from '../../../plan/database-context';
import { walVolume } from '../../../plan/wal-volume';
import { Consequence, postgresPage, type Rule } from '../../../../rules';

export const walLargerThanVolume: Rule<DatabaseContext> = {
  id: 'wal-larger-than-volume',
  code: 'PGTLS-P68',
  title: 'WAL settings too large for the volume',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [postgresPage('wal-configuration.html', 'WAL Configuration', 'the size of the WAL; a server that cannot write WAL ends with a PANIC')],
  check: (database, report) => {
    const { of, amount } = effectiveValues(database);
    const { sizeKib, isOwn } = walVolume(database.props.storage);
    if (sizeKib === undefined || !(sizeKib > 0)) { return; }
    for (const name of ['max_wal_size', 'wal_keep_size']) {
      if (amount(name, 'kB') < sizeKib * (isOwn ? 0.9 : 0.8)) { continue; }
      report(parameterField(database, name), `${name} ${of(name)} leaves no room on the ${isOwn ? 'WAL volume' : 'data volume'} of ${Math.round(sizeKib / 1024)}Mi`);
    }
  },
  fix: 'lower the parameter, or enlarge the volume; the WAL can temporarily exceed max_wal_size',
};
