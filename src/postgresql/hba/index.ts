export * from './match';
export { hbaName } from './mere-name';
export * from './network';
export * from './parse';
export * from './print';
export * from './refused-row';
export * from './row';
