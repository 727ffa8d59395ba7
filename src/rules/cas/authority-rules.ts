import { caIssuerSecretNamespace } from './ca-issuer-secret-namespace';
import { caIssuerWithoutCaCertificate } from './ca-issuer-without-ca-certificate';
import { caKeyRotates } from './ca-key-rotates';
import { caKeyUsagesTooNarrow } from './ca-key-usages-too-narrow';
import { caSubjectEmpty } from './ca-subject-empty';
import { caWithExtendedKeyUsages } from './ca-with-extended-key-usages';
import { issuerCycle } from './issuer-cycle';
import { keyUsagesRejectedByPeers } from './key-usages-rejected-by-peers';
import { nameConstraintsInvalid } from './name-constraints-invalid';
import { nameConstraintsMisplaced } from './name-constraints-misplaced';
import { nameOutsideConstraints } from './name-outside-constraints';
import { selfSignedLeaf } from './self-signed-leaf';
import { ruleTable } from '../engine/rule-table';

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
