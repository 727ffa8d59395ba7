import { parseBlockYaml } from './block-yaml';
import type { DocumentSpan } from './split-documents';
import { mapping, text as textOf } from '../data';

/** The items of a list in a text; each span is a list with one item. */
export interface ListSpans {
  readonly apiVersion: string;
  readonly kind: string;
  readonly items: ReadonlyArray<DocumentSpan>;
}

/** The items of a `List` as `kubectl get -o yaml` prints it, in block style; undefined for everything else. */
export function splitList(text: string, { start, end }: DocumentSpan): ListSpans | undefined {
  const begin = text.startsWith('items:\n', start) ? start : text.indexOf('\nitems:\n', start) + 1;
  if (begin === 0 && !text.startsWith('items:\n', start)) { return undefined; }
  const first = begin + 'items:\n'.length;
  const indent = /^ */.exec(text.slice(first, first + 100))![0];
  if (!text.startsWith('- ', first + indent.length)) { return undefined; }
  const items: DocumentSpan[] = [];
  let itemStart = first;
  let listEnd = end;
  for (let line = first; line < end; line = text.indexOf('\n', line) + 1) {
    const isItem = text.startsWith(`${indent}- `, line);
    if (isItem && line > itemStart) {
      items.push({ start: itemStart, end: line });
      itemStart = line;
    }
    if (!isItem && !' \n#'.includes(text.charAt(line))) {
      listEnd = line;
      break;
    }
  }
  items.push({ start: itemStart, end: listEnd });
  const rest = mapping(parseBlockYaml(text.slice(start, begin) + text.slice(listEnd, end))?.value);
  const kind = textOf(rest['kind']);
  return kind.endsWith('List') && !('items' in rest) ? { apiVersion: textOf(rest['apiVersion']), kind, items } : undefined;
}
