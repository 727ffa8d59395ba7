import type { DatabaseContext } from '../plan/database-context';
import type { PostgresVersion } from '../version';
import { imageMajor, parseImage, unpinned } from '../../formats';
import { isOfficialImage, knownImage, KnownImage, POSTGRES_UID } from '../../postgresql';
import { Consequence, Rule, when } from '../../rules';

export const imageInvalid: Rule<DatabaseContext> = {
  id: 'image-invalid',
  code: 'PGTLS-P83',
  title: 'image without a version, of another major version, or without the UID of the pod',
  consequence: Consequence.NEVER_READY,
  source: 'PostgreSQL, initdb: could not look up effective user ID; Kubernetes, Images',
  check: ({ props: { version }, plan: { arbitraryUserId, given } }) => {
    return [
      ...imageFaults(version, arbitraryUserId),
      ...given.images.flatMap(([property, image]) => {
        const fault = image === undefined ? undefined : unpinned(image);
        return when(fault !== undefined, () => `${property} '${image}' ${fault}`);
      }),
      ...Object.entries({ uid: version.uid, gid: version.gid }).filter(([, id]) => id !== undefined && !isUserId(id))
        .map(([what, id]) => `version: ${what} ${id} is not an integer from 1 to 2147483647; the pod may not run as root`),
    ];
  },
  fix: 'use a tag with the version, or a digest; describe another image with PostgresVersion.of(major, image, { uid: 70 })',
};

function imageFaults({ image, major, uid, gid, layout = {} }: PostgresVersion, isArbitrary: boolean): string[] {
  const reference = parseImage(image);
  const fault = unpinned(image) ?? (isOfficialImage(image) && imageMajor(image) === undefined && reference!.digest === undefined
    ? `has the tag '${reference!.tag}', which is not a version` : undefined);
  if (!reference || fault !== undefined) { return [`image '${image}' ${fault}`]; }
  const named = imageMajor(image);
  const known = knownImage(reference);
  if (known?.unfit !== undefined) { return [`image '${image}' ${known.unfit}`]; }
  const { programs, namesUser = true } = layout;
  return [
    ...when(named !== undefined && named !== String(major), () => `image '${image}' contains PostgreSQL ${named}, but the version is ${major}`),
    ...when(uid !== undefined && isUserId(uid) && uid !== POSTGRES_UID && namesUser && isOfficialImage(image), () => `image '${image}' has no user with UID ${uid}, so initdb fails`),
    ...when(programs !== undefined && !/^\/[^\s:$]+$/.test(programs), () => `layout.programs '${programs}' is not the absolute path of a directory`),
    ...(known === undefined || isArbitrary ? [] : userFaults(`image '${image}'`, known, { uid, gid, namesUser })),
  ];
}

/** Faults of uid, gid and namesUser for a known image. */
function userFaults(image: string, known: KnownImage, { uid, gid, namesUser }: { readonly uid?: number; readonly gid?: number; readonly namesUser: boolean }): string[] {
  const wanted = known.uid === undefined ? 'another UID' : `UID ${known.uid}`;
  const options = [
    ...(uid === undefined ? [`uid: ${known.uid ?? '…'}`] : []), ...(gid === undefined && known.gid !== undefined ? [`gid: ${known.gid}`] : []),
    ...(known.namesUser || !namesUser ? [] : ['layout: { namesUser: false }']),
  ].join(', ');
  if (uid === undefined) { return [`${image} has a user postgres with ${wanted}, but the pod runs as UID ${POSTGRES_UID}: set { ${options} }`]; }
  return when(!known.namesUser && namesUser, () => `${image} has no entry for UID ${uid} in /etc/passwd, which initdb requires: set { ${options} }`);
}

function isUserId(id: number): boolean {
  return Number.isInteger(id) && id >= 1 && id <= 2147483647;
}
