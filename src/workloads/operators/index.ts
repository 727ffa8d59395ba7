export * from './cloud-native-pg-parameters';
export * from './operator-connections';
export * from './operator-database';
export * from './operator-databases';
export * from './operator-walk';
export * from './written-rows';
