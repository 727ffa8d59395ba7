import { text } from '../../data';

export function isPlainHttp(server: unknown): boolean {
  return /^http:\/\//i.test(text(server));
}
