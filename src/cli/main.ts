import { join } from 'node:path';
import { access } from './access';
import { parseCommandLine } from './command-line';
import { convert } from './convert';
import { explain } from './explain';
import { HELP } from './help';
import { reportTool } from './package-files';
import { prove, writeWhole } from './prove';
import { UsageError } from './usage-error';
import { checkedLine, findingsLine, formatReport } from '../report';

/** The folder of the package: the program is `lib/cli/main.js`. */
const ROOT = join(__dirname, '../..');

function run(words: ReadonlyArray<string>): number {
  const line = parseCommandLine(words);
  const tool = reportTool(ROOT);
  switch (line.command) {
    case 'help': return print(HELP);
    case 'version': return print(`${tool.version}\n`);
    case 'explain': return print(explain(line.rule, tool));
    case 'access': {
      const { text, exitCode, notes } = access(line, process.cwd());
      if (line.output === undefined) { print(text); } else { writeWhole(line.output, text); }
      for (const note of notes) { complain(note); }
      return exitCode;
    }
    case 'convert': {
      const { text, report, faults } = convert(line, ROOT);
      if (line.out !== undefined && text !== undefined) { writeWhole(line.out, text); }
      const isProgram = line.out === undefined && text !== undefined;
      (isProgram ? process.stderr : process.stdout).write(report);
      if (isProgram) { print(text); }
      for (const fault of faults) { complain(fault); }
      return faults.length === 0 ? 0 : 1;
    }
    case 'prove': {
      const { report, exitCode, notes } = prove(line, process.cwd(), new Date());
      const isTerminal = process.stdout.isTTY && (process.env['NO_COLOR'] ?? '') === '' && process.env['TERM'] !== 'dumb';
      const text = formatReport(line.format, report, tool, { color: line.color && line.output === undefined && isTerminal });
      if (line.output === undefined) { print(text); } else {
        writeWhole(line.output, text);
        complain(`${checkedLine(report.checked)}; ${findingsLine(report)}`);
      }
      for (const note of notes) { complain(note); }
      return exitCode;
    }
  }
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}

function complain(text: string): void {
  process.stderr.write(`cdk8s-postgres-tls: ${text}\n`);
}

// The reader of a pipe has enough: `… | head`. What is written is lost, the exit code is not.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: { readonly code?: string }) => {
    if (error.code !== 'EPIPE') { throw error as unknown as Error; }
  });
}

try {
  process.exitCode = run(process.argv.slice(2));
} catch (error) {
  complain(error instanceof UsageError ? error.message : `unexpected error, please report it: ${error instanceof Error ? error.stack ?? error.message : String(error)}`);
  process.exitCode = 2;
}
