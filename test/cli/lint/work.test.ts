import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDuplicates } from '../../../cli/lint/duplicates.ts'
import { countCharacters } from '../../manifest/count-characters.ts'
import { check, soundEntry } from '../../manifest/support.ts'

/** A manifest of clients that differ in their ids and names. */
function manifestOfMany(clients: number, prefix: string): string {
  const entries = Array.from({ length: clients }, (_, index) => {
    const values = {
      ...soundEntry,
      clientId: `${prefix}-${index}`,
      name: `Portal ${prefix} ${index}`,
    }
    const lines = Object.entries(values).map(([key, value]) => `    ${key}: ${value}\n`)
    return `  ${prefix}${index}:\n${lines.join('')}`
  })
  return `clients:\n${entries.join('')}`
}

/** The characters that the search for duplicates reads in manifests of so many clients. */
function work(clients: number, files: readonly string[]): number {
  const checked = files.map((name) => ({ ...check(manifestOfMany(clients, name)), file: name }))
  return countCharacters(() => addDuplicates(checked))
}

test('The search for duplicates in two manifests takes at most twice the work for twice the clients', () => {
  const [half, whole] = [work(500, ['a', 'b']), work(1_000, ['a', 'b'])]
  assert.ok(half > 0)
  assert.ok(whole < 2.2 * half, `${half} characters, and ${whole} for twice the clients`)
})

test('The search for duplicates between manifests takes no work for the clients of a manifest that is alone', () => {
  assert.equal(work(100, ['a']), work(1, ['a']))
})
