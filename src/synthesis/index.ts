export * from './dependency-order';
export * from './fleet-app';
export * from './manifest-printer';
export * from './staged-output';
