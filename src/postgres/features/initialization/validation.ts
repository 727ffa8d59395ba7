import { localeOf } from './initdb-options';
import { kibibytes } from '../../plan/quantity';
import type { DatabaseContext } from '../../plan/database-context';
import { parseImage } from '../../../formats';
import { hasLocale, isOfficialImage } from '../../../postgresql';
import { Consequence, Rule, Severity, when } from '../../../rules';

const PROVIDER_SINCE: Readonly<Record<string, number>> = { libc: 14, icu: 15, builtin: 17 };

/** What is proven about how a data directory is made. */
export const INITIALIZATION_RULES: ReadonlyArray<Rule<DatabaseContext>> = [
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
    code: 'PGTLS-P84',
    severity: Severity.WARNING,
    title: 'a collation that the next image can change',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'PostgreSQL, ALTER COLLATION: indexes on text are wrong once the library sorts differently',
    check: ({ props: { init }, plan: { image, major } }) => {
      const { provider, name } = localeOf(major, init?.locale);
      return when(isFromLibrary(provider, name) && parseImage(image)?.digest === undefined && !isMissing(image, provider, name),
        () => `init.locale '${name}' sorts by the ${provider} library of the image, and '${image}' has no digest: a new build can change the order under the indexes`);
    },
    fix: 'pin the image by digest and rebuild indexes on text with every new one, or use DatabaseLocale.builtin()',
  },
  {
    code: 'PGTLS-P85',
    title: 'a locale that the official image does not have',
    consequence: Consequence.NEVER_READY,
    source: 'docker-library/postgres, Dockerfile-debian.template: en_US.UTF-8 is made, no other',
    check: ({ props: { init }, plan: { image, major } }) => {
      const { provider, name } = localeOf(major, init?.locale);
      return when(isMissing(image, provider, name), () => `init.locale '${name}' of the C library is not in image '${image}'`);
    },
    fix: 'use DatabaseLocale.icu(), DatabaseLocale.builtin(), or an image that has the locale',
  },
];

/** Whether text is sorted by a library of the image; the C library sorts by code point in these locales alone. */
function isFromLibrary(provider: string, name: string): boolean {
  return provider === 'icu' || (provider === 'libc' && !['c', 'posix', 'c.utf8'].includes(name.toLowerCase().replace(/[-_]/g, '')));
}

function isMissing(image: string, provider: string, name: string): boolean {
  return provider === 'libc' && isOfficialImage(image) && !hasLocale(name);
}
