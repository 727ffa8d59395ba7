/** The majors that this package knows the rules of. */
export type PostgresMajor = 14 | 15 | 16 | 17 | 18;

/** The one place of image pins: the minor releases that the tests of this package run. */
export const POSTGRES_RELEASES = {
  '14.23': 'docker.io/library/postgres:14.23',
  '15.18': 'docker.io/library/postgres:15.18',
  '16.14': 'docker.io/library/postgres:16.14',
  '17.10': 'docker.io/library/postgres:17.10',
  '18.4': 'docker.io/library/postgres:18.4',
} as const;

/** The newest release of each major, which moves with this package. */
export const POSTGRES_IMAGES: Readonly<Record<PostgresMajor, string>> = {
  14: POSTGRES_RELEASES['14.23'],
  15: POSTGRES_RELEASES['15.18'],
  16: POSTGRES_RELEASES['16.14'],
  17: POSTGRES_RELEASES['17.10'],
  18: POSTGRES_RELEASES['18.4'],
};
