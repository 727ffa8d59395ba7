import { isLocaleMissing } from './locale-of-image';
import { localeOf } from '../initdb-options';
import type { DatabaseContext } from '../../../plan/database-context';
import { parseImage } from '../../../../formats';
import { Consequence, postgresPage, type Rule, Severity } from '../../../../rules';

export const collationDependsOnImage: Rule<DatabaseContext> = {
  id: 'collation-depends-on-image',
  code: 'PGTLS-P84',
  severity: Severity.WARNING,
  title: 'collation depends on an image without a digest',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [postgresPage('sql-altercollation.html', 'ALTER COLLATION', 'text indexes are corrupt if a new library version sorts differently')],
  check: ({ props: { init }, plan: { image, major } }, report) => {
    const { provider, name } = localeOf(major, init?.locale);
    if (isFromLibrary(provider, name) && parseImage(image)?.digest === undefined && !isLocaleMissing(image, provider, name)) {
      report('init.locale', `init.locale '${name}' uses the ${provider} library of the image, and image '${image}' has no digest: a new build can sort differently and corrupt text indexes`);
    }
  },
  fix: 'pin the image by digest and reindex text columns after every image change, or use DatabaseLocale.builtin()',
};

/** Whether collation depends on a library of the image; the C library sorts by code point in the listed locales only. */
function isFromLibrary(provider: string, name: string): boolean {
  return provider === 'icu' || (provider === 'libc' && !['c', 'posix', 'c.utf8'].includes(name.toLowerCase().replace(/[-_]/g, '')));
}
