export * from '../../src';
export { ManifestPrinter } from '../../src/synthesis';
export { RenderedOnce, TreeValidation } from '../../src/verification';
