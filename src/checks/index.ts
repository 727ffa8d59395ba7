export * from './check-arguments';
export * from './classes';
export * from './unwritable';
export * from './descriptions';
export * from './faults';
export * from './require-text';
export * from './shape';
export * from './shapes';
