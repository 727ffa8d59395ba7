import type { Construct } from 'constructs';

/** @throws unless a property is an absolute path without empty parts and control characters */
export function demandDirectory(scope: Construct, property: string, path: string, example: string): void {
  // eslint-disable-next-line no-control-regex
  if (/^(\/[^/\u0000-\u001f\u007f]+)+$/.test(path)) { return; }
  throw new Error(`[${scope.node.path}] ${property} '${path.replaceAll('\0', '\\0')}' is not an absolute path; give one such as '${example}'`);
}
