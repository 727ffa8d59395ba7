export * from '../../src';
export { ManifestPrinter } from '../../src/synthesis';
export { TreeValidation } from '../../src/verification';
