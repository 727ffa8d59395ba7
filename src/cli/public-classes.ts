/** The classes of the public API whose arguments the command line checks; in its bundle they stand for `src/index.ts`, which loads cdk8s. */
export { CertManagerVersion } from '../pki';
