import { octal } from './octal';
import { isGiven } from '../../data';
import type { FileSource } from '../../kubernetes';
import { isMet, keyModeError, type PodContext, postgresKeys } from '../../workloads';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { postgresFile } from '../engine/sources';

export const keyFileReadableByOthers: Rule<PodContext> = {
  id: 'key-file-readable-by-others',
  code: 'PGTLS-F01',
  title: 'private key file has group or world access',
  consequence: Consequence.NEVER_READY,
  sources: [
    postgresFile('src/backend/libpq/be-secure-common.c', 'check_ssl_key_file_permissions: a key file owned by root may be readable by its group, and may not be accessible to others'),
    postgresFile('src/interfaces/libpq/fe-secure-openssl.c', 'libpq checks the same'),
  ],
  check: (context, report) => {
    for (const { container, source, key, mode, path, client } of postgresKeys(context)) {
      if ((mode & 0o037) !== 0 && (client === undefined || isMet(context, client, 'key-mode'))) {
        report(modeField(source, key), `container '${container.name}' mounts ${key} of Secret '${source.name}' with mode ${octal(mode)}, which PostgreSQL and libpq reject; error: ${keyModeError(path)}`);
      }
    }
  },
  fix: 'set defaultMode 0440 (288) on the volume, and fsGroup on the pod to a group of the process',
};

/** The place of the mode of a file: its item, or the default of the volume. */
function modeField({ field, items = [] }: FileSource, key: string): string {
  const index = items.findIndex((item) => item.key === key);
  return isGiven(items[index]?.mode) ? `${field}.items[${index}].mode` : `${field.replace(/\.sources\[\d+\]\.\w+$/, '')}.defaultMode`;
}
