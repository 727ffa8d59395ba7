import { dnsLabelError, dnsSubdomainError, serviceNameError } from '../formats';

/** What the API server demands of the name of an object. */
export enum NameRule {
  /** RFC 1123 subdomain, which most kinds demand. */
  DNS_SUBDOMAIN = 'DNS subdomain',
  /** RFC 1123 label. */
  DNS_LABEL = 'DNS label',
  /** RFC 1035 label. */
  SERVICE_NAME = 'Service name',
  /** Anything that can be a part of a URL path, such as `system:auth-delegator`. */
  PATH_SEGMENT = 'path segment',
}

/**
 * Kinds whose names are not DNS subdomains, by group.
 *
 * Source: Kubernetes, pkg/apis/rbac/validation, pkg/apis/core/validation, pkg/apis/certificates/validation, kube-aggregator
 * pkg/apis/apiregistration/validation. Users, groups and image tags of OpenShift have colons.
 */
const RULES: Readonly<Record<string, Readonly<Record<string, NameRule>>>> = {
  '': { Namespace: NameRule.DNS_LABEL, Service: NameRule.SERVICE_NAME },
  'rbac.authorization.k8s.io': {
    ClusterRole: NameRule.PATH_SEGMENT, ClusterRoleBinding: NameRule.PATH_SEGMENT, Role: NameRule.PATH_SEGMENT, RoleBinding: NameRule.PATH_SEGMENT,
  },
  'authorization.openshift.io': {
    ClusterRole: NameRule.PATH_SEGMENT, ClusterRoleBinding: NameRule.PATH_SEGMENT, Role: NameRule.PATH_SEGMENT, RoleBinding: NameRule.PATH_SEGMENT,
  },
  'certificates.k8s.io': { CertificateSigningRequest: NameRule.PATH_SEGMENT, ClusterTrustBundle: NameRule.PATH_SEGMENT },
  'apiregistration.k8s.io': { APIService: NameRule.PATH_SEGMENT },
  'networking.k8s.io': { IPAddress: NameRule.PATH_SEGMENT },
  'user.openshift.io': { Group: NameRule.PATH_SEGMENT, Identity: NameRule.PATH_SEGMENT, User: NameRule.PATH_SEGMENT, UserIdentityMapping: NameRule.PATH_SEGMENT },
  'image.openshift.io': { ImageStreamTag: NameRule.PATH_SEGMENT, ImageTag: NameRule.PATH_SEGMENT },
};

/** What the API server demands of the names of a kind. */
export function nameRuleOf(group: string, kind: string): NameRule {
  const kinds = Object.hasOwn(RULES, group) ? RULES[group]! : {};
  return Object.hasOwn(kinds, kind) ? kinds[kind]! : NameRule.DNS_SUBDOMAIN;
}

/** Why the API server refuses a name for an object of a kind, or undefined if it does not. */
export function objectNameError(group: string, kind: string, name: string): string | undefined {
  switch (nameRuleOf(group, kind)) {
    case NameRule.DNS_SUBDOMAIN: return dnsSubdomainError(name);
    case NameRule.DNS_LABEL: return dnsLabelError(name);
    case NameRule.SERVICE_NAME: return serviceNameError(name);
    case NameRule.PATH_SEGMENT: return pathSegmentError(name);
  }
}

/** Source: apimachinery, pkg/api/validation/path/name.go. */
function pathSegmentError(name: string): string | undefined {
  if (name === '') { return 'is empty'; }
  if (name === '.' || name === '..') { return 'has a meaning of its own in URL paths'; }
  return /[/%]/.test(name) ? "has a '/' or a '%', which a part of a URL path must not have" : undefined;
}
