import { listItems } from './list-items';
import { dotted } from './read-texts';
import { documentsOf, SourceDocument } from './source-document';
import { SourceText } from './source-text';
import { type Mapping, mapping } from '../data';
import { displayName, inNamespace, Manifest, toManifest } from '../kubernetes';

/**
 * The manifests of a YAML text, all of them: for a caller that must not miss one.
 *
 * @throws on everything that cannot be read, or not without doubt
 */
export function readManifests(file: string, yaml: string): Manifest[] {
  const contents = [...documentsOf(new SourceText(file, yaml))].flatMap((document) => {
    demandReadable(file, document);
    return document.value === null || document.value === undefined ? [] : listItems(document.value).map(({ content }) => mapping(content));
  });
  return contents.map((content, index) => manifestIn(file, content, `document ${index + 1}`));
}

/** An object of a file, with the path by which findings name it; one without a kind is named by the second text. */
export function manifestIn(file: string, content: Mapping, otherwise: string): Manifest {
  const manifest = toManifest(file, content);
  // Joined to one string: a template keeps each of its parts.
  return { ...manifest, path: [file, ': ', manifest.kind === '' ? otherwise : displayName(manifest) + inNamespace(manifest.namespace)].join('') };
}

function demandReadable(file: string, document: SourceDocument): void {
  const { error, duplicates: [duplicate] } = document;
  const [problem, fix, offset] = error !== undefined ? [error.message, error.fix, error.offset]
    : duplicate !== undefined ? [`key '${dotted(duplicate.path)}' occurs twice`, 'remove one of them', duplicate.offset] : [];
  if (problem === undefined) { return; }
  const { line, column } = document.positionAt(offset!);
  throw new Error(`[${file}] invalid YAML: ${problem} (line ${line}, column ${column}); ${fix!}, none of its documents were checked`);
}
