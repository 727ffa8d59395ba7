import { mapping, type Mapping } from '../../data';

/** The metadata that cert-manager copies to the Secret of a Certificate. */
export interface SecretTemplate {
  readonly labels: Mapping;
  readonly annotations: Mapping;
}

export function secretTemplateOf(spec: Mapping): SecretTemplate {
  const { labels, annotations } = mapping(spec['secretTemplate']);
  return { labels: mapping(labels), annotations: mapping(annotations) };
}
