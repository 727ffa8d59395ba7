export * from './conf';
export * from './conninfo';
export * from './drivers';
export * from './hba';
export * from './host-match';
export * from './ident';
export * from './images';
export * from './parameters';
