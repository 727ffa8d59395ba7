/* eslint-disable @typescript-eslint/no-require-imports -- loaded where it is used: most apps neither read YAML nor print it by themselves */
import { once } from '../data';

/** The library `yaml`, which takes a quarter of the time that loading this package takes. */
export const yamlLibrary = once(() => require('yaml') as typeof import('yaml'));
