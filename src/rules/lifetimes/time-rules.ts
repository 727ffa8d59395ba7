import { ruleTable } from '../engine/rule-table';
import { durationInvalid } from './duration-invalid';
import { durationTooShort } from './duration-too-short';
import { renewBeforeOutOfRange } from './renew-before-out-of-range';
import { renewBeforeSetTwice } from './renew-before-set-twice';
import { renewBeforePercentageOutOfRange } from './renew-before-percentage-out-of-range';
import { renewalPolicyInvalid } from './renewal-policy-invalid';
import { lifetimeLongerThanCa } from './lifetime-longer-than-ca';
import { leafOutlivesCa } from './leaf-outlives-ca';
import { renewalTooFrequent } from './renewal-too-frequent';
import { revisionHistoryLimitTooSmall } from './revision-history-limit-too-small';
import { leafOutlivesRootCa } from './leaf-outlives-root-ca';
import { trustedCaCopyExpires } from './trusted-ca-copy-expires';
import { renewalDisabled } from './renewal-disabled';
import { renewalWindowTooLate } from './renewal-window-too-late';
import { renewalWindowZero } from './renewal-window-zero';

/** Rules about lifetimes and renewals. */
export const TIME_RULES = ruleTable(({ certificates }) => certificates, [
  durationInvalid,
  durationTooShort,
  renewBeforeOutOfRange,
  renewBeforeSetTwice,
  renewBeforePercentageOutOfRange,
  renewalPolicyInvalid,
  lifetimeLongerThanCa,
  leafOutlivesCa,
  renewalTooFrequent,
  revisionHistoryLimitTooSmall,
  leafOutlivesRootCa,
  trustedCaCopyExpires,
  renewalDisabled,
  renewalWindowTooLate,
  renewalWindowZero,
]);
