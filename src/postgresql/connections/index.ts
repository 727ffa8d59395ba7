export * from './connection';
export * from './connection-settings';
export * from './conninfo';
export * from './driver';
export * from './npgsql';
export * from './program-options';
export * from './service-file';
export * from './uri';
