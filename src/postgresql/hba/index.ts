export * from './address-set';
export * from './decided-addresses';
export * from './match';
export { exactName, hbaName } from './mere-name';
export * from './network';
export * from './parse';
export * from './print';
export * from './refused-row';
export * from './row';
