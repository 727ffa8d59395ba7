import { bundleDefaultCasTwice } from './bundle-default-cas-twice';
import { bundleIncludesPrivateKey } from './bundle-includes-private-key';
import { bundleOfRotatingCa } from './bundle-of-rotating-ca';
import { bundleReadsOwnTarget } from './bundle-reads-own-target';
import { bundleSelectorInvalid } from './bundle-selector-invalid';
import { bundleSourceCount } from './bundle-source-count';
import { bundleSourceKey } from './bundle-source-key';
import { bundleSourceNameAndSelector } from './bundle-source-name-and-selector';
import { bundleSourceNamespace } from './bundle-source-namespace';
import { bundleSourceNotPem } from './bundle-source-not-pem';
import { bundleSourceType } from './bundle-source-type';
import { bundleTargetKeyDuplicate } from './bundle-target-key-duplicate';
import { bundleTargetMetadata } from './bundle-target-metadata';
import { bundleTargetMissing } from './bundle-target-missing';
import type { TrustTarget } from './trust-target';
import { trustsOf } from '../../pki';
import { ruleTable } from '../engine/rule-table';

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
