export { type Acknowledgements } from './conversion-report';
export { BITNAMI_TEXT, BITNAMI_VALUES, convertBitnamiValues } from './bitnami/convert-values';
export { type BitnamiRelease } from './bitnami/bitnami-context';
export * from './expression';
export * from './kubedb/convert';
export { KUBEDB_FIELDS } from './kubedb/fields';
export * from './outcome';
export * from './program-text';
