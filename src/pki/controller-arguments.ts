import { mapping, Mapping, mappings, text, texts, valueAt } from '../data';
import { parseImage } from '../formats';
import type { Manifest } from '../kubernetes';

/** A container of a controller in a Deployment. */
export interface ControllerContainer {
  readonly at: Manifest;
  /** The place of the container in the manifest. */
  readonly field: string;
  /** Name of the image, without registry and folders: `cert-manager-controller`. */
  readonly program: string;
  /** Empty if the image has none. */
  readonly tag: string;
  /** The value of an option, with variables replaced; undefined if it is not given. */
  readonly option: (name: string) => string | undefined;
  /** Whether a file has options as well. */
  readonly hasFile: boolean;
}

/** The containers of Deployments that run one of the programs. */
export function controllerContainers(manifests: ReadonlyArray<Manifest>, programs: ReadonlySet<string>): ControllerContainer[] {
  return manifests.filter(({ group, kind }) => group === 'apps' && kind === 'Deployment').flatMap((at) =>
    mappings(valueAt(at.spec, 'template.spec.containers')).flatMap((container, index) => {
      const { name = '', tag = '' } = parseImage(text(container['image'])) ?? {};
      const program = name.replace(/^.*\//, '');
      return programs.has(program) ? [containerOf(at, `spec.template.spec.containers[${index}]`, container, program, tag)] : [];
    }));
}

function containerOf(at: Manifest, field: string, container: Mapping, program: string, tag: string): ControllerContainer {
  const words = [...texts(container['command']), ...texts(container['args'])];
  return {
    at, field, program, tag,
    option: (name) => {
      const value = optionIn(words, name);
      return value === undefined ? undefined : expanded(value, container, at);
    },
    hasFile: optionIn(words, 'config') !== undefined,
  };
}

/** The value of `--name=value` or `--name value` among words; the last one counts. */
export function optionIn(words: ReadonlyArray<string>, name: string): string | undefined {
  const values = words.flatMap((word, index) => {
    if (word.startsWith(`--${name}=`)) { return [word.slice(name.length + 3)]; }
    return word === `--${name}` ? [words[index + 1] ?? ''] : [];
  });
  return values.at(-1);
}

/** With `$(NAME)` replaced as kubelet does; what is not known stays. */
function expanded(value: string, container: Mapping, { namespace }: Manifest): string {
  return value.replace(/\$\(([A-Za-z_]\w*)\)/g, (reference, name: string) => {
    const variable = mappings(container['env']).find((entry) => entry['name'] === name);
    if (variable === undefined) { return reference; }
    const isNamespace = valueAt(variable, 'valueFrom.fieldRef.fieldPath') === 'metadata.namespace';
    return isNamespace ? namespace ?? reference : text(mapping(variable)['value']) || reference;
  });
}
