import { platformReadable, type PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { source } from '../engine/sources';

export const uidLeftToPlatform: Rule<PodContext> = {
  id: 'uid-left-to-platform',
  code: 'PGTLS-W04',
  severity: Severity.WARNING,
  title: 'UID and fsGroup of a pod left to the platform',
  consequence: Consequence.NEVER_READY,
  sources: [source('OpenShift, security context constraints: admission sets runAsUser and fsGroup; other clusters set neither')],
  check: (context, report) => {
    // In a pod of this package it is intended (arbitraryUserId).
    if (context.servers.some(({ isOurs }) => isOurs)) { return; }
    for (const { container, source: { name }, key } of platformReadable(context)) {
      report(context.pod.fieldOf('securityContext.fsGroup'), `container '${container.name}' can read ${key} of Secret '${name}' only if the platform sets an fsGroup`);
    }
  },
  fix: 'set fsGroup on the pod, or acknowledge the warning if the platform sets it (OpenShift)',
};
