import { ruleTable } from '../engine/rule-table';
import { caIssuerWithoutCaCertificate } from './ca-issuer-without-ca-certificate';
import { caIssuerSecretNamespace } from './ca-issuer-secret-namespace';
import { issuerCycle } from './issuer-cycle';
import { caSubjectEmpty } from './ca-subject-empty';
import { caKeyRotates } from './ca-key-rotates';
import { caKeyUsagesTooNarrow } from './ca-key-usages-too-narrow';
import { nameConstraintsMisplaced } from './name-constraints-misplaced';
import { nameOutsideConstraints } from './name-outside-constraints';
import { keyUsagesRejectedByPeers } from './key-usages-rejected-by-peers';
import { selfSignedLeaf } from './self-signed-leaf';
import { caWithExtendedKeyUsages } from './ca-with-extended-key-usages';
import { nameConstraintsInvalid } from './name-constraints-invalid';

/** Rules about issuers that sign with the key pair of a Certificate. */
export const AUTHORITY_ISSUER_RULES = ruleTable(({ issuers }) => issuers, [
  caIssuerWithoutCaCertificate,
  caIssuerSecretNamespace,
]);

/** Rules about CA certificates and the certificates below them. */
export const AUTHORITY_RULES = ruleTable(({ certificates }) => certificates, [
  issuerCycle,
  caSubjectEmpty,
  caKeyRotates,
  caKeyUsagesTooNarrow,
  nameConstraintsMisplaced,
  nameOutsideConstraints,
  keyUsagesRejectedByPeers,
  selfSignedLeaf,
  caWithExtendedKeyUsages,
  nameConstraintsInvalid,
]);
