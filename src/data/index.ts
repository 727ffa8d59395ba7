export * from './fields';
export * from './group-by';
export * from './memoize';
