import { Consequence, Rule } from '../../../../rules';
import { walVolume } from '../../../plan/wal-volume';
import type { DatabaseContext } from '../../../plan/database-context';
import { valuesOf } from './relations-shared';

export const walLargerThanVolume: Rule<DatabaseContext> = {
  id: 'wal-larger-than-volume',
  code: 'PGTLS-P68',
  title: 'WAL settings too large for the volume',
  consequence: Consequence.FAILS_AT_RUNTIME,
  source: 'PostgreSQL, WAL Configuration: PANIC: could not write to file "pg_wal/xlogtemp": No space left on device',
  check: (database) => {
    const { of, amount } = valuesOf(database);
    const { sizeKib, isOwn } = walVolume(database.props.storage);
    if (sizeKib === undefined || !(sizeKib > 0)) { return []; }
    const what = isOwn ? 'WAL volume' : 'data volume';
    return ['max_wal_size', 'wal_keep_size'].filter((name) => amount(name, 'kB') >= sizeKib * (isOwn ? 0.9 : 0.8))
      .map((name) => `${name} ${of(name)} leaves no room on the ${what} of ${Math.round(sizeKib / 1024)}Mi`);
  },
  fix: 'lower the parameter, or enlarge the volume; the WAL can temporarily exceed max_wal_size',
};
