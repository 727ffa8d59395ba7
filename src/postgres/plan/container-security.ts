import type { k8s } from 'cdk8s-plus-27';

/** What the `restricted` Pod Security Standard asks of a container, and a root filesystem that nothing can be left in. */
export const CONTAINER_SECURITY: k8s.SecurityContext = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
};
