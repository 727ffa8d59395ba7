import { hasLocale, isOfficialImage } from '../../../../postgresql';

export function isMissing(image: string, provider: string, name: string): boolean {
  return provider === 'libc' && isOfficialImage(image) && !hasLocale(name);
}
