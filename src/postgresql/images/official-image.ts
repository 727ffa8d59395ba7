/** UID and GID of `postgres` in the Debian-based official images; fsGroup makes mounted keys readable for it. */
export const POSTGRES_UID = 999;

/** Whether an image is the Debian-based official image, whose locales and libraries are known. */
export function isOfficialImage(image: string): boolean {
  return /^(?:docker\.io\/)?(?:library\/)?postgres[:@](?!.*alpine)/.test(image);
}

/** Locales of the C library in the official image: it creates `en_US.UTF-8`, the others are built in. */
const LOCALES = new Set(['C', 'POSIX', 'C.utf8', 'en_US.utf8']);

/** Whether the official image has a locale. The C library normalizes only the encoding in the name. */
export function hasLocale(name: string): boolean {
  return LOCALES.has(name.replace(/\.(.*)$/, (_, charset: string) => `.${charset.toLowerCase().replace(/[^a-z0-9]/g, '')}`));
}

/** Libraries of PostgreSQL and its contrib modules, with the first and last major version that has them. Source: contrib/ of each major version. */
const LIBRARIES: ReadonlyArray<readonly [string, number?, number?]> = [
  ['_int'], ['adminpack', 14, 16], ['amcheck'], ['auth_delay'], ['auto_explain'], ['autoinc'], ['basebackup_to_shell', 15], ['basic_archive', 15], ['bloom'], ['btree_gin'],
  ['btree_gist'], ['citext'], ['cube'], ['dblink'], ['dict_int'], ['dict_snowball'], ['dict_xsyn'], ['earthdistance'], ['file_fdw'], ['fuzzystrmatch'], ['hstore'],
  ['insert_username'], ['isn'], ['libpqwalreceiver'], ['llvmjit'], ['lo'], ['ltree'], ['moddatetime'], ['old_snapshot', 14, 16], ['pageinspect'], ['passwordcheck'],
  ['pg_buffercache'], ['pg_freespacemap'], ['pg_logicalinspect', 18], ['pg_overexplain', 18], ['pg_prewarm'], ['pg_stat_statements'], ['pg_surgery'], ['pg_trgm'],
  ['pg_visibility'], ['pg_walinspect', 15], ['pgcrypto'], ['pgoutput'], ['pgrowlocks'], ['pgstattuple'], ['plpgsql'], ['postgres_fdw'], ['refint'], ['seg'], ['sslinfo'],
  ['tablefunc'], ['tcn'], ['test_decoding'], ['tsm_system_rows'], ['tsm_system_time'], ['unaccent'], ['uuid-ossp'], ['xml2', 14],
];

/** Whether the official image has a library; the name may contain its directory and suffix. */
export function hasLibrary(major: number, name: string): boolean {
  const base = name.replace(/^\$libdir\//, '').replace(/^\/usr\/lib\/postgresql\/\d+\/lib\//, '').replace(/\.so$/, '');
  return LIBRARIES.some(([library, first = 14, last = 18]) => library === (base === 'pgxml' ? 'xml2' : base) && first <= major && major <= last);
}
