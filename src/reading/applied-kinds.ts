import { NotCheckedReason } from './not-checked';
import { mapping, Mapping, text } from '../data';

/** Reasons by API group, of objects that programs read and no API server. A group that begins with a dot stands for all groups that end with it. */
const CLIENT_GROUPS: ReadonlyArray<readonly [string, NotCheckedReason]> = [
  ['kustomize.config.k8s.io', NotCheckedReason.KUSTOMIZATION],
  ['builtin', NotCheckedReason.KUSTOMIZATION],
  ['config.kubernetes.io', NotCheckedReason.KUSTOMIZATION],
  ['viaduct.ai', NotCheckedReason.KUSTOMIZATION],
  ['fn.kpt.dev', NotCheckedReason.KUSTOMIZATION],
  ['kpt.dev', NotCheckedReason.KUSTOMIZATION],
  ['kuttl.dev', NotCheckedReason.TEST],
  ['chainsaw.kyverno.io', NotCheckedReason.TEST],
  ['cli.kyverno.io', NotCheckedReason.TEST],
  ['test.gatekeeper.sh', NotCheckedReason.TEST],
  // Cluster, ClusterConfiguration, KubeletConfiguration, EncryptionConfiguration, Policy of the audit log, ControllerConfiguration of cert-manager, …
  ['kind.x-k8s.io', NotCheckedReason.CONFIGURATION],
  ['k3d.io', NotCheckedReason.CONFIGURATION],
  ['ctlptl.dev', NotCheckedReason.CONFIGURATION],
  ['kubeadm.k8s.io', NotCheckedReason.CONFIGURATION],
  ['kops.k8s.io', NotCheckedReason.CONFIGURATION],
  ['eksctl.io', NotCheckedReason.CONFIGURATION],
  ['k0sctl.k0sproject.io', NotCheckedReason.CONFIGURATION],
  ['kubelet.config.k8s.io', NotCheckedReason.CONFIGURATION],
  ['kubeproxy.config.k8s.io', NotCheckedReason.CONFIGURATION],
  ['kubescheduler.config.k8s.io', NotCheckedReason.CONFIGURATION],
  ['controllermanager.config.k8s.io', NotCheckedReason.CONFIGURATION],
  ['apiserver.config.k8s.io', NotCheckedReason.CONFIGURATION],
  ['apiserver.k8s.io', NotCheckedReason.CONFIGURATION],
  ['controller-runtime.sigs.k8s.io', NotCheckedReason.CONFIGURATION],
  ['audit.k8s.io', NotCheckedReason.CONFIGURATION],
  // A question of the API server to a webhook, as tests of webhooks have it.
  ['admission.k8s.io', NotCheckedReason.CONFIGURATION],
  ['client.authentication.k8s.io', NotCheckedReason.CONFIGURATION],
  ['.config.cert-manager.io', NotCheckedReason.CONFIGURATION],
  ['config.kueue.x-k8s.io', NotCheckedReason.CONFIGURATION],
  ['skaffold', NotCheckedReason.CONFIGURATION],
  ['garden.io', NotCheckedReason.CONFIGURATION],
  ['tilt.dev', NotCheckedReason.CONFIGURATION],
  ['backstage.io', NotCheckedReason.CONFIGURATION],
  ['meta.pkg.crossplane.io', NotCheckedReason.CONFIGURATION],
  ['mirror.openshift.io', NotCheckedReason.CONFIGURATION],
  // istioctl reads it; the operator in the cluster has been removed.
  ['install.istio.io', NotCheckedReason.CONFIGURATION],
  ['kbld.k14s.io', NotCheckedReason.CONFIGURATION],
  ['kapp.k14s.io', NotCheckedReason.CONFIGURATION],
  ['vendir.k14s.io', NotCheckedReason.CONFIGURATION],
  ['imgpkg.carvel.dev', NotCheckedReason.CONFIGURATION],
  // A dashboard as Grafana exports it.
  ['.grafana.app', NotCheckedReason.CONFIGURATION],
];

/** Groups that Kubernetes itself serves, and those of the objects that rules read: without metadata, their objects are faults. */
const SERVED_GROUP = /^(apps|batch|autoscaling|policy)$|^(rbac\.)?[a-z]+\.k8s\.io$|(^|\.)cert-manager\.io$/;

/** Kinds of the core group that no file creates: an answer of the API server, and a configuration of the scheduler. */
const UNSERVED_CORE_KINDS = new Set(['Config', 'Status', 'Policy']);

/** The reason if no API server has this kind: a program reads such objects. Flux's Kustomization is an object like any other. */
export function clientKindReason(content: Mapping): NotCheckedReason | undefined {
  const apiVersion = text(content['apiVersion']);
  const kind = text(content['kind']);
  if (apiVersion === 'v1' && UNSERVED_CORE_KINDS.has(kind)) { return NotCheckedReason.CONFIGURATION; }
  // Kustomize names its own transformers without a version.
  const group = apiVersion === 'builtin' ? apiVersion : apiVersion.includes('/') ? apiVersion.split('/')[0]! : '';
  if (group === 'policy.open-cluster-management.io' && kind === 'PolicyGenerator') { return NotCheckedReason.KUSTOMIZATION; }
  const reason = CLIENT_GROUPS.find(([known]) => known.startsWith('.') ? group.endsWith(known) : group === known)?.[1];
  // Programs that read files of their own with the two fields, such as talosctl, clusterctl or egctl, need no name.
  return reason ?? (apiVersion !== 'v1' && !SERVED_GROUP.test(group) && !('metadata' in content) ? NotCheckedReason.CONFIGURATION : undefined);
}

/** The reason by the name of the file and the fields of a document that lacks apiVersion or kind. */
export function settingsReason(file: string, content: Mapping): NotCheckedReason {
  const name = baseName(file);
  if (isKustomizationFile(file)) { return NotCheckedReason.KUSTOMIZATION; }
  if (/^(chart|requirements)\.ya?ml$/i.test(name) || /(^|[-_.])values([-_.].*)?\.ya?ml$/i.test(name)) { return NotCheckedReason.CHART; }
  if (/^(docker-)?compose([-_.].*)?\.ya?ml$/i.test(name) || (mapping(content['services']) === content['services'] && Object.values(content['services']).some((service) => 'image' in mapping(service) || 'build' in mapping(service)))) {
    return NotCheckedReason.COMPOSE;
  }
  if (/(^|\/)\.(github|gitea|forgejo)\/workflows\//.test(file.replaceAll('\\', '/')) || ('jobs' in content && ('on' in content || 'true' in content)) || /^\.gitlab-ci.*\.ya?ml$/.test(name)) {
    return NotCheckedReason.WORKFLOW;
  }
  return NotCheckedReason.NO_MANIFEST;
}

/** Expectations of kuttl (`01-assert.yaml`, `01-errors.yaml`) and Chainsaw: parts of objects that a cluster must have, and objects of a test. */
export function isTestFile(file: string): boolean {
  const name = baseName(file);
  return /^(\d+-|chainsaw-)?(assert|errors?|expected)([-_.].*)?\.ya?ml$/.test(name) || /[-_.]assert\.ya?ml$/.test(name) || /(^|[\\/])\.chainsaw-test[\\/]/.test(file);
}

export function isKustomizationFile(file: string): boolean {
  return ['kustomization.yaml', 'kustomization.yml', 'Kustomization'].includes(baseName(file));
}

function baseName(file: string): string {
  return file.split(/[\\/]/).at(-1)!;
}
