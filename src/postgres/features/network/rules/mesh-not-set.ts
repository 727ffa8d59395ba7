import type { DatabaseContext } from '../../../plan/database-context';
import { networkOf } from '../../../plan/network-of';
import { Consequence, type Rule, source } from '../../../../rules';

/** Labels and annotations that add a pod to a mesh, and the value of `network.mesh` for it. */
const MESH_MARKS: ReadonlyArray<{ readonly name: string; readonly value: RegExp; readonly mesh: string }> = [
  { name: 'istio.io/dataplane-mode', value: /^ambient$/, mesh: 'ServiceMesh.istioAmbient()' },
  { name: 'sidecar.istio.io/inject', value: /^true$/, mesh: 'ServiceMesh.istioSidecar()' },
  { name: 'linkerd.io/inject', value: /^(enabled|ingress)$/, mesh: 'ServiceMesh.linkerd()' },
];

export const meshNotSet: Rule<DatabaseContext> = {
  id: 'mesh-not-set',
  code: 'PGTLS-P46',
  title: 'pod in a service mesh and network.mesh is not set',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [
    source(
      'Istio, Ambient and Kubernetes NetworkPolicy',
      'https://github.com/istio/istio.io/blob/2c629b72ebe253f7348a2a03ee5b01bd6d7e1430/content/en/docs/ambient/usage/networkpolicy/index.md',
    ),
    source('Linkerd, Network Policy', 'https://linkerd.io/2.18/common-errors/network-policy'),
  ],
  check: ({ props }, report) => {
    const { isRestricted, _options: { mesh: given } } = networkOf(props);
    if (!isRestricted || given !== undefined) { return; }
    const marks = { ...props.podTemplate?.annotations, ...props.podTemplate?.labels };
    for (const { name, value, mesh } of MESH_MARKS) {
      if (value.test(marks[name] ?? '')) { report('network.mesh', `podTemplate: '${name}' adds the pod to a mesh, but the NetworkPolicy does not allow the ports of ${mesh}`); }
    }
  },
  fix: 'set network.mesh',
};
