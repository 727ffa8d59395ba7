import { hasLocale, isOfficialImage } from '../../../../postgresql';

/** Whether an image is known to lack a locale of the C library. */
export function isLocaleMissing(image: string, provider: string, name: string): boolean {
  return provider === 'libc' && isOfficialImage(image) && !hasLocale(name);
}
