export * from './hba';
export * from './ident';
