// Loaded into each Node.js of a history. Notes the processes that load the provider: the engine also starts some that never do.
const { mkdirSync, writeFileSync } = require('node:fs')
const Module = require('node:module')
const { join } = require('node:path')

const { _load: load } = Module
Module._load = function (name, ...rest) {
  if (name === 'pulumi-psc/handler') {
    const folder = process.env.PSC_TEST_PROVIDERS
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, String(process.pid)), '')
  }
  return load.call(this, name, ...rest)
}
