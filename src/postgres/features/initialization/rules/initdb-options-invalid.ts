import { localeOf } from '../initdb-options';
import { kibibytes } from '../../../plan/quantity';
import type { DatabaseContext } from '../../../plan/database-context';
import { Consequence, Rule, when } from '../../../../rules';

const PROVIDER_SINCE: Readonly<Record<string, number>> = { libc: 14, icu: 15, builtin: 17 };

export const initdbOptionsInvalid: Rule<DatabaseContext> = {
  id: 'initdb-options-invalid',
  code: 'PGTLS-P28',
  title: 'invalid or contradictory initdb options',
  consequence: Consequence.NEVER_READY,
  source: 'PostgreSQL, initdb',
  check: ({ props: { init = {} }, plan: { major } }) => {
    const { provider, name } = localeOf(major, init.locale);
    const segment = init.walSegmentSize && kibibytes(init.walSegmentSize) / 1024;
    return [
      ...when(major < PROVIDER_SINCE[provider]!, () => `init.locale: provider ${provider} requires PostgreSQL ${PROVIDER_SINCE[provider]}, but the version is ${major}`),
      ...when(!/^[A-Za-z0-9_.@-]+$/.test(name), () => `init.locale '${name}' is not a valid locale name`),
      ...when(init.encoding !== undefined && !/^[A-Za-z0-9_-]+$/.test(init.encoding), () => `init.encoding '${init.encoding}' is not a valid encoding name`),
      ...when(init.encoding !== undefined && provider !== 'libc' && init.encoding.replace(/[-_]/g, '').toUpperCase() !== 'UTF8',
        () => `init.encoding '${init.encoding}' is not supported with the locale provider ${provider}`),
      ...when(segment !== undefined && !(Number.isInteger(Math.log2(segment)) && segment >= 1 && segment <= 1024), () => `init.walSegmentSize ${segment} MiB is not a power of two from 1 to 1024 MiB`),
    ];
  },
  fix: "remove the option to use this package's default, or use a value that initdb of this major version accepts",
};
