import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { it } from 'node:test'
import ts from 'typescript'

const folders = ['bench', 'cli', 'emulator', 'examples', 'provider', 'scripts', 'test']
const files = globSync(folders.map((folder) => `${folder}/**/*.{ts,mjs}`))

/** The files that a file imports: by a statement, by `import()`, and for a type alone. */
function importsOf(file: string): string[] {
  return ts
    .preProcessFile(readFileSync(file, 'utf8'))
    .importedFiles.filter(({ fileName }) => fileName.startsWith('.'))
    .map(({ fileName }) => join(dirname(file), fileName))
}

/** Finds a path of imports that ends where it began; undefined where there is none. */
function findCircle(graph: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const done = new Set<string>()
  const visit = (file: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file]
    if (done.has(file)) return undefined
    for (const imported of graph.get(file) ?? []) {
      const circle = visit(imported, [...path, file])
      if (circle !== undefined) return circle
    }
    done.add(file)
    return undefined
  }
  for (const file of graph.keys()) {
    const circle = visit(file, [])
    if (circle !== undefined) return circle
  }
  return undefined
}

it('No files import each other in a circle, not even for a type', () => {
  assert.ok(files.length > 100, 'the search found files')
  const circle = findCircle(new Map(files.map((file) => [file, importsOf(file)])))
  assert.equal(circle?.join(' → '), undefined)
})
