export { type FieldPath } from './complete-yaml';
export { globPattern } from './glob';
export * from './not-checked';
export * from './read-manifests';
export * from './read-paths';
export * from './read-settings';
export * from './read-texts';
export { type SourcePosition } from './source-text';
export * from './yaml-files';
