import { githubAnnotations } from './github-annotations';
import { jsonReport } from './json-report';
import { junitReport } from './junit-report';
import { markdownReport } from './markdown-report';
import type { Report, ReportTool } from './report';
import { sarifReport } from './sarif-report';
import { type TextOptions, textReport } from './text-report';

/** The formats of a report. */
export const REPORT_FORMATS = ['text', 'json', 'sarif', 'github', 'junit', 'markdown'] as const;

/** The name of a format. */
export type ReportFormat = typeof REPORT_FORMATS[number];

/** A report in a format. The same report gives the same text. */
export function formatReport(format: ReportFormat, report: Report, tool: ReportTool, options: TextOptions = {}): string {
  switch (format) {
    case 'text': return textReport(report, options);
    case 'json': return jsonReport(report, tool);
    case 'sarif': return sarifReport(report, tool);
    case 'github': return githubAnnotations(report);
    case 'junit': return junitReport(report);
    case 'markdown': return markdownReport(report);
  }
}
