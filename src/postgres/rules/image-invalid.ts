import type { DatabaseContext } from '../plan/database-context';
import type { PostgresVersion } from '../version';
import { imageMajor, parseImage, unpinned } from '../../formats';
import { isOfficialImage, knownImage, type KnownImage, POSTGRES_UID } from '../../postgresql';
import { Consequence, kubernetesPage, postgresFile, type Report, type Rule } from '../../rules';

export const imageInvalid: Rule<DatabaseContext> = {
  id: 'image-invalid',
  code: 'PGTLS-P83',
  title: 'image without a version, of another major version, or without the UID of the pod',
  consequence: Consequence.NEVER_READY,
  sources: [
    postgresFile('src/common/username.c', 'get_user_name: could not look up effective user ID'),
    kubernetesPage('concepts/containers/images/', 'Images', 'the image of a tag can change, that of a digest cannot'),
  ],
  check: ({ props: { version }, plan: { arbitraryUserId, given } }, report) => {
    reportImage(version, arbitraryUserId, report);
    for (const [property, image] of given.images) {
      const fault = image === undefined ? undefined : unpinned(image);
      if (fault !== undefined) { report(property, `${property} '${image}' ${fault}`); }
    }
    for (const [what, id] of Object.entries({ uid: version.uid, gid: version.gid })) {
      if (id !== undefined && !isUserId(id)) { report(`version.${what}`, `version: ${what} ${id} is not an integer from 1 to 2147483647; the pod may not run as root`); }
    }
  },
  fix: 'use a tag with the version, or a digest; describe another image with PostgresVersion.of(major, image, { uid: 70 })',
};

function reportImage({ image, major, uid, gid, layout = {} }: PostgresVersion, isArbitrary: boolean, report: Report): void {
  const reference = parseImage(image);
  const fault = unpinned(image) ?? (isOfficialImage(image) && imageMajor(image) === undefined && reference!.digest === undefined
    ? `has the tag '${reference!.tag}', which is not a version` : undefined);
  if (!reference || fault !== undefined) { return report('version.image', `image '${image}' ${fault}`); }
  const named = imageMajor(image);
  const known = knownImage(reference);
  if (known?.unfit !== undefined) { return report('version.image', `image '${image}' ${known.unfit}`); }
  const { programs, namesUser = true } = layout;
  if (named !== undefined && named !== String(major)) { report('version.image', `image '${image}' contains PostgreSQL ${named}, but the version is ${major}`); }
  if (uid !== undefined && isUserId(uid) && uid !== POSTGRES_UID && namesUser && isOfficialImage(image)) {
    report('version.uid', `image '${image}' has no user with UID ${uid}, so initdb fails`);
  }
  if (programs !== undefined && !/^\/[^\s:$]+$/.test(programs)) { report('version.layout.programs', `layout.programs '${programs}' is not the absolute path of a directory`); }
  if (known !== undefined && !isArbitrary) { reportUser(`image '${image}'`, known, { uid, gid, namesUser }, report); }
}

/** The user that the pod runs as. */
interface ImageUser {
  readonly uid?: number;
  readonly gid?: number;
  readonly namesUser: boolean;
}

/** Reports uid, gid and namesUser that do not fit a known image. */
function reportUser(image: string, known: KnownImage, { uid, gid, namesUser }: ImageUser, report: Report): void {
  const wanted = known.uid === undefined ? 'another UID' : `UID ${known.uid}`;
  const options = [
    ...(uid === undefined ? [`uid: ${known.uid ?? '…'}`] : []), ...(gid === undefined && known.gid !== undefined ? [`gid: ${known.gid}`] : []),
    ...(known.namesUser || !namesUser ? [] : ['layout: { namesUser: false }']),
  ].join(', ');
  if (uid === undefined) {
    report('version.uid', `${image} has a user postgres with ${wanted}, but the pod runs as UID ${POSTGRES_UID}: set { ${options} }`);
  } else if (!known.namesUser && namesUser) {
    report('version.layout.namesUser', `${image} has no entry for UID ${uid} in /etc/passwd, which initdb requires: set { ${options} }`);
  }
}

function isUserId(id: number): boolean {
  return Number.isInteger(id) && id >= 1 && id <= 2147483647;
}
