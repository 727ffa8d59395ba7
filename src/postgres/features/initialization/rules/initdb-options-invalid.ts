import { localeOf } from '../initdb-options';
import type { DatabaseContext } from '../../../plan/database-context';
import { kibibytes } from '../../../plan/quantity';
import { Consequence, postgresFile, postgresPage, type Rule } from '../../../../rules';

const PROVIDER_SINCE: Readonly<Record<string, number>> = { libc: 14, icu: 15, builtin: 17 };

export const initdbOptionsInvalid: Rule<DatabaseContext> = {
  id: 'initdb-options-invalid',
  code: 'PGTLS-P28',
  title: 'invalid or contradictory initdb options',
  consequence: Consequence.NEVER_READY,
  sources: [postgresPage('app-initdb.html', 'initdb'), postgresFile('src/bin/initdb/initdb.c')],
  check: ({ props: { init = {} }, plan: { major } }, report) => {
    const { provider, name } = localeOf(major, init.locale);
    const { encoding } = init;
    const segment = init.walSegmentSize && kibibytes(init.walSegmentSize) / 1024;
    if (major < PROVIDER_SINCE[provider]!) { report('init.locale', `init.locale: provider ${provider} requires PostgreSQL ${PROVIDER_SINCE[provider]}, but the version is ${major}`); }
    if (!/^[A-Za-z0-9_.@-]+$/.test(name)) { report('init.locale', `init.locale '${name}' is not a valid locale name`); }
    if (encoding !== undefined && !/^[A-Za-z0-9_-]+$/.test(encoding)) { report('init.encoding', `init.encoding '${encoding}' is not a valid encoding name`); }
    if (encoding !== undefined && provider !== 'libc' && encoding.replace(/[-_]/g, '').toUpperCase() !== 'UTF8') {
      report('init.encoding', `init.encoding '${encoding}' is not supported with the locale provider ${provider}`);
    }
    if (segment !== undefined && !(Number.isInteger(Math.log2(segment)) && segment >= 1 && segment <= 1024)) {
      report('init.walSegmentSize', `init.walSegmentSize ${segment} MiB is not a power of two from 1 to 1024 MiB`);
    }
  },
  fix: "remove the option to use this package's default, or use a value that initdb of this major version accepts",
};
