// Writes the table of every rule into docs/rules/README.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from './repository';
import { withRuleTable } from './rule-table';

const file = join(REPOSITORY, 'docs/rules/README.md');
writeFileSync(file, withRuleTable(readFileSync(file, 'utf8')));
