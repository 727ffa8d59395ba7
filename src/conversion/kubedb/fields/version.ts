import type { KubeDbRules } from '../kubedb-rules';
import { changed, refused, TEXT, unsupported } from '../../field-rule';
import { KubeDbContext, MAJORS } from '../kubedb-context';
import { Constant } from '../../expression';

const DATA = 'move the data by dump and restore (docs/kubedb.md)';

/** Version and image. */
export const VERSION_FIELDS: KubeDbRules = {
  'spec.version': {
    is: TEXT,
    take: (value, context) => {
      const { version, major } = context;
      if (version === undefined) { return refused(`'${String(value)}' is not the name of a PostgresVersion that begins with a major version`, 'use a name such as 18.3'); }
      const props = [['version', new Constant(`PostgresVersion.V${major}`)]] as const;
      if (version.major !== major) {
        const edge = version.major < major ? `older than ${MAJORS.oldest}` : `newer than ${MAJORS.newest}`;
        return { ...unsupported(`PostgreSQL ${version.major} is ${edge}; acknowledged, it becomes PostgreSQL ${major}: ${DATA}`), props };
      }
      if (version.flavour !== '') {
        return { ...unsupported(`the image has '${version.flavour}'; acknowledged, it becomes PostgreSQL ${major} without it: give PostgresVersion.of an image that has it`), props };
      }
      return changed(imageNote(context), props);
    },
    absent: () => refused('is missing', 'set it, for example to 18.3'),
  },
};

function imageNote({ major, version }: KubeDbContext): string {
  const minor = `property 'version': the newest minor release of PostgreSQL ${major} in this package, in the official image`;
  return version?.isDebian === true ? minor : `${minor}, built on Debian and not on Alpine: text may sort in another order, so move the data by dump and restore, or rebuild the indexes (docs/kubedb.md)`;
}
