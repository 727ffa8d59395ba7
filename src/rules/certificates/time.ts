import { isGiven, mapping, mappings, text } from '../../data';
import { formatMilliseconds, longestPause, parseCron, parseGoDuration } from '../../formats';
import { displayName } from '../../kubernetes';
import { CertificateNode } from '../../pki';
import { trustersOf } from '../../workloads';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule, when } from '../engine/rule';
import { ruleTable } from '../engine/rule-table';

const HOUR = 3_600_000;
const MINUTE = 60_000;

/** A renewed certificate must reach the volume of the pod, which the kubelet updates about once a minute, and be loaded there. */
const SHORTEST_CADENCE = 30 * MINUTE;

/** Rules about lifetimes and renewals. */
export const TIME_RULES = ruleTable(({ certificates }) => certificates, [
  {
    code: 'PGTLS-D01',
    title: 'invalid duration or renewBefore',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'Go time.ParseDuration',
    check: ({ spec }) =>
      (['duration', 'renewBefore'] as const)
        .filter((field) => isGiven(spec[field]) && parseGoDuration(spec[field]) === undefined)
        .map((field) => `${field} '${text(spec[field])}' is not a Go duration`),
    fix: 'use hours, minutes and seconds (2160h0m0s), at most 292 years; there is no unit for days',
  },
  {
    code: 'PGTLS-D02',
    title: 'duration shorter than one hour',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'cert-manager webhook (validation/certificate.go)',
    check: ({ spec }) => {
      const duration = parseGoDuration(spec['duration']);
      return when(duration !== undefined && duration < HOUR, () => `duration ${text(spec['duration'])} is shorter than one hour`);
    },
    fix: 'set at least 1h; a day or more leaves time for the renewed certificate to reach the pod',
  },
  {
    code: 'PGTLS-D03',
    title: 'renewBefore shorter than five minutes, or not shorter than duration',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'cert-manager webhook (validation/certificate.go)',
    check: ({ spec, lifetime, hasReadableLifetime }) => {
      const renewBefore = parseGoDuration(spec['renewBefore']);
      if (renewBefore === undefined) { return []; }
      return [
        ...when(renewBefore < 5 * MINUTE, () => `renewBefore ${text(spec['renewBefore'])} is shorter than five minutes`),
        ...when(hasReadableLifetime && renewBefore >= lifetime,
          () => `renewBefore ${text(spec['renewBefore'])} is not shorter than duration ${formatMilliseconds(lifetime)}`),
      ];
    },
    fix: 'set at least 5m and less than the duration, for example a third of it',
  },
  {
    code: 'PGTLS-D04',
    title: 'renewBefore and renewBeforePercentage both set',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'cert-manager webhook (validation/certificate.go)',
    check: ({ spec }) =>
      when(isGiven(spec['renewBefore']) && isGiven(spec['renewBeforePercentage']), () => 'renewBefore and renewBeforePercentage are both set'),
    fix: 'remove one of them',
  },
  {
    code: 'PGTLS-D05',
    title: 'renewBeforePercentage below 1, above 99, or less than five minutes of the lifetime',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'cert-manager webhook (validation/certificate.go), pkg/util/pki/renewaltime.go',
    check: ({ spec, lifetime, hasReadableLifetime }) => {
      const percentage = spec['renewBeforePercentage'];
      if (typeof percentage !== 'number') { return []; }
      if (percentage < 1 || percentage > 99) { return [`renewBeforePercentage ${percentage} is not between 1 and 99`]; }
      // Up to 1.21 the webhook tests the complement and the controller the percentage itself, so both must leave five minutes.
      return when(hasReadableLifetime && lifetime * Math.min(percentage, 100 - percentage) / 100 < 5 * MINUTE,
        () => `renewBeforePercentage ${percentage} leaves less than five minutes of ${formatMilliseconds(lifetime)} before or after the renewal`);
    },
    fix: 'choose a percentage that leaves at least five minutes before and after the renewal',
  },
  {
    code: 'PGTLS-D06',
    title: 'invalid renewal policy or window',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'cert-manager webhook (validation/certificate.go, github.com/robfig/cron) and its CRD',
    check: ({ spec }) => {
      if (!isGiven(spec['renewal'])) { return []; }
      const { policy } = mapping(spec['renewal']);
      const windows = windowsOf(spec['renewal']);
      if (policy === 'Disabled') { return when(windows.length > 0, () => 'renewal.windows is set although renewal.policy is Disabled'); }
      return [
        ...when(policy !== 'RenewBefore', () => `renewal.policy '${text(policy)}' is neither RenewBefore nor Disabled`),
        ...windows.flatMap(({ cron, windowDuration, timezone }) => [
          ...when(!isWindowDuration(windowDuration),
            () => `renewal windowDuration '${text(windowDuration)}' is not a duration in hours, minutes and seconds`),
          ...when(isGiven(timezone) && !isTimeZone(text(timezone)), () => `renewal timezone '${text(timezone)}' is not an IANA time zone`),
          ...when(scheduleOf({ cron, timezone }) === undefined,
            () => `renewal cron '${text(cron)}' is not a cron expression of minute, hour, day of month, month and day of week (0 to 6)`),
        ]),
      ];
    },
    fix: 'set a policy; set windows only with RenewBefore, each with a windowDuration and a five-field cron',
  },
  {
    code: 'PGTLS-D07',
    title: 'lifetime longer than that of the issuing CA certificate',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'a CA issuer of cert-manager signs any lifetime; peers reject a chain as soon as one of its certificates has expired',
    check: (certificate) => {
      const { lifetime } = certificate;
      const signer = signerInTime(certificate);
      return when(signer !== undefined && lifetime > signer.lifetime,
        () => `lifetime ${formatMilliseconds(lifetime)} is longer than that of its issuing CA ${displayName(signer!.at)}: ${formatMilliseconds(signer!.lifetime)}`);
    },
    fix: 'set a duration of at most the renewBefore of the issuing CA certificate',
  },
  {
    code: 'PGTLS-D08',
    title: 'certificate outlives its issuing CA, whose key rotates or which is an intermediate',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'a certificate that is issued just before the renewal of its CA depends on the old CA certificate',
    check: (certificate) => when(outlivesSigner(certificate) && isBoundToSigner(certificate.issuingCa!), () => {
      const { issuingCa: ca } = certificate;
      const why = ca!.rotatesKey ? 'the renewed CA has a new key' : 'servers keep sending the old intermediate certificate';
      return `${outliving(certificate)}, and ${why}`;
    }),
    fix: 'set a duration of at most the renewBefore of the issuing CA certificate',
  },
  {
    code: 'PGTLS-D09',
    severity: Severity.WARNING,
    title: 'renewals too frequent',
    consequence: Consequence.NEVER_READY,
    source: 'cert-manager website, usage/certificate: an issuer that back-dates or shortens turns this into a loop',
    check: (certificate) => {
      const { spec, lifetime, renewBefore, isRenewed, hasSoundTimes } = certificate;
      if (!isRenewed || !hasSoundTimes) { return []; }
      const early = renewBefore > 0.9 * lifetime;
      const field = isGiven(spec['renewBefore']) ? 'renewBefore' : 'renewBeforePercentage';
      return [
        ...when(early, () => `${field} ${text(spec[field])} is more than 90 % of the lifetime ${formatMilliseconds(lifetime)}`),
        ...when(!early && lifetime - renewBefore < SHORTEST_CADENCE,
          () => `the certificate is renewed every ${formatMilliseconds(lifetime - renewBefore)}, and pods must load it each time`),
      ];
    },
    fix: 'reduce renewBefore, for example to a third of the lifetime, or set a longer duration',
  },
  {
    code: 'PGTLS-D10',
    title: 'revisionHistoryLimit less than 1',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'cert-manager webhook (validation/certificate.go)',
    check: ({ spec: { revisionHistoryLimit: limit } }) => when(typeof limit === 'number' && limit < 1, () => `revisionHistoryLimit ${text(limit)} is less than 1`),
    fix: 'set at least 1',
  },
  {
    code: 'PGTLS-D11',
    severity: Severity.WARNING,
    title: 'certificate outlives its issuing root CA certificate, which keeps its key',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'ca.crt in the Secret of a leaf is only written when the leaf is issued',
    // Where a peer trusts the copy and the copy certainly expires first, that is an error (PGTLS-D15).
    check: (certificate) => when(outlivesSigner(certificate) && !isBoundToSigner(certificate.issuingCa!) && lateCopy(certificate) === undefined,
      () => `${outliving(certificate)}: its copy of the CA certificate (ca.crt) expires first`),
    fix: 'set a duration of at most the renewBefore of the root CA, or distribute the root CA certificate to peers from another source',
  },
  {
    code: 'PGTLS-D15',
    title: 'trusted ca.crt copy of a root CA expires before it is replaced',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'cert-manager pkg/controller/certificates/issuing: ca.crt is written when its Certificate is issued, not when the root is renewed',
    check: (certificate) => {
      const late = lateCopy(certificate);
      return when(late !== undefined, () => `ca.crt in Secret '${certificate.secretName}' can be ${formatMilliseconds(late!.age)} older than its root CA certificate, ${displayName(late!.root.at)}, `
        + `which is renewed ${formatMilliseconds(late!.root.renewBefore)} before it expires; trusted by ${enumerated(trustersOf(certificate))}`);
    },
    fix: 'increase the renewBefore of the root CA beyond the time between two renewals of the certificates that carry ca.crt, or distribute the root CA certificate in a TrustBundle',
  },
  {
    code: 'PGTLS-D12',
    severity: Severity.WARNING,
    title: 'certificate renewal disabled',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'cert-manager 1.21, renewal policy Disabled',
    check: ({ isRenewed, lifetime }) => when(!isRenewed, () => `renewal.policy is Disabled: the certificate expires after ${formatMilliseconds(lifetime)} and is not renewed`),
    fix: 'remove the policy, or acknowledge the warning with the manual renewal procedure',
  },
  {
    code: 'PGTLS-D13',
    severity: Severity.WARNING,
    title: 'renewal windows that may not open before the certificate expires',
    consequence: Consequence.NEVER_READY,
    source: 'cert-manager pkg/util/pki/renewaltime.go: the next window may open after the certificate has expired',
    check: (certificate) => {
      const { spec, renewBefore, isRenewed, hasSoundTimes } = certificate;
      const windows = windowsOf(spec['renewal']);
      const schedules = windows.flatMap((window) => scheduleOf(window) ?? []);
      if (!isRenewed || !hasSoundTimes || schedules.length === 0 || schedules.length < windows.length) { return []; }
      if (windows.some(hasNoLength)) { return []; }
      const closed = longestPause(schedules) - Math.max(...windows.map(({ windowDuration }) => parseGoDuration(windowDuration) ?? 0));
      const crons = windows.map(({ cron }) => `'${text(cron)}'`).join(', ');
      return when(closed >= renewBefore, () => closed === Infinity
        ? `renewal windows at ${crons} never open`
        : `renewal windows at ${crons} are closed for up to ${formatMilliseconds(closed)}, but the renewBefore period is only ${formatMilliseconds(renewBefore)}`);
    },
    fix: 'let the windows open more often, or increase renewBefore',
  },
  {
    code: 'PGTLS-D14',
    title: 'renewal windowDuration of zero',
    consequence: Consequence.NEVER_READY,
    source: 'cert-manager internal/controller/certificates/policies/checks.go, seen with 1.21.2: the controller crashes, again after every restart',
    check: ({ spec, isRenewed }) => windowsOf(spec['renewal']).filter((window) => isRenewed && hasNoLength(window))
      .map(({ windowDuration }) => `renewal windowDuration ${text(windowDuration)} crashes the cert-manager controller for the whole cluster`),
    fix: 'set a windowDuration greater than zero, for example 1h',
  },
] satisfies Rule<CertificateNode>[]);

