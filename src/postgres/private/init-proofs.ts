import { localeOf } from './initdb-options';
import { kibibytes } from './quantity';
import type { PostgresSubject } from './subject';
import { Consequence, Rule, when } from '../../rules';

const PROVIDER_SINCE: Readonly<Record<string, number>> = { libc: 14, icu: 15, builtin: 17 };

/** What is proven about how a data directory is made. */
export const INIT_RULES: ReadonlyArray<Rule<PostgresSubject>> = [
  {
    code: 'PGTLS-P28',
    title: 'options of initdb that do not fit each other or the major',
    consequence: Consequence.NEVER_READY,
    source: 'PostgreSQL, initdb',
    check: ({ props: { init = {} }, plan: { major } }) => {
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
    fix: "leave it out for this package's default, or give what initdb of this major takes",
  },
  {
    code: 'PGTLS-P50',
    title: 'a source for the data or for its WAL, and none for the other',
    consequence: Consequence.NEVER_READY,
    source: 'PostgreSQL, File System Level Backup: a snapshot without the WAL of the same moment does not start',
    check: ({ props: { storage } }) => {
      const { dataSource, wal } = storage?.durableOptions ?? {};
      return [
        ...when(dataSource !== undefined && wal !== undefined && wal.dataSource === undefined, () => `storage: the data comes from ${dataSource!.kind} '${dataSource!.name}', and wal has no dataSource`),
        ...when(dataSource === undefined && wal?.dataSource !== undefined, () => `storage: the WAL comes from ${wal!.dataSource!.kind} '${wal!.dataSource!.name}', and the data has no dataSource`),
      ];
    },
    fix: 'give both the snapshots of one moment (a VolumeGroupSnapshot), or neither',
  },
];
