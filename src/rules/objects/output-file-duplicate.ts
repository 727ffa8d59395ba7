import type { FileCollisions } from './file-collisions';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { source } from '../engine/sources';

export const outputFileDuplicate: Rule<FileCollisions> = {
  id: 'output-file-duplicate',
  code: 'PGTLS-N03',
  title: 'output file written by several objects',
  consequence: Consequence.FAILS_AT_RUNTIME,
  sources: [source('cdk8s, src/app.ts: with FILE_PER_RESOURCE a file is named after kind and name alone', 'https://github.com/cdk8s-team/cdk8s-core/blob/v2.70.106/src/app.ts')],
  check: ({ collisions: files }, report) => {
    report('', `${files.length === 1 ? 'an output file is' : `${files.length} output files are`} written by several objects, of which only the last one remains: `
      + files.map(({ path, objects }) => `${path} (${objects.map(({ path: of }) => `'${of}'`).join(', ')})`).join(', '));
  },
  fix: 'use YamlOutputType.FILE_PER_CHART, or FOLDER_PER_CHART_FILE_PER_RESOURCE with one chart per namespace, or give the '
    + 'objects different names',
  fixInYaml: 'write each object into a file of its own',
};
