import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { PendingSignIns, pendingFolder } from '../../../cli/login/pending.ts'
import { begin, noon } from '../../psc/sign-in/support.ts'

describe('a sign-in that waits', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'psc-pending-'))
  })
  afterEach(() => {
    rmSync(folder, { recursive: true })
  })
  const open = (now = noon) => new PendingSignIns(folder, () => now)

  it('is found by another process, as it was kept', async () => {
    const signIn = await begin('https://psc.exemplo.br')
    open().keep('portal', signIn)
    assert.deepEqual(open().find(signIn.state), { kind: 'waiting', client: 'portal', signIn })
  })

  it('expires by when it began, however young its file is', async () => {
    const signIn = await begin('https://psc.exemplo.br')
    open().keep('portal', signIn)
    const tenMinutes = 10 * 60_000
    assert.equal(open(noon + tenMinutes).find(signIn.state).kind, 'waiting')
    assert.equal(open(noon + tenMinutes + 1).find(signIn.state).kind, 'expired')
    assert.deepEqual(
      readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8')),
      [''],
    )
  })

  it('is given to one process alone, however many have found it', async () => {
    const signIn = await begin('https://psc.exemplo.br')
    open().keep('portal', signIn)
    const [one, other] = [open(), open()]
    assert.deepEqual(
      [one.find(signIn.state).kind, other.find(signIn.state).kind],
      ['waiting', 'waiting'],
    )
    assert.deepEqual([one.use(signIn.state), other.use(signIn.state)], [true, false])
    assert.equal(open().find(signIn.state).kind, 'used')
  })

  it('is refused in a sentence where nothing can be written, and does without a memory', async () => {
    const signIn = await begin('https://psc.exemplo.br')
    const file = join(folder, 'file')
    writeFileSync(file, '')
    const nowhere = new PendingSignIns(join(file, 'below'), () => Date.now())
    assert.throws(
      () => {
        nowhere.keep('portal', signIn)
      },
      { code: 'ERR_PSC_LOGIN', message: /cannot be kept in .*XDG_STATE_HOME/ },
    )
    assert.equal(nowhere.find(signIn.state).kind, 'unknown')
    assert.equal(nowhere.use(signIn.state), true)
  })

  it('is unknown where nothing was kept, or something else was', async () => {
    assert.equal(open().find('../../etc/passwd').kind, 'unknown')
    const signIn = await begin('https://psc.exemplo.br')
    open().keep('portal', { ...signIn, codeVerifier: 1 as unknown as string })
    assert.equal(open().find(signIn.state).kind, 'unknown')
  })
})

describe('the folder of sign-ins that wait', () => {
  it("is below the platform's folder for state, or in the home of the user", () => {
    const own = join('pulumi-psc', 'sign-in')
    assert.equal(pendingFolder({ XDG_STATE_HOME: 's', LOCALAPPDATA: 's' }), join('s', own))
    for (const env of [{}, { XDG_STATE_HOME: '', LOCALAPPDATA: '' }]) {
      assert.equal(pendingFolder(env), join(homedir(), '.local', 'state', own))
    }
  })
})
