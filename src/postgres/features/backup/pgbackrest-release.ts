import type { DatabasePlan } from '../../plan/database-plan';
import { isOfficialImage } from '../../../postgresql';

/** The oldest release. Source: pgBackRest's release notes: 2.56 is the first with PostgreSQL 18. */
const OLDEST = 56;

/** Why a release cannot be that of the image; undefined if it can. */
export function releaseFault(release: string, { image }: DatabasePlan): string | undefined {
  const [, minor] = /^2\.(\d{1,3})\.\d{1,3}$/.exec(release) ?? [];
  if (minor === undefined) { return `version '${release}' is not a release of pgBackRest 2 with its three numbers`; }
  if (Number(minor) < OLDEST) { return `version '${release}' is older than 2.${OLDEST}.0`; }
  return isOfficialImage(image) ? `the image '${image}' does not contain pgBackRest` : undefined;
}
