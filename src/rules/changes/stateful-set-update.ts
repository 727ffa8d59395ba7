import { kubernetesFile } from '../engine/sources';

/** What the API server rejects when a StatefulSet is updated. */
export const STATEFUL_SET_UPDATE = kubernetesFile('pkg/apis/apps/validation/validation.go', 'ValidateStatefulSetUpdate');
