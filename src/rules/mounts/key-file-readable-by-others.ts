import { PodContext, postgresKeys } from '../../workloads';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';
import { octal } from './mount-shared';

export const keyFileReadableByOthers: Rule<PodContext> = {
  id: 'key-file-readable-by-others',
  code: 'PGTLS-F01',
  title: 'private key file has group or world access',
  consequence: Consequence.NEVER_READY,
  source: 'PostgreSQL src/backend/libpq/be-secure-common.c, libpq fe-secure-openssl.c: a key file owned by root may be readable by its group, and may not be accessible to others',
  check: (context) => postgresKeys(context).filter(({ mode }) => (mode & 0o037) !== 0)
    .map(({ container, source, key, mode }) => `container '${container.name}' mounts ${key} of Secret '${source.name}' with mode ${octal(mode)}, which PostgreSQL and libpq reject`),
  fix: 'set defaultMode 0440 (288) on the volume, and fsGroup on the pod to a group of the process',
};
