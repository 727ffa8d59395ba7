// Writes the table of every rule into docs/rules/README.md, and what the package knows of each into src/rules/generated/rule-codes.ts.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from './repository';
import { ruleCodes, withRuleTable } from './rule-table';

const page = join(REPOSITORY, 'docs/rules/README.md');
writeFileSync(page, withRuleTable(readFileSync(page, 'utf8')));
writeFileSync(join(REPOSITORY, 'src/rules/generated/rule-codes.ts'), ruleCodes());
