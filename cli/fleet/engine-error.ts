/** What the CLI said last, where it ended without an event that says it. */
export function firstError(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  const [, said = text] = /^ stderr: ([\s\S]*?)^ err\?: /m.exec(text) ?? []
  const lines = said
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const found = lines.findIndex((line) => line.startsWith('error: '))
  const told = found < 0 ? lines.slice(-3) : lines.slice(found)
  return told.join('\n').replace(/^error: /, '')
}
