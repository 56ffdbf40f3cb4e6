import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { jsonReport, textReport } from '../../../cli/verify/report.ts'
import { verifyAll } from '../../../cli/verify/verify.ts'
import { PscError } from '../../../provider/errors.ts'
import { HttpFailure } from '../../../provider/http/failure.ts'
import { issuerOf } from '../../../provider/psc/issuers.ts'
import { resolveProfile } from '../../../provider/psc/profiles/profile.ts'

/** More than are asked at once, all at an issuer that fails the first. */
function verifyMany(failure: PscError) {
  const asked: string[] = []
  const issuer = {
    name: 'neoid',
    tokenUrl: 'https://psc.exemplo/client_token',
    clientAuthentication: 'body' as const,
    tokenHasSideEffects: false,
    async obtain({ clientId }: { clientId: string }) {
      asked.push(clientId)
      if (clientId === 'c0') throw failure
      // The others that were asked at once are answered after it.
      await new Promise(setImmediate)
      return { accessToken: 'x', tokenType: 'Bearer' as const, expiresIn: 60 }
    },
  }
  const targets = Array.from({ length: 40 }, (_, index) => ({
    kind: 'client' as const,
    name: `c${index}`,
    issuer,
    clientId: `c${index}`,
    clientSecret: 'not-a-secret',
  }))
  return verifyAll(targets).then((verdicts) => ({ verdicts, asked }))
}

describe('what psc verify makes of a PSC', () => {
  it('Verify skips the other clients of an unavailable PSC and says so', async () => {
    const silent = new PscError('ERR_PSC_UNAVAILABLE', 'the connection failed.')
    const { verdicts, asked } = await verifyMany(silent)
    const notAsked = verdicts.filter(({ result }) => result === 'not asked')
    assert.equal(notAsked.length, 40 - asked.length)
    assert.ok(notAsked.length >= 20)
    for (const { milliseconds, reason } of notAsked) {
      assert.equal(milliseconds, undefined)
      assert.equal(reason?.code, 'ERR_PSC_UNAVAILABLE')
      assert.match(reason.message, /^neoid did not answer .* \[ERR_PSC_UNAVAILABLE\]$/)
    }
    assert.equal(verdicts[0]?.result, 'failed')
    const lines = textReport(verdicts).match(/^.*\[ERR_PSC_UNAVAILABLE\]$/gm)
    assert.equal(lines?.length, 2)
    assert.match(lines[1] ?? '', new RegExp(` and ${notAsked.length - 5} more: neoid `))
    const { summary } = JSON.parse(jsonReport(verdicts)) as { summary: Record<string, number> }
    assert.deepEqual([summary.failed, summary.notAsked], [1, notAsked.length])
    assert.match(textReport(verdicts), new RegExp(`, 1 failed, ${notAsked.length} not asked\\n$`))
  })

  it('Verify checks the other clients of a PSC whose response to one is not HTTP', async () => {
    const cause = new HttpFailure('protocol', 'https://psc.exemplo did not answer in HTTP', false)
    const failure: unknown = await issuerOf(resolveProfile('neoid'))
      .obtain({ clientId: 'c0', clientSecret: 'not-a-secret' }, () => Promise.reject(cause))
      .catch((error: unknown) => error)
    assert.ok(failure instanceof PscError)
    const { verdicts, asked } = await verifyMany(failure)
    assert.equal(asked.length, 40)
    assert.equal(verdicts[0]?.reason?.message, failure.message)
  })

  it('Verify checks the other clients of a PSC that fails for one', async () => {
    const failure = new PscError('ERR_PSC_UNAVAILABLE', '500 FALHA.', { status: 500 })
    const { verdicts, asked } = await verifyMany(failure)
    assert.equal(asked.length, 40)
    assert.equal(verdicts.filter(({ result }) => result === 'ok').length, 39)
  })
})
