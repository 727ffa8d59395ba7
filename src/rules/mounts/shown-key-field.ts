import type { FileSource } from '../../kubernetes';
import { isKeyFile } from '../../workloads';

/** The place in the manifest that shows the private key of a Secret: the item, or the missing list of items. */
export function shownKeyField({ field, items }: FileSource): string {
  return items === undefined ? `${field}.items` : `${field}.items[${items.findIndex(({ key }) => isKeyFile(key))}].key`;
}
