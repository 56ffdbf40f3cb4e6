import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { afterEach, beforeEach, test } from 'node:test'
import { validateSurroundings } from '../../provider/engine/preconditions.ts'

// The module cache of Node.js gives every reader of a package.json the same object.
const sdk = createRequire(import.meta.url)('@pulumi/pulumi/package.json') as { version: string }
const { version } = sdk

beforeEach(() => {
  process.env.PULUMI_NODEJS_MONITOR = '127.0.0.1:1'
})
afterEach(() => {
  sdk.version = version
  delete process.env.PULUMI_NODEJS_MONITOR
})

test("A program with an SDK below the package's range is told the version that it needs", () => {
  for (const old of ['3.149.0', '3.99.1', '2.25.2']) {
    sdk.version = old
    assert.throws(validateSurroundings, {
      message: new RegExp(`${old} .* 3\\.150\\.0 or newer\\. \\[ERR_PSC_SDK\\]$`),
    })
  }
})

test("A program with the oldest SDK of the package's range runs", () => {
  sdk.version = '3.150.0'
  validateSurroundings()
})
