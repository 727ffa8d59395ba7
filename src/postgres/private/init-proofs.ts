import { localeOf } from './initdb-options';
import { kibibytes } from './quantity';
import type { PostgresSubject } from './subject';
import { Severity } from '../../proofs/finding';
import { Basis, Rule, when } from '../../proofs/private/rule';

const PROVIDER_SINCE: Readonly<Record<string, number>> = { libc: 14, icu: 15, builtin: 17 };

/** What is proven about how a data directory is made. */
export const INIT_RULES: ReadonlyArray<Rule<PostgresSubject>> = [
  {
    code: 'PGTLS-P28',
    title: 'options of initdb that do not fit each other or the major',
    basis: Basis.STALLS,
    source: 'PostgreSQL, initdb',
    broken: ({ props: { init = {} }, plan: { major } }) => {
      const { provider, name } = localeOf(major, init.locale);
      const segment = init.walSegmentSize && kibibytes(init.walSegmentSize) / 1024;
      return [
        ...when(major < PROVIDER_SINCE[provider]!, () => `init.locale by ${provider} needs PostgreSQL ${PROVIDER_SINCE[provider]}, this is ${major}`),
        ...when(!/^[A-Za-z0-9_.@-]+$/.test(name), () => `init.locale '${name}' is no name of a locale`),
        ...when(init.encoding !== undefined && !/^[A-Za-z0-9_-]+$/.test(init.encoding), () => `init.encoding '${init.encoding}' is no name of a character set`),
        ...when(init.encoding !== undefined && provider !== 'libc' && init.encoding.replace(/[-_]/g, '').toUpperCase() !== 'UTF8',
          () => `init.encoding '${init.encoding}' does not go with a locale by ${provider}`),
        ...when(segment !== undefined && !(Number.isInteger(Math.log2(segment)) && segment >= 1 && segment <= 1024), () => `init.walSegmentSize of ${segment} MiB is no power of two from 1 to 1024 MiB`),
      ];
    },
    remedy: "leave it out for this package's default, or give what initdb of this major takes",
  },
  {
    code: 'PGTLS-P50',
    title: 'a volume that starts from a copy, and its other one that starts from nothing',
    basis: Basis.STALLS,
    source: 'PostgreSQL, File System Level Backup: data and write-ahead log are of one moment; init.sh refuses the one without the other',
    broken: ({ props: { storage } }) => {
      const { dataSource, wal } = storage?.durableOptions ?? {};
      if (wal === undefined || (dataSource === undefined) === (wal.dataSource === undefined)) { return []; }
      const [given, missing] = dataSource === undefined ? ['storage.wal.dataSource', 'storage.dataSource'] : ['storage.dataSource', 'storage.wal.dataSource'];
      return [`${given} is ${(dataSource ?? wal.dataSource)!.kind} '${(dataSource ?? wal.dataSource)!.name}', yet there is no ${missing}`];
    },
    remedy: 'give both, from copies of one moment (a VolumeGroupSnapshot, or taken while the database was stopped)',
  },
  {
    code: 'PGTLS-P51',
    severity: Severity.WARNING,
    title: 'a locale that knows the letters of ASCII alone',
    basis: Basis.PEER,
    source: 'PostgreSQL, Locale Support: under C and POSIX only the letters of ASCII have upper and lower case; decided once, for the life of the database',
    broken: ({ props: { init = {} }, plan: { major } }) => {
      const { provider, name } = localeOf(major, init.locale);
      const utf8 = (init.encoding ?? 'UTF8').replace(/[-_]/g, '').toUpperCase() === 'UTF8';
      return when(utf8 && provider !== 'icu' && ['C', 'POSIX'].includes(name.toUpperCase()),
        () => `init.locale '${name}' by ${provider} leaves letters as they are in lower(), upper(), ILIKE and text search, but for those of ASCII`);
    },
    remedy: "leave it out (C.UTF-8 sorts the same and knows every letter), or acknowledge the warning",
  },
];
