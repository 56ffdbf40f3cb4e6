import assert from 'node:assert/strict'
import { once } from 'node:events'
import { Session } from 'node:inspector/promises'
import { after, before, describe, test } from 'node:test'
import { Worker } from 'node:worker_threads'
import { formatProblems } from '../../provider/manifest/problem.ts'
import { countCharacters } from './count-characters.ts'
import { texts } from './hostile-texts.ts'
import { check } from './support.ts'

describe('a hostile manifest', () => {
  const session = new Session()
  before(async () => {
    session.connect()
    await session.post('Profiler.enable')
    await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  })
  after(() => {
    session.disconnect()
  })

  /** How often the blocks of all JavaScript ran, ours and the library's, and how many characters the text methods read. */
  async function count(yaml: string): Promise<{ blocks: number; characters: number }> {
    await session.post('Profiler.takePreciseCoverage')
    const characters = countCharacters(() => {
      formatProblems(check(yaml).problems)
    })
    const { result } = await session.post('Profiler.takePreciseCoverage')
    const blocks = result
      .filter(({ url }) => url.startsWith('file:'))
      .flatMap(({ functions }) => functions)
      .flatMap(({ ranges }) => ranges)
      .reduce((sum, range) => sum + range.count, 0)
    return { blocks, characters }
  }

  for (const [name, text] of Object.entries(texts)) {
    test(`Twice the size is at most twice the work: ${name}`, async () => {
      await count(text(1_000))
      const single = await count(text(12_000))
      const twice = await count(text(24_000))
      for (const what of ['blocks', 'characters'] as const) {
        const [less, more] = [single[what], twice[what]]
        assert.ok(more < 2.2 * less, `${less} ${what}, and ${more} for twice the size`)
      }
    })
  }

  test('No manifest of 80 KB takes more than 128 MB', async () => {
    const worker = new Worker(new URL('hostile-memory.ts', import.meta.url), {
      workerData: 80_000,
      resourceLimits: { maxOldGenerationSizeMb: 128 },
    })
    const [code] = (await once(worker, 'exit')) as [number]
    assert.equal(code, 0)
  })
})
