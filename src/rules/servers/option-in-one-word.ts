import { argumentField } from '../../kubernetes';
import type { PodContext } from '../../workloads';
import { Consequence } from '../engine/consequence';
import type { Rule } from '../engine/rule';
import { kubernetesPage, postgresFile } from '../engine/sources';

export const optionInOneWord: Rule<PodContext> = {
  id: 'option-in-one-word',
  code: 'PGTLS-T18',
  title: 'server option with a space in its name',
  consequence: Consequence.NEVER_READY,
  sources: [
    kubernetesPage('tasks/inject-data-application/define-command-argument-container/', 'Define a Command and Arguments for a Container', 'each item of command and args is one argument: no shell splits it'),
    postgresFile('src/backend/utils/misc/guc.c', 'ParseLongOption: everything before the equals sign is the name'),
  ],
  check: ({ servers }, report) => {
    for (const { container, misplacedSpaces: [first, ...others] } of servers) {
      if (first === undefined) { continue; }
      const more = others.length === 0 ? '' : `, and so ${others.map((word) => `'${word}'`).join(', ')}`;
      report(argumentField(container, (word) => word === first || word.includes(first)),
        `container '${container.name}' passes '${first}' to postgres as one argument, whose space PostgreSQL reads as part of the ${first.startsWith('-D') ? 'path' : 'parameter name'}${more}`);
    }
  },
  fix: "write two items without extra spaces: '-c' and 'ssl=on'",
};
