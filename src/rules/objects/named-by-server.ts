import { isGiven, mapping, type Mapping, text } from '../../data';

/** `kubectl create` and hooks of Argo CD: the API server adds a random end to generateName. */
export function isNamedByServer(manifest: Mapping): boolean {
  const { name, generateName } = mapping(manifest['metadata']);
  return !isGiven(name) && text(generateName) !== '';
}
