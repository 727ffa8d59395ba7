import { kibibytes } from './quantity';
import { DatabaseLocale, PostgresInit } from '../initialization';

/** The locale of libc that knows the letters of every language and sorts by code point: part of glibc in Debian, whatever locales are made. */
export const LETTERS = 'C.UTF-8';

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
    ...localeOptions(localeOf(major, init.locale)),
    ...(init.walSegmentSize ? [`--wal-segsize=${kibibytes(init.walSegmentSize) / 1024}`] : []),
  ];
}

/** Off was the default up to 17, which knows no option to say so. */
function checksums(major: number, wanted: boolean): string[] {
  if (wanted) { return ['--data-checksums']; }
  return major >= 18 ? ['--no-data-checksums'] : [];
}

/**
 * With another provider libc still sorts for the few places that ask it, as `C` does. It has to know every letter though: up to 17 text
 * search lower-cases by LC_CTYPE, whoever provides the locale (src/backend/tsearch/ts_locale.c), and under `C` that is ASCII alone.
 */
function localeOptions({ provider, name }: DatabaseLocale): string[] {
  return provider === 'libc' ? [`--locale=${name}`] : [`--locale-provider=${provider}`, `--${provider}-locale=${name}`, '--locale=C', `--lc-ctype=${LETTERS}`];
}
