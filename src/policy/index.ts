export * from './certificate-request-policies';
