import type { PodContext } from './pod-context';
import { isPgBouncer } from './pooler';
import { imageName } from './server-image';
import { mapping, mappings, memoizeByObject, text } from '../data';
import { ContainerView, PodView } from '../kubernetes';
import { CertificateNode, IssuanceGraph } from '../pki';

/** Commands that make a server reload its files. */
const RELOADS = /pg_reload_conf|SIGHUP|\bkill\s+(-s\s+)?-?(HUP|1)\b|pg_ctl\b[^\n;|&]*\breload\b/;

/** The command of PgBouncer's console that does so. */
const CONSOLE_RELOAD = /(?<!\w)RELOAD(?!\w)/;

/** Whether something in the app makes the server use a renewed certificate: a reload from inside or outside of the pod, or a restart. */
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
  const isTrue = (name: string) => text(annotations[name]) === 'true';
  const named = text(annotations['secret.reloader.stakater.com/reload']).split(',').map((name) => name.trim());
  return isTrue('reloader.stakater.com/auto') || isTrue('secret.reloader.stakater.com/auto') || isTrue('reloader.stakater.com/search')
    || named.includes(secretName) || isTrue('wave.pusher.com/update-on-config-change');
}

/** Whether any text that a container could run contains a reload: its command, arguments and hooks, and the ConfigMaps that it mounts. */
function reloads(pod: PodView, { command, args, spec, mounts }: ContainerView, manifests: IssuanceGraph): boolean {
  const hasConsole = pod.containers.some(isPgBouncer);
  const isReload = (line: string): boolean => RELOADS.test(line) || (hasConsole && CONSOLE_RELOAD.test(line));
  if (isReload([...command, ...args].join(' ')) || isReload(JSON.stringify(spec['lifecycle'] ?? ''))) { return true; }
  if (mappings(spec['env']).some(({ value }) => isReload(text(value)))) { return true; }
  const volumes = new Set(mounts.map(({ volume }) => volume));
  return pod.sources.filter(({ kind, volume }) => kind === 'ConfigMap' && volumes.has(volume)).some(({ name }) =>
    Object.values(mapping(manifests.find('', 'ConfigMap', pod.at.namespace, name, pod.at)?.manifest['data'])).some((value) => isReload(text(value))));
}

/** Namespaces with a pod of the app that reloads a server over a connection. */
const reloadingNamespaces = memoizeByObject((manifests: IssuanceGraph): ReadonlySet<string> => new Set(manifests.pods
  .filter((pod) => pod.containers.some(({ command, args }) => /pg_reload_conf|rollout\s+restart/.test([...command, ...args].join(' '))))
  .map((pod) => pod.at.namespace ?? '')));
