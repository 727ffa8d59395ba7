import { trustsOf } from '../../pki';
import { ruleTable } from '../engine/rule-table';
import { TrustTarget } from './trust-shared';
import { bundleSourceType } from './bundle-source-type';
import { bundleSourceCount } from './bundle-source-count';
import { bundleSourceNameAndSelector } from './bundle-source-name-and-selector';
import { bundleSourceKey } from './bundle-source-key';
import { bundleDefaultCasTwice } from './bundle-default-cas-twice';
import { bundleTargetMissing } from './bundle-target-missing';
import { bundleTargetKeyDuplicate } from './bundle-target-key-duplicate';
import { bundleTargetMetadata } from './bundle-target-metadata';
import { bundleReadsOwnTarget } from './bundle-reads-own-target';
import { bundleSelectorInvalid } from './bundle-selector-invalid';
import { bundleSourceNamespace } from './bundle-source-namespace';
import { bundleSourceNotPem } from './bundle-source-not-pem';
import { bundleIncludesPrivateKey } from './bundle-includes-private-key';
import { bundleOfRotatingCa } from './bundle-of-rotating-ca';

/** Rules for bundles of CA certificates. */
export const TRUST_RULES = ruleTable((manifests) => trustsOf(manifests).map((trust): TrustTarget => ({ at: trust.at, trust, manifests })), [
  bundleSourceType,
  bundleSourceCount,
  bundleSourceNameAndSelector,
  bundleSourceKey,
  bundleDefaultCasTwice,
  bundleTargetMissing,
  bundleTargetKeyDuplicate,
  bundleTargetMetadata,
  bundleReadsOwnTarget,
  bundleSelectorInvalid,
  bundleSourceNamespace,
  bundleSourceNotPem,
  bundleIncludesPrivateKey,
  bundleOfRotatingCa,
]);
