import { mapping, mappings, text } from '../../data';
import { formatMilliseconds, parseCron, parseGoDuration } from '../../formats';
import { displayName } from '../../kubernetes';
import { CertificateNode } from '../../pki';
import { trustersOf } from '../../workloads';

export const MINUTE = 60_000;

/** The issuing CA certificate of the app, unless another fault makes its lifetimes meaningless. */
export function signerInTime(certificate: CertificateNode): CertificateNode | undefined {
  const { issuingCa: ca } = certificate;
  const comparable = ca?.isCa === true && certificate.hasSoundTimes && ca.hasSoundTimes && certificate.issuerCycle.length === 0;
  return comparable ? ca : undefined;
}

/** Whether it can be in use after the CA certificate of its issuance has expired, though its lifetime is not longer than that of a new one. */
export function outlivesSigner(certificate: CertificateNode): boolean {
  const signer = signerInTime(certificate);
  return signer !== undefined && signer.isRenewed && certificate.lifetime <= signer.lifetime && certificate.lifetime > signer.renewBefore;
}

/** Whether only the CA certificate of the issuance can verify what the CA has issued, and no renewed one. */
export function isBoundToSigner(signer: CertificateNode): boolean {
  const isIntermediate = signer.issuingCa !== undefined || (signer.issuer !== undefined && !signer.signsItself);
  return signer.rotatesKey || isIntermediate;
}

/** The age that `ca.crt` of a Certificate can reach below a root that keeps its key, where a peer trusts the copy and it expires before it is replaced. */
export function lateCopy(certificate: CertificateNode): { readonly root: CertificateNode; readonly age: number } | undefined {
  const chain = [certificate, ...certificate.issuingCas];
  const root = chain.pop()!;
  const isSound = chain.length > 0 && certificate.issuerCycle.length === 0 && [root, ...chain].every(({ hasSoundTimes }) => hasSoundTimes);
  const isRoot = root.isCa && root.isRenewed && !root.rotatesKey && (root.signsItself || root.issuer === undefined);
  // Certificates that outlive their CA are covered by other rules (PGTLS-D07, PGTLS-D08).
  const isOver = chain.some((signed) => signed.lifetime > signed.issuingCa!.lifetime || (outlivesSigner(signed) && isBoundToSigner(signed.issuingCa!)));
  if (!isSound || !isRoot || isOver) { return undefined; }
  // The Secret of an intermediate holds a copy as well, which is copied into the Secrets of its leaves.
  const age = chain.reduce((sum, { isRenewed, lifetime, renewBefore }) => sum + (isRenewed ? lifetime - renewBefore : lifetime), 0);
  return age > root.renewBefore && trustersOf(certificate).length > 0 ? { root, age } : undefined;
}

export function outliving({ lifetime, issuingCa: ca }: CertificateNode): string {
  const left = formatMilliseconds(ca!.renewBefore);
  return `lifetime ${formatMilliseconds(lifetime)} is longer than the renewBefore of its issuing CA ${displayName(ca!.at)}, ${left}`;
}

export function windowsOf(renewal: unknown): Window[] {
  return mappings(mapping(renewal)['windows']);
}

export interface Window {
  readonly cron?: unknown;
  readonly windowDuration?: unknown;
  readonly timezone?: unknown;
}

/** cert-manager puts the time zone in front of the cron text (pkg/util, CronParse). */
export function scheduleOf({ cron, timezone }: Window) {
  return parseCron(text(timezone) === '' ? text(cron) : `CRON_TZ=${text(timezone)} ${text(cron)}`);
}

/** The pattern is that of the CRD, narrower than Go's. */
export function isWindowDuration(value: unknown): boolean {
  return /^([0-9]+(\.[0-9]+)?(s|m|h))+$/.test(text(value)) && parseGoDuration(value) !== undefined;
}

export function hasNoLength({ windowDuration }: Window): boolean {
  return isWindowDuration(windowDuration) && parseGoDuration(windowDuration) === 0;
}
