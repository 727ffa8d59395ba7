import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mapping, text } from '../data';
import type { ReportTool } from '../report';

/** This package as the program sees it: its version, and its documents. */
export function reportTool(root: string): ReportTool {
  const manifest = mapping(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  const homepage = text(manifest['homepage']);
  return { version: text(manifest['version']), pageText: (page) => pageText(root, page), homepage: homepage === '' ? undefined : homepage };
}

/** The text of a document of the package, without the comment that names its generator. */
function pageText(root: string, page: string): string | undefined {
  try {
    return readFileSync(join(root, page), 'utf8').replace(/^<!--.*?-->\n/s, '');
  } catch {
    return undefined;
  }
}
