import { PostgresVersion } from '../../src';

/** Every major that this package supports, oldest first. */
export const VERSIONS = [PostgresVersion.V14, PostgresVersion.V15, PostgresVersion.V16, PostgresVersion.V17, PostgresVersion.V18];
