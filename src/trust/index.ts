export * from './ca-rotation';
export * from './trust-bundle';
export * from './trust-bundle-kind';
export * from './trust-bundle-source';
export * from './trust-bundle-target';
export * from './trust-source';
export * from './trusted-ca';
