import { localeOf } from './initdb-options';
import { kibibytes } from '../../plan/quantity';
import type { DatabaseContext } from '../../plan/database-context';
import { parseImage } from '../../../formats';
import { hasLocale, isOfficialImage } from '../../../postgresql';
import { Consequence, Rule, Severity, when } from '../../../rules';

const PROVIDER_SINCE: Readonly<Record<string, number>> = { libc: 14, icu: 15, builtin: 17 };

/** Rules for the initialization of the data directory. */
export const INITIALIZATION_RULES: ReadonlyArray<Rule<DatabaseContext>> = [
  {
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
  },
  {
    code: 'PGTLS-P84',
    severity: Severity.WARNING,
    title: 'collation depends on an image without a digest',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'PostgreSQL, ALTER COLLATION: text indexes are corrupt if a new library version sorts differently',
    check: ({ props: { init }, plan: { image, major } }) => {
      const { provider, name } = localeOf(major, init?.locale);
      return when(isFromLibrary(provider, name) && parseImage(image)?.digest === undefined && !isMissing(image, provider, name),
        () => `init.locale '${name}' uses the ${provider} library of the image, and image '${image}' has no digest: a new build can sort differently and corrupt text indexes`);
    },
    fix: 'pin the image by digest and reindex text columns after every image change, or use DatabaseLocale.builtin()',
  },
  {
    code: 'PGTLS-P85',
    title: 'locale missing in the official image',
    consequence: Consequence.NEVER_READY,
    source: 'docker-library/postgres, Dockerfile-debian.template: only en_US.UTF-8 is created',
    check: ({ props: { init }, plan: { image, major } }) => {
      const { provider, name } = localeOf(major, init?.locale);
      return when(isMissing(image, provider, name), () => `init.locale '${name}' does not exist in image '${image}'`);
    },
    fix: 'use DatabaseLocale.icu() or DatabaseLocale.builtin(), or an image that has the locale',
  },
];

/** Whether collation depends on a library of the image; the C library sorts by code point in the listed locales only. */
function isFromLibrary(provider: string, name: string): boolean {
  return provider === 'icu' || (provider === 'libc' && !['c', 'posix', 'c.utf8'].includes(name.toLowerCase().replace(/[-_]/g, '')));
}

function isMissing(image: string, provider: string, name: string): boolean {
  return provider === 'libc' && isOfficialImage(image) && !hasLocale(name);
}
