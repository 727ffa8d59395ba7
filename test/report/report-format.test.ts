import { MIXED, report, TOOL } from './reports';
import { formatReport, REPORT_FORMATS } from '../../src/report';

test.each(REPORT_FORMATS)('%s: the same report gives the same text, which ends with a line feed', (format) => {
  const text = formatReport(format, MIXED, TOOL);
  expect(formatReport(format, structuredClone(MIXED), TOOL)).toBe(text);
  expect(text.endsWith('\n')).toBe(true);
  expect(formatReport(format, report(), TOOL)).not.toContain('undefined');
  expect(text).not.toContain('undefined');
});
