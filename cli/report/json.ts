import { jsonText } from '../json.ts'
import type { Report } from './model.ts'
import { listCertificates, summarize } from './summary.ts'

/** The version of the document's shape. A new property does not change it. */
const format = 1

/** Writes a report for programs: no word of any language but the commands' own messages. Times are in UTC. */
export function jsonReport(report: Report): string {
  const { generated, sources, stacks, warningDays, ...parts } = report
  const certificates = listCertificates(report).map(({ clients, ...certificate }) => ({
    ...certificate,
    clients: clients.map(({ stack, entry }) => ({ stack, entry })),
  }))
  const head = { format, generated, sources, stacks, warningDays, summary: summarize(report) }
  return `${jsonText({ ...head, ...parts, certificates })}\n`
}
