import { FieldPath, offsetInYaml, parseCompleteYaml, YamlError } from './complete-yaml';
import { dotted } from './read-texts';
import { type SourcePosition, SourceText } from './source-text';
import { mapping, Mapping } from '../data';

/** A YAML document that is no manifest, such as the values of a Helm chart. */
export interface ReadSettings {
  /** Empty if there are faults. */
  readonly content: Mapping;
  readonly locate: (path: FieldPath) => SourcePosition;
  /** What is wrong with the text. */
  readonly faults: ReadonlyArray<{ readonly position: SourcePosition; readonly problem: string; readonly fix: string }>;
}

/** Reads one YAML document whose value is a mapping; an empty text is an empty mapping. Keys that occur twice are faults. */
export function readSettings(name: string, yaml: string): ReadSettings {
  const source = new SourceText(name, yaml);
  const locate = (path: FieldPath) => source.positionOf(offsetInYaml(source.text, path));
  const at = (offset: number) => source.positionOf(offset);
  try {
    const { value, duplicates, collectionKey } = parseCompleteYaml(source.text);
    const faults = duplicates.map(({ path, offset }) => ({ position: at(offset), problem: `${dotted(path)} occurs twice`, fix: 'merge the two' }));
    if (collectionKey !== undefined) { faults.push({ position: at(collectionKey), problem: 'a mapping or a list is the key of a mapping', fix: 'quote it, if it is meant as a text' }); }
    if (value !== null && value !== undefined && mapping(value) !== value) { faults.push({ position: at(0), problem: 'the document is no mapping', fix: 'give fields with values' }); }
    return { content: faults.length === 0 ? mapping(value) : {}, locate, faults };
  } catch (error) {
    if (!(error instanceof YamlError)) { throw error; }
    return { content: {}, locate: () => at(0), faults: [{ position: at(error.offset), problem: error.message, fix: error.fix }] };
  }
}
