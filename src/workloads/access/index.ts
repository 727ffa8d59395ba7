export * from './access-step';
export * from './access-walk';
export { hostMismatch } from './host-name';
export { keyMissingError, keyModeError, permissionDenied, unusableKey } from './key-file';
export { missingRootFile } from './root-file';
export { unknownSslMode } from './sslmode';
