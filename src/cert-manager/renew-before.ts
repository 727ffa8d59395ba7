import { Duration } from 'cdk8s';
import { RenewalPolicy } from './certificate-output';
import { CertificateProps } from './certificate-props';

/** The default of cert-manager, written out so that it is visible in reviews of the manifest. */
export const DEFAULT_DURATION = Duration.days(90);

/** How long before its expiry a certificate is renewed: as given, or a third of its lifetime. Undefined if it is never renewed. */
export function renewBefore({ duration = DEFAULT_DURATION, renewBefore: given, renewBeforePercentage: percentage, renewalPolicy }: CertificateProps): Duration | undefined {
  if (renewalPolicy === RenewalPolicy.DISABLED) { return undefined; }
  const lifetime = duration.toSeconds({ integral: false });
  // A Duration cannot be negative; PGTLS-D05 reports such a percentage.
  return given ?? Duration.seconds(Math.floor(percentage === undefined ? lifetime / 3 : lifetime * Math.max(0, percentage) / 100));
}
