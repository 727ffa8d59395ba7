export { type Acknowledgements } from './conversion-report';
export * from './expression';
export * from './kubedb/convert';
export { KUBEDB_FIELDS } from './kubedb/fields';
export * from './outcome';
export * from './program-text';
