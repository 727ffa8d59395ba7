export * from '../../src';
export { TreeValidation } from '../../src/verification';
