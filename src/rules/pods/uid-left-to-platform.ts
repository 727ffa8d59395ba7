import { platformReadable, PodContext } from '../../workloads';
import { Severity } from '../engine/finding';
import { Consequence } from '../engine/consequence';
import { Rule } from '../engine/rule';

export const uidLeftToPlatform: Rule<PodContext> = {
  id: 'uid-left-to-platform',
  code: 'PGTLS-W04',
  severity: Severity.WARNING,
  title: 'UID and fsGroup of a pod left to the platform',
  consequence: Consequence.NEVER_READY,
  source: 'OpenShift, security context constraints: admission sets runAsUser and fsGroup; other clusters set neither',
  // In a pod of this package it is intended (arbitraryUserId).
  check: (context) => (context.servers.some(({ isOurs }) => isOurs) ? [] : platformReadable(context)
    .map(({ container, source, key }) => `container '${container.name}' can read ${key} of Secret '${source.name}' only if the platform sets an fsGroup`)),
  fix: 'set fsGroup on the pod, or acknowledge the warning if the platform sets it (OpenShift)',
};
