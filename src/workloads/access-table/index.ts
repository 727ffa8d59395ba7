export * from './access-cell';
export * from './access-rows';
export * from './declared-access';
export * from './places';
export * from './server-access';
