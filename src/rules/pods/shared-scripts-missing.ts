import { inNamespace } from '../../kubernetes';
import { declaredElsewhere, type PodContext, sharedScripts } from '../../workloads';
import { Consequence } from '../engine/consequence';
import { Severity } from '../engine/finding';
import type { Rule } from '../engine/rule';
import { kubernetesPage, source } from '../engine/sources';

export const sharedScriptsMissing: Rule<PodContext> = {
  id: 'shared-scripts-missing',
  code: 'PGTLS-P145',
  severity: Severity.WARNING,
  title: 'shared scripts of a database missing in the manifests',
  consequence: Consequence.NEVER_READY,
  sources: [
    kubernetesPage('concepts/configuration/configmap/', 'ConfigMaps', 'a pod waits for the ConfigMaps that it mounts'),
    source('this package: the name contains a digest of the scripts, so that an earlier ConfigMap does not replace it'),
  ],
  check: ({ pod, manifests }, report) => {
    const scripts = sharedScripts(pod);
    const isKnown = scripts === undefined || manifests.find('', 'ConfigMap', pod.at.namespace, scripts.name, pod.at) !== undefined;
    // PGTLS-W10 reports one of another namespace.
    if (!isKnown && declaredElsewhere(pod, manifests, scripts) === undefined) {
      report(scripts.nameField, `volume '${scripts.volume}' uses ConfigMap '${scripts.name}' with the scripts of the pod, which is not among the manifests${inNamespace(pod.at.namespace)}`);
    }
  },
  fix: 'give the file of the same synthesis that has the ConfigMap, or acknowledge the warning if it is applied from elsewhere',
};
