export * from './operator-connections';
export * from './operator-database';
export * from './operator-databases';
export * from './written-rows';
