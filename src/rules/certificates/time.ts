import { isGiven, mapping, mappings, text } from '../../data';
import { formatMilliseconds, longestPause, parseCron, parseGoDuration } from '../../formats';
import { displayName } from '../../kubernetes';
import { CertificateNode } from '../../pki';
import { trustersOf } from '../../workloads';
import { Severity } from '../engine/finding';
import { Consequence, Rule, when } from '../engine/rule';
import { ruleTable } from '../engine/rule-table';

const HOUR = 3_600_000;
const MINUTE = 60_000;

/** A renewal has to reach the pod's volume, which the kubelet looks after once a minute, and to be loaded there. */
const SHORTEST_CADENCE = 30 * MINUTE;

/** What is proven about lifetimes and renewals. */
export const TIME_RULES = ruleTable(({ certificates }) => certificates, [
  {
    code: 'PGTLS-D01',
    title: 'a duration that Go cannot read',
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
    title: 'a duration below one hour',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'cert-manager webhook (validation/certificate.go)',
    check: ({ spec }) => {
      const duration = parseGoDuration(spec['duration']);
      return when(duration !== undefined && duration < HOUR, () => `duration ${text(spec['duration'])} is below one hour`);
    },
    fix: 'give at least 1h; a day or more leaves time for the renewal to reach the pod',
  },
  {
    code: 'PGTLS-D03',
    title: 'renewBefore below five minutes, or not below the duration',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'cert-manager webhook (validation/certificate.go)',
    check: ({ spec, lifetime, hasReadableLifetime }) => {
      const renewBefore = parseGoDuration(spec['renewBefore']);
      if (renewBefore === undefined) { return []; }
      return [
        ...when(renewBefore < 5 * MINUTE, () => `renewBefore ${text(spec['renewBefore'])} is below five minutes`),
        ...when(hasReadableLifetime && renewBefore >= lifetime,
          () => `renewBefore ${text(spec['renewBefore'])} is not below the duration ${formatMilliseconds(lifetime)}`),
      ];
    },
    fix: 'give at least 5m and less than the duration, a third of it for example',
  },
  {
    code: 'PGTLS-D04',
    title: 'renewBefore and renewBeforePercentage together',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'cert-manager webhook (validation/certificate.go)',
    check: ({ spec }) =>
      when(isGiven(spec['renewBefore']) && isGiven(spec['renewBeforePercentage']), () => 'renewBefore and renewBeforePercentage are given together'),
    fix: 'give one of them',
  },
  {
    code: 'PGTLS-D05',
    title: 'renewBeforePercentage that leaves no time',
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
    fix: 'choose a percentage that leaves five minutes before and after the renewal',
  },
  {
    code: 'PGTLS-D06',
    title: 'a renewal policy or window that cannot be',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'cert-manager webhook (validation/certificate.go, github.com/robfig/cron) and its CRD',
    check: ({ spec }) => {
      if (!isGiven(spec['renewal'])) { return []; }
      const { policy } = mapping(spec['renewal']);
      const windows = windowsOf(spec['renewal']);
      if (policy === 'Disabled') { return when(windows.length > 0, () => 'renewal windows are given although renewal is Disabled'); }
      return [
        ...when(policy !== 'RenewBefore', () => `renewal policy '${text(policy)}' is neither RenewBefore nor Disabled`),
        ...windows.flatMap(({ cron, windowDuration, timezone }) => [
          ...when(!isWindowDuration(windowDuration),
            () => `renewal windowDuration '${text(windowDuration)}' is not a number of hours, minutes and seconds`),
          ...when(isGiven(timezone) && !isTimeZone(text(timezone)), () => `renewal timezone '${text(timezone)}' is not an IANA name`),
          ...when(scheduleOf({ cron, timezone }) === undefined,
            () => `renewal cron '${text(cron)}' is not minute, hour, day of month, month and day of week (0 to 6)`),
        ]),
      ];
    },
    fix: 'give a policy, and windows with a length and a five-field cron only under RenewBefore',
  },
  {
    code: 'PGTLS-D07',
    title: 'a certificate that lives longer than its authority',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'cert-manager does not limit what a CA issuer signs; peers refuse a chain as soon as one of it has expired',
    check: (certificate) => {
      const { lifetime } = certificate;
      const signer = signerInTime(certificate);
      return when(signer !== undefined && lifetime > signer.lifetime,
        () => `a lifetime of ${formatMilliseconds(lifetime)} exceeds that of ${displayName(signer!.at)}, its authority: ${formatMilliseconds(signer!.lifetime)}`);
    },
    fix: 'let it end first: its duration is at most what the authority has left when it is renewed, the renewBefore of the authority',
  },
  {
    code: 'PGTLS-D08',
    title: 'a certificate that outlives a certificate of its authority, which cannot be replaced under it',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'what is issued just before an authority is renewed rests on the certificate that ends first',
    check: (certificate) => when(outlivesSigner(certificate) && isBoundToSigner(certificate.issuingCa!), () => {
      const { issuingCa: authority } = certificate;
      const why = authority!.rotatesKey ? 'the renewed authority has another key' : 'the old intermediate stays in the chain that is shown';
      return `${outliving(certificate)}, and ${why}`;
    }),
    fix: 'give it a duration of at most the renewBefore of the authority',
  },
  {
    code: 'PGTLS-D09',
    severity: Severity.WARNING,
    title: 'renewals that follow each other too fast',
    consequence: Consequence.NEVER_READY,
    source: 'cert-manager website, usage/certificate: an issuer that back-dates or shortens turns this into a loop',
    check: (certificate) => {
      const { spec, lifetime, renewBefore, isRenewed, hasSoundTimes } = certificate;
      if (!isRenewed || !hasSoundTimes) { return []; }
      const early = renewBefore > 0.9 * lifetime;
      const said = isGiven(spec['renewBefore']) ? 'renewBefore' : 'renewBeforePercentage';
      return [
        ...when(early, () => `${said} ${text(spec[said])} is more than 90 % of the lifetime ${formatMilliseconds(lifetime)}`),
        ...when(!early && lifetime - renewBefore < SHORTEST_CADENCE,
          () => `it is renewed every ${formatMilliseconds(lifetime - renewBefore)}, and every time pods have to load it`),
      ];
    },
    fix: 'renew later, when a third of the lifetime is left for example, or let it live longer',
  },
  {
    code: 'PGTLS-D10',
    title: 'revisionHistoryLimit below one',
    consequence: Consequence.REJECTED_ON_APPLY,
    source: 'cert-manager webhook (validation/certificate.go)',
    check: ({ spec: { revisionHistoryLimit: limit } }) => when(typeof limit === 'number' && limit < 1, () => `revisionHistoryLimit ${text(limit)} is below 1`),
    fix: 'keep at least one CertificateRequest',
  },
  {
    code: 'PGTLS-D11',
    severity: Severity.WARNING,
    title: 'a certificate that outlives a certificate of its authority, which keeps its key',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'ca.crt in the Secret of a leaf is as old as the leaf',
    // Where somebody trusts the copy and it is certain to end first, that is an error (PGTLS-D15).
    check: (certificate) => when(outlivesSigner(certificate) && !isBoundToSigner(certificate.issuingCa!) && lateCopy(certificate) === undefined,
      () => `${outliving(certificate)}: its copy of the authority (ca.crt) ends before it`),
    fix: 'give it a duration of at most the renewBefore of the authority, or give peers the authority from elsewhere',
  },
  {
    code: 'PGTLS-D15',
    title: 'a trusted copy of a root that ends before it is replaced',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'cert-manager pkg/controller/certificates/issuing: ca.crt is written when its Certificate is issued, and not when the root is renewed',
    check: (certificate) => {
      const late = lateCopy(certificate);
      return when(late !== undefined, () => `ca.crt in Secret '${certificate.secretName}' can be ${formatMilliseconds(late!.age)} behind ${displayName(late!.root.at)}, its root, `
        + `which has ${formatMilliseconds(late!.root.renewBefore)} left when it is renewed; it is trusted by ${enumerated(trustersOf(certificate))}`);
    },
    fix: 'renew the root earlier, with more time left than passes between two renewals of what carries ca.crt, or have peers trust the root from elsewhere (TrustBundle)',
  },
  {
    code: 'PGTLS-D12',
    severity: Severity.WARNING,
    title: 'a certificate that is never renewed',
    consequence: Consequence.FAILS_AT_RUNTIME,
    source: 'cert-manager 1.21, renewal policy Disabled',
    check: ({ isRenewed, lifetime }) => when(!isRenewed, () => `renewal is Disabled: after ${formatMilliseconds(lifetime)} every peer refuses it`),
    fix: 'leave the renewal to cert-manager, or say how it is replaced in time',
  },
  {
    code: 'PGTLS-D13',
    severity: Severity.WARNING,
    title: 'renewal windows that may not open in time',
    consequence: Consequence.NEVER_READY,
    source: 'cert-manager pkg/util/pki/renewaltime.go: the next window may open after the certificate has ended',
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
        : `renewal windows at ${crons} are closed for up to ${formatMilliseconds(closed)}, and the renewal has ${formatMilliseconds(renewBefore)}`);
    },
    fix: 'open them more often than the renewBefore span is long, or begin earlier',
  },
  {
    code: 'PGTLS-D14',
    title: 'a renewal window of no length',
    consequence: Consequence.NEVER_READY,
    source: 'cert-manager internal/controller/certificates/policies/checks.go, seen with 1.21.2: its controller dies of it, at every start again',
    check: ({ spec, isRenewed }) => windowsOf(spec['renewal']).filter((window) => isRenewed && hasNoLength(window))
      .map(({ windowDuration }) => `renewal windowDuration ${text(windowDuration)} stops the cert-manager of the whole cluster`),
    fix: 'give the window a length, an hour for example',
  },
] satisfies Rule<CertificateNode>[]);

