export * from './not-checked';
export * from './read-texts';
export * from './source-text';
export * from './read-paths';
