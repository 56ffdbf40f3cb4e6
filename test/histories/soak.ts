// `npm run soak -- --minutes N [--seed S]`: runs random histories of the real engine for so long, and counts them.
// `npm run soak -- --histories N --seed S`: runs so many. The same ones for the same seed.
// `npm run soak -- … --through plugin`: those of programs in YAML alone. `program`: all others.
// `npm run soak -- --history JSON`: runs the one that a failure has printed.
import { parseArgs } from 'node:util'
import { run } from './support/history.ts'
import { search } from './support/search.ts'
import type { History, Through } from './support/steps.ts'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    histories: { type: 'string' },
    seed: { type: 'string' },
    history: { type: 'string' },
    through: { type: 'string' },
  },
})
if (values.history !== undefined) {
  await run(JSON.parse(values.history) as History)
  console.log('1 history: all good')
  process.exit()
}
const minutes = Number(values.minutes)
const most = Number(values.histories ?? Math.ceil(minutes * 60))
const { through } = values
if (!(minutes > 0 && most > 0) || !isThrough(through)) {
  const options = '[--minutes N | --histories N] [--seed S] [--through program|plugin]'
  console.error(`usage: npm run soak -- ${options} | --history JSON`)
  process.exit(2)
}
const until = values.histories === undefined ? Date.now() + minutes * 60_000 : Infinity
const seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed)
let [histories, steps, kills] = [0, 0, 0]
console.log(`seed ${seed}`)
await search({
  seed,
  histories: most,
  ...(through && { through }),
  until,
  onHistory(history) {
    histories += 1
    steps += history.steps.length
    kills += history.steps.filter((step) => 'kill' in step).length
    console.log(JSON.stringify(history))
  },
})
console.log(`${histories} histories, ${steps} steps, ${kills} kills: all good (seed ${seed})`)

function isThrough(text: string | undefined): text is Through | undefined {
  return text === undefined || text === 'program' || text === 'plugin'
}