/** The authority of the app that signs a certificate, where nothing else is wrong that would make its times meaningless. */
function signerInTime(certificate: CertificateNode): CertificateNode | undefined {
  const { issuingCa: authority } = certificate;
  const comparable = authority?.isCa === true && certificate.hasSoundTimes && authority.hasSoundTimes && certificate.issuerCycle.length === 0;
  return comparable ? authority : undefined;
}

/** Whether it can be in use when the certificate that its authority had at its issuance has ended, though not for longer than a new one lasts. */
function outlivesSigner(certificate: CertificateNode): boolean {
  const signer = signerInTime(certificate);
  return signer !== undefined && signer.isRenewed && certificate.lifetime <= signer.lifetime && certificate.lifetime > signer.renewBefore;
}

/** Whether the certificate that an authority had at an issuance is the only one that will ever verify what was issued. */
function isBoundToSigner(signer: CertificateNode): boolean {
  const isIntermediate = signer.issuingCa !== undefined || (signer.issuer !== undefined && !signer.signsItself);
  return signer.rotatesKey || isIntermediate;
}

/** How late `ca.crt` beside a Certificate follows a root that keeps its key, where somebody trusts that copy and it ends before it is replaced. */
function lateCopy(certificate: CertificateNode): { readonly root: CertificateNode; readonly age: number } | undefined {
  const chain = [certificate, ...certificate.issuingCas];
  const root = chain.pop()!;
  const isSound = chain.length > 0 && certificate.issuerCycle.length === 0 && [root, ...chain].every(({ hasSoundTimes }) => hasSoundTimes);
  const isRoot = root.isCa && root.isRenewed && !root.rotatesKey && (root.signsItself || root.issuer === undefined);
  // What outlives its signer, or is bound to one that ends, has rules of its own.
  const isOver = chain.some((signed) => signed.lifetime > signed.issuingCa!.lifetime || (outlivesSigner(signed) && isBoundToSigner(signed.issuingCa!)));
  if (!isSound || !isRoot || isOver) { return undefined; }
  // The Secret of an intermediate holds a copy as well, from which those below it are made.
  const age = chain.reduce((sum, { isRenewed, lifetime, renewBefore }) => sum + (isRenewed ? lifetime - renewBefore : lifetime), 0);
  return age > root.renewBefore && trustersOf(certificate).length > 0 ? { root, age } : undefined;
}

function enumerated(names: ReadonlyArray<string>): string {
  const shown = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}

function outliving({ lifetime, issuingCa: authority }: CertificateNode): string {
  const left = formatMilliseconds(authority!.renewBefore);
  return `a lifetime of ${formatMilliseconds(lifetime)} exceeds what ${displayName(authority!.at)} has left when it is renewed, ${left}`;
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

/** Go looks names up in files, so case matters; `Local` is a name of its own. */
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
