import type { PodContext } from './pod-context';
import { imageName } from './server-program';
import { mapping, mappings, memoizeByObject, text } from '../data';
import { ContainerView, PodView } from '../kubernetes';
import { CertificateNode, IssuanceGraph } from '../pki';

/** What tells a server to read its files again. */
const RELOADS = /pg_reload_conf|SIGHUP|\bkill\s+(-s\s+)?-?(HUP|1)\b|pg_ctl\b[^\n;|&]*\breload\b/;

/** Whether something in the app has a renewed certificate taken over: a reload from inside or outside the pod, or a restart. */
export function hasReloadPath({ pod, manifests }: PodContext, certificate: CertificateNode): boolean {
  return isRestartedFor(pod, certificate)
    || pod.containers.some((container) => reloads(pod, container, manifests) || /reload/.test(imageName(container.image)))
    // A supervisor that watches the files itself.
    || pod.containers.some(({ image }) => /^(spilo|patroni)/.test(imageName(image)))
    || reloadingNamespaces(manifests).has(pod.at.namespace ?? '');
}

/** Whether an operator restarts the pod when the Secret changes: Stakater's Reloader or Wave. */
export function isRestartedFor(pod: PodView, { secretName }: CertificateNode): boolean {
  const annotations = { ...mapping(mapping(pod.at.manifest['metadata'])['annotations']), ...pod.annotations };
  const isSaid = (name: string) => text(annotations[name]) === 'true';
  const named = text(annotations['secret.reloader.stakater.com/reload']).split(',').map((name) => name.trim());
  return isSaid('reloader.stakater.com/auto') || isSaid('secret.reloader.stakater.com/auto') || isSaid('reloader.stakater.com/search')
    || named.includes(secretName) || isSaid('wave.pusher.com/update-on-config-change');
}

/** Every text that a container could run: its command, arguments and hooks, and what the ConfigMaps that it mounts hold. */
function reloads(pod: PodView, { command, args, spec, mounts }: ContainerView, manifests: IssuanceGraph): boolean {
  if (RELOADS.test([...command, ...args].join(' ')) || RELOADS.test(JSON.stringify(spec['lifecycle'] ?? ''))) { return true; }
  if (mappings(spec['env']).some(({ value }) => RELOADS.test(text(value)))) { return true; }
  const volumes = new Set(mounts.map(({ volume }) => volume));
  return pod.sources.filter(({ kind, volume }) => kind === 'ConfigMap' && volumes.has(volume)).some(({ name }) =>
    Object.values(mapping(manifests.find('', 'ConfigMap', pod.at.namespace, name)?.manifest['data'])).some((value) => RELOADS.test(text(value))));
}

/** Namespaces in which some pod of the app has a server reloaded over a connection. */
const reloadingNamespaces = memoizeByObject((manifests: IssuanceGraph): ReadonlySet<string> => new Set(manifests.pods
  .filter((pod) => pod.containers.some(({ command, args }) => /pg_reload_conf|rollout\s+restart/.test([...command, ...args].join(' '))))
  .map((pod) => pod.at.namespace ?? '')));
