export * from './command-line';
export * from './configuration';
export * from './configuration-file';
export * from './explain';
export * from './help';
export * from './package-files';
export * from './prove';
export * from './usage-error';
