import { posix } from 'node:path';
import type { Refusal, StepResult } from './access-step';
import type { ClientView } from '../client-view';
import { describeClient } from '../describe-client';
import { unreadable } from '../key-modes';
import { lacksFile } from '../lacks-file';
import type { ConnectionPath } from '../pod-context';
import { isKeyFile } from '../pod-files';

/** Whether the process may read its certificate and key; PGTLS-F02 finds the volume. */
export function keyReadable({ client, from }: ConnectionPath): StepResult {
  const { certificateFile, keyFile } = client;
  if (certificateFile === undefined && keyFile === undefined) { return 'admitted'; }
  const [file] = unreadable(from).filter(({ container, path }) => container === client.container && [certificateFile?.path, keyFile?.path].includes(path));
  if (file === undefined) { return 'admitted'; }
  return {
    field: from.pod.fieldOf('securityContext.fsGroup'), problem: `${describeClient(client)} cannot read '${file.path}'`,
    error: permissionDenied(file),
  };
}

/** Source: PostgreSQL src/interfaces/libpq/fe-secure-openssl.c, initialize_SSL; the server, src/backend/libpq/be-secure-openssl.c, has nearly the same words. */
export function permissionDenied({ key, path }: { readonly key: string; readonly path: string }): string {
  return `could not ${isKeyFile(key) ? 'load private key' : 'read certificate'} file "${path}": Permission denied`;
}

/** Whether the Secret has the key; PGTLS-W11 finds the setting. */
export function keyMissing({ client }: ConnectionPath): StepResult {
  const { certificateFile, keyFile } = client;
  if (certificateFile === undefined || keyFile === undefined || !lacksFile(client, keyFile)) { return 'admitted'; }
  return { field: client.fieldOf('sslkey'), problem: `${describeClient(client)} reads '${keyFile.path}', which does not exist`, error: keyMissingError(keyFile.path) };
}

/** Source: PostgreSQL src/interfaces/libpq/fe-secure-openssl.c, initialize_SSL. */
export function keyMissingError(path: string): string {
  return `certificate present, but not private key file "${path}"`;
}

/** Whether libpq accepts the mode of the key; PGTLS-F01 finds the volume. */
export function keyMode({ client }: ConnectionPath): StepResult {
  const { certificateFile, keyFile, isLibpq } = client;
  if (!isLibpq || certificateFile === undefined || keyFile?.source.kind !== 'Secret') { return 'admitted'; }
  if (keyFile.mode === undefined || keyFile.mode === 0) { return 'unknown'; }
  return (keyFile.mode & 0o037) === 0 ? 'admitted' : {
    field: keyFile.source.field, problem: `${describeClient(client)} reads '${keyFile.path}', whose mode libpq rejects`, error: keyModeError(keyFile.path),
  };
}

/** Source: PostgreSQL src/interfaces/libpq/fe-secure-openssl.c, initialize_SSL; the server begins with the same words. */
export function keyModeError(path: string): string {
  return `private key file "${path}" has group or world access`;
}

/** Whether the driver can read the key, as far as the name of the file and the keys of the Secret show it. */
export function keyFormat({ client }: ConnectionPath): StepResult {
  // Without a certificate libpq does not look for a key.
  if (client.isLibpq && client.setting('sslcert') === undefined) { return 'admitted'; }
  const unusable = unusableKey(client);
  return unusable === undefined ? (client.keyFile === undefined ? 'unknown' : 'admitted') : unusable.isOfOldRelease === true ? 'unknown' : unusable;
}

/** A key file that the driver of a client cannot use, whatever it connects to. */
export function unusableKey(client: ClientView): Refusal & { readonly isOfOldRelease?: boolean } | undefined {
  const { keyFile, certificateFile } = client;
  const certificate = keyFile && client.certificateOf(keyFile);
  // In a Secret of type kubernetes.io/tls the key is in PEM.
  const isPem = keyFile?.source.kind === 'Secret' && keyFile.key === 'tls.key';
  if (keyFile === undefined || (certificate === undefined && !isPem) || lacksFile(client, keyFile)) { return undefined; }
  const field = client.fieldOf('sslkey');
  const whose = `${describeClient(client)} reads sslkey from ${keyFile.key} of Secret '${keyFile.source.name}'`;
  if (client.isJdbc) {
    const error = `Could not read SSL key file ${keyFile.path}.`;
    if (!isKeyFile(keyFile.key)) { return { field, problem: `${whose}, which is not a private key`, error }; }
    if (/^tls/.test(keyFile.key)) { return { field, problem: `${whose}, which is in PEM`, error, isOfOldRelease: certificate === undefined || /\.(key|pem)$/.test(keyFile.path) }; }
    if (keyFile.key === 'keystore.jks') { return { field, problem: `${whose}, which is a Java keystore`, error }; }
    const isStore = /\.(p12|pfx)$/.test(posix.basename(keyFile.path));
    if ((keyFile.key === 'keystore.p12') !== isStore) {
      return { field, problem: `${whose} as '${posix.basename(keyFile.path)}': pgjdbc takes a file for PKCS#12 by the ending .p12 or .pfx`, error };
    }
    return undefined;
  }
  // Without a certificate libpq does not look for a key.
  if (certificateFile === undefined || !client.isLibpq) { return undefined; }
  if (!isKeyFile(keyFile.key)) { return { field, problem: `${whose}, which is not a private key`, error: `could not load private key file "${keyFile.path}": unsupported` }; }
  if (/^keystore\./.test(keyFile.key)) { return { field, problem: `${whose}, which is a keystore and not PEM or DER`, error: `could not load private key file "${keyFile.path}": unsupported` }; }
  return undefined;
}
