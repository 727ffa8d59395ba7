import { PostgresVersion } from '../../src';

/** Every major that this package supports, oldest first. */
export const VERSIONS = [PostgresVersion.V14, PostgresVersion.V15, PostgresVersion.V16, PostgresVersion.V17, PostgresVersion.V18];

/** The majors of tests that take long: the oldest and the newest, and with MAJORS=all, as `.ci/run` has it, every one. */
export const TRIED_VERSIONS = process.env['MAJORS'] === 'all' ? VERSIONS : [VERSIONS[0]!, VERSIONS.at(-1)!];
