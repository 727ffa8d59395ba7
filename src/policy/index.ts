export * from './certificate-request-policies';
export * from './certificate-request-policy-spec';
