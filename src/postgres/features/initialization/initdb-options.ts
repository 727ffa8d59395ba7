import { kibibytes } from '../../plan/quantity';
import { DatabaseLocale, PostgresInit } from './initialization';

/** The locale of new databases: by code point, which no update of the image's libraries can change under an index. */
export function localeOf(major: number, locale?: DatabaseLocale): DatabaseLocale {
  return locale ?? (major >= 17 ? DatabaseLocale.builtin() : DatabaseLocale.libc('C.UTF-8'));
}

/** Options of initdb. */
export function initdbOptions(major: number, init: PostgresInit = {}): string[] {
  return [
    '--username=postgres',
    '--auth-local=peer',
    '--auth-host=reject',
    ...checksums(major, init.dataChecksums ?? true),
    `--encoding=${init.encoding ?? 'UTF8'}`,
    '--no-instructions',
    // As for the server: `try` dies of SIGBUS on nodes with huge pages. Before 16 initdb takes no settings.
    ...(major >= 16 ? ['--set=huge_pages=off'] : []),
    ...localeOptions(major, init.locale),
    ...(init.walSegmentSize ? [`--wal-segsize=${kibibytes(init.walSegmentSize) / 1024}`] : []),
  ];
}

/** Off was the default up to 17, which has no option for it. */
function checksums(major: number, wanted: boolean): string[] {
  if (wanted) { return ['--data-checksums']; }
  return major >= 18 ? ['--no-data-checksums'] : [];
}

/** The locale of the C library, which decides what no other provider does: which letters belong together for text search before 18. */
export function libcLocaleOf(major: number, locale?: DatabaseLocale): string {
  const { provider, name } = localeOf(major, locale);
  return provider === 'libc' ? name : 'C.UTF-8';
}

/** With `C` the parser of text search, up to 17, recognizes no letters outside of ASCII, with every provider. */
function localeOptions(major: number, locale?: DatabaseLocale): string[] {
  const { provider, name } = localeOf(major, locale);
  return [...(provider === 'libc' ? [] : [`--locale-provider=${provider}`, `--${provider}-locale=${name}`]), `--locale=${libcLocaleOf(major, locale)}`];
}
