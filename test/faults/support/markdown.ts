import type { Outcome } from './strike.ts'

/** One table for each operation, a row for each fault. */
export function toMarkdown(tables: ReadonlyMap<string, ReadonlyMap<string, Outcome>>): string {
  const sections = [...tables].map(([title, rows]) =>
    [`## ${title}`, '', ...head, ...[...rows].map(toRow)].join('\n'),
  )
  return `${[introduction, ...sections].join('\n\n')}\n`
}

const introduction = `# Every fault, every operation

What goes wrong, what the user sees, and what is left behind. This page is written by the test beside it
(\`UPDATE=1 node --test test/faults/table.test.ts\`), which fails as soon as a row no longer holds. The faults are those
that the emulator scripts at \`/_emulator/faults\`; the settings are the defaults (\`psc:timeoutSeconds\` 60, a proof at
preview at most 10 s), and every wait is half of the longest that its jitter allows.`

const head = [
  '| what goes wrong | requests | what the user sees | left at the server | left in the state |',
  '| --- | --- | --- | --- | --- |',
]

function toRow([name, { requests, seen, atTheServer, inTheState }]: [string, Outcome]): string {
  const cells = [name, String(requests), describeLines(seen), atTheServer, inTheState]
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}

/** The lines, with those between the first and the last counted only. */
function describeLines(lines: readonly string[]): string {
  if (lines.length === 0) return 'nothing'
  const quoted = lines.map((line) => `\`${line.replaceAll('`', "'")}\``)
  if (quoted.length <= 3) return quoted.join('<br>')
  return [quoted[0], `… ${quoted.length - 2} more such lines …`, quoted.at(-1)].join('<br>')
}
