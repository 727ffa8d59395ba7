import { join } from 'node:path';
import { REPOSITORY } from '../../support/repository';

/** The folder of the programs of a driver. */
export function programOf(driver: string, ...path: string[]): string {
  return join(REPOSITORY, 'test/drivers/programs', driver, ...path);
}
