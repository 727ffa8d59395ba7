/* eslint-disable @typescript-eslint/no-require-imports -- loaded where it is used: most apps neither read YAML nor print it by themselves */

/** The library `yaml`, which takes a quarter of the time that loading this package takes. */
export function yamlLibrary(): typeof import('yaml') {
  return require('yaml') as typeof import('yaml');
}
