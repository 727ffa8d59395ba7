/**
 * Options of initdb: checksums on, and a collation by code point, which no update of the image's C library can change under an
 * index. From 17 on PostgreSQL brings that locale itself.
 */
export function initdbOptions(major: number): string[] {
  const locale = major >= 17 ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'] : ['--locale=C.UTF-8'];
  return ['--username=postgres', '--auth-local=peer', '--auth-host=reject', '--data-checksums', '--encoding=UTF8', '--no-instructions', ...locale];
}