/** The issuing CA certificate of the app, unless another fault makes its lifetimes meaningless. */
function signerInTime(certificate: CertificateNode): CertificateNode | undefined {
  const { issuingCa: ca } = certificate;
  const comparable = ca?.isCa === true && certificate.hasSoundTimes && ca.hasSoundTimes && certificate.issuerCycle.length === 0;
  return comparable ? ca : undefined;
}

/** Whether it can be in use after the CA certificate of its issuance has expired, though its lifetime is not longer than that of a new one. */
function outlivesSigner(certificate: CertificateNode): boolean {
  const signer = signerInTime(certificate);
  return signer !== undefined && signer.isRenewed && certificate.lifetime <= signer.lifetime && certificate.lifetime > signer.renewBefore;
}

/** Whether only the CA certificate of the issuance can verify what the CA has issued, and no renewed one. */
function isBoundToSigner(signer: CertificateNode): boolean {
  const isIntermediate = signer.issuingCa !== undefined || (signer.issuer !== undefined && !signer.signsItself);
  return signer.rotatesKey || isIntermediate;
}

/** The age that `ca.crt` of a Certificate can reach below a root that keeps its key, where a peer trusts the copy and it expires before it is replaced. */
function lateCopy(certificate: CertificateNode): { readonly root: CertificateNode; readonly age: number } | undefined {
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

function enumerated(names: ReadonlyArray<string>): string {
  const shown = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}

function outliving({ lifetime, issuingCa: ca }: CertificateNode): string {
  const left = formatMilliseconds(ca!.renewBefore);
  return `lifetime ${formatMilliseconds(lifetime)} is longer than the renewBefore of its issuing CA ${displayName(ca!.at)}, ${left}`;
}

function windowsOf(renewal: unknown): Window[] {
  return mappings(mapping(renewal)['windows']);
}

interface Window {
  readonly cron?: unknown;
  readonly windowDuration?: unknown;
  readonly timezone?: unknown;
}

/** cert-manager puts the time zone in front of the cron text (pkg/util, CronParse). */
function scheduleOf({ cron, timezone }: Window) {
  return parseCron(text(timezone) === '' ? text(cron) : `CRON_TZ=${text(timezone)} ${text(cron)}`);
}

/** The pattern is that of the CRD, narrower than Go's. */
function isWindowDuration(value: unknown): boolean {
  return /^([0-9]+(\.[0-9]+)?(s|m|h))+$/.test(text(value)) && parseGoDuration(value) !== undefined;
}

function hasNoLength({ windowDuration }: Window): boolean {
  return isWindowDuration(windowDuration) && parseGoDuration(windowDuration) === 0;
}

/** Go looks names up in files, so case matters; `Local` is a special name. */
function isTimeZone(name: string): boolean {
  if (name === 'Local') { return true; }
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
    const spelledOtherwise = timeZone !== name && timeZone.toLowerCase() === name.toLowerCase();
    return /^[A-Z][A-Za-z0-9_+-]*(\/[A-Z][A-Za-z0-9_+-]*)*$/.test(name) && !spelledOtherwise;
  } catch {
    return false;
  }
}
