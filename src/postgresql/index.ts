export * from './conf';
export * from './connections';
export * from './hba';
export * from './host-match';
export * from './ident';
export * from './images';
export * from './parameters';
