import type { Style } from './dates.ts'
import type { Report } from './model.ts'

/** Writes a report. Each format loads its modules when it is used. */
export async function writeReport(
  report: Report,
  format: 'html' | 'md' | 'json' | 'csv',
  style: Style,
): Promise<string> {
  switch (format) {
    case 'html':
      return (await import('./html.ts')).htmlReport(report, style)
    case 'md':
      return (await import('./markdown.ts')).markdownReport(report, style)
    case 'json':
      return (await import('./json.ts')).jsonReport(report)
    case 'csv':
      return (await import('./csv.ts')).csvReport(report, style.language)
  }
}
