import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { runJob } from './gitlab.ts'
import { Repository } from './repository.ts'

const mergeRequest = {
  CI_PIPELINE_SOURCE: 'merge_request_event',
  CI_API_V4_URL: 'https://gitlab.invalid/api/v4',
  CI_PROJECT_ID: '12',
  CI_MERGE_REQUEST_IID: '7',
  CI_MERGE_REQUEST_PROJECT_ID: '12',
  CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '12',
}

const push = { CI_PIPELINE_SOURCE: 'push', CI_COMMIT_BRANCH: 'main' }

const note = '/projects/12/merge_requests/7/notes'

describe('the pipeline of GitLab for one manifest and many stacks, line by line against the emulator', () => {
  let repository: Repository

  before(async () => {
    repository = await Repository.create('gitlab', 'fleet')
  })
  after(() => repository.close())

  const job = async (name: string, variables: Readonly<Record<string, string>>) =>
    runJob(repository, name, variables)

  const read = (file: string) => readFileSync(join(repository.folder, file), 'utf8')

  test('Lint is green without a secret, and writes a Code Quality report', async () => {
    const lint = await job('lint', mergeRequest)
    assert.equal(lint?.code, 0, lint?.log)
    assert.deepEqual(JSON.parse(read('gl-code-quality-report.json')), [])
  })

  test('A merge request from a fork gets lint only', async () => {
    const fork = { ...mergeRequest, CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '13' }
    for (const name of ['preview', 'report', 'up', 'nightly']) {
      assert.equal(await job(name, fork), undefined)
    }
  })

  test('A merge request gets one comment, whose token is no argument of a process', async () => {
    const secrets = { ...repository.secrets, STACK: 'production' }
    const preview = await job('preview', { ...mergeRequest, ...secrets })
    assert.equal(preview?.code, 0, preview?.log)
    const token = { REPORT_TOKEN: 'not-a-secret-report' }
    const notes = [{ id: 1, body: 'Bom dia' }]
    for (const [method, path] of [
      ['POST', note],
      ['PUT', `${note}/2`],
    ] as const) {
      repository.answer(JSON.stringify(notes))
      const report = await job('report', { ...mergeRequest, ...token })
      assert.equal(report?.code, 0, report?.log)
      const [, write = assert.fail(), ...others] = repository.calls()
      assert.deepEqual(others, [])
      assert.ok(write.args.includes(method))
      assert.equal(write.args.at(-1), mergeRequest.CI_API_V4_URL + path)
      assert.equal(write.input, 'PRIVATE-TOKEN: not-a-secret-report\n')
      assert.ok(!write.args.join(' ').includes(token.REPORT_TOKEN))
      assert.match(write.body, /^<!-- pulumi-psc-report: production -->\n[^]*Portal do Cidadão/)
      notes.push({ id: 2, body: write.body })
    }
  })

  test('Without a token for the comment, the report is an artifact and the job is green', async () => {
    const report = await job('report', mergeRequest)
    assert.ok(report)
    assert.equal(report.code, 0, report.log)
    assert.match(report.log, /REPORT_TOKEN is not set/)
    assert.deepEqual(repository.calls(), [])
    assert.ok(existsSync(join(repository.folder, 'report.html')))
  })

  test('A person starts the apply of the default branch: the PSC then has what is declared', async () => {
    assert.equal(await job('up', { ...push, CI_COMMIT_BRANCH: 'other' }), undefined)
    const up = await job('up', { ...push, ...repository.secrets })
    assert.deepEqual([up?.code, up?.isManual], [0, true], up?.log)
    for (const { clientId, name, redirectUris } of repository.clients) {
      const found = repository.emulator.registered('serproid', clientId)
      assert.deepEqual([found?.name, found?.redirectUris], [name, redirectUris])
    }
  })

  test('The night refreshes and verifies, and writes the history and the report', async () => {
    const schedule = { CI_PIPELINE_SOURCE: 'schedule', CI_COMMIT_BRANCH: 'main' }
    for (const name of ['lint', 'up']) assert.equal(await job(name, schedule), undefined)
    const night = await job('nightly', { ...schedule, ...repository.secrets })
    assert.equal(night?.code, 0, night?.log)
    assert.equal(read('history.jsonl').trim().split('\n').length, 2)
    assert.match(read('report.html'), /Portal do Cidadão/)
  })
})
