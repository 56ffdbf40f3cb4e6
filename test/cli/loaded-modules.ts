// Preloaded into a process: prints every module that it loaded on its standard error when it ends.
import { registerHooks } from 'node:module'

const loaded = new Set<string>()

registerHooks({
  load(url, context, nextLoad) {
    loaded.add(url)
    return nextLoad(url, context)
  },
})

process.once('exit', () => {
  process.stderr.write(JSON.stringify([...loaded]))
})
