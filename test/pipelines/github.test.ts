import assert from 'node:assert/strict'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { runJob, type Contexts } from './github.ts'
import { environments, Repository } from './repository.ts'

const marker = '<!-- pulumi-psc-report: homologation production -->'

const pullRequest = {
  event_name: 'pull_request',
  actor: 'alguem',
  repository: 'equipe/clients',
  token: 'not-a-secret-token',
  event: { pull_request: { number: 7, head: { repo: { full_name: 'equipe/clients' } } } },
}

describe('the workflow of GitHub, step by step against the emulator', () => {
  let repository: Repository

  before(async () => {
    repository = await Repository.create('github', 'manifest-per-stack')
  })
  after(() => repository.close())

  const job = (name: string, contexts: Partial<Contexts>) =>
    runJob(repository, name, { github: pullRequest, secrets: repository.secrets, ...contexts })

  /** Runs the preview of each stack, and the report on both. */
  async function preview(secrets: Contexts['secrets']) {
    rmSync(join(repository.folder, 'previews'), { recursive: true, force: true })
    const previews = []
    for (const stack of environments) {
      const one = await job('preview', { secrets, matrix: { stack } })
      previews.push(one ?? assert.fail())
    }
    const result = previews.every(({ code }) => code === 0) ? 'success' : 'failure'
    const report = await job('report', { secrets: {}, needs: { preview: { result } } })
    assert.equal(report?.code, 0, report?.log)
    return { codes: previews.map(({ code }) => code), log: previews.map(({ log }) => log) }
  }

  const writes = () => repository.emulator.requests.list({ operation: 'clientMaintenance' }).length

  test('Lint is green without a secret', async () => {
    const lint = await job('lint', { secrets: {} })
    assert.ok(lint)
    assert.equal(lint.code, 0, lint.log)
    assert.match(lint.log, /2 clients in 2 files: no errors/)
  })

  test('A pull request from a fork, and one of Dependabot, get lint only', async () => {
    const fork = { pull_request: { number: 7, head: { repo: { full_name: 'outro/clients' } } } }
    for (const github of [
      { ...pullRequest, event: fork },
      { ...pullRequest, actor: 'dependabot[bot]' },
    ]) {
      assert.equal(await job('preview', { github, secrets: {} }), undefined)
      const needs = { preview: { result: 'skipped' } }
      assert.equal(await job('report', { github, secrets: {}, needs }), undefined)
    }
  })

  test('A pull request with the secrets gets one comment on both stacks, and writes nothing to a PSC', async () => {
    const { codes, log } = await preview(repository.secrets)
    assert.deepEqual(codes, [0, 0], log.join('\n'))
    const [find = assert.fail(), write = assert.fail(), ...others] = repository.calls()
    assert.deepEqual(others, [])
    assert.ok(find.args.includes('repos/equipe/clients/issues/7/comments'))
    assert.ok(write.args.includes('POST'))
    assert.ok(write.body.startsWith(marker), write.body)
    assert.match(write.body, /Portal do Cidadão/)
    assert.equal(repository.emulator.requests.list({ operation: 'clientToken' }).length, 2)
    assert.equal(writes(), 0)
    assert.ok(existsSync(join(repository.root, 'artifacts/report/report.html')))
    for (const secret of Object.values(repository.secrets)) assert.ok(!log.join().includes(secret))
  })

  test('A pull request without the secrets is green, and updates the comment that is there', async () => {
    repository.answer('4711\n4712\n')
    const { codes, log } = await preview({ github_token: 'x' })
    assert.deepEqual(codes, [0, 0], log.join('\n'))
    const [, write = assert.fail()] = repository.calls()
    assert.ok(write.args.includes('PATCH'))
    assert.ok(write.args.includes('repos/equipe/clients/issues/comments/4711'))
    assert.ok(write.body.startsWith(marker))
  })

  test('A refused secret is red, and the comment says so', async () => {
    const wrong = Object.keys(repository.secrets).map((name) => [name, 'not-a-secret-wrong'])
    const { codes } = await preview(Object.fromEntries(wrong) as Contexts['secrets'])
    assert.ok(!codes.includes(0))
    const [, write = assert.fail()] = repository.calls()
    assert.match(write.body, /\[AUTENTICACAO_INVALIDA_CLIENT_OAUTH\]/)
    assert.ok(!write.body.includes('not-a-secret-wrong'))
  })

  test('A push applies each stack: the PSC has what is declared', async () => {
    const github = { ...pullRequest, event_name: 'push' }
    for (const stack of environments) {
      const up = await job('up', { github, matrix: { stack } })
      assert.equal(up?.code, 0, up?.log)
    }
    for (const { clientId, name, redirectUris } of repository.clients) {
      const found = repository.emulator.registered('serproid', clientId)
      assert.deepEqual([found?.name, found?.redirectUris], [name, redirectUris])
    }
  })

  test('The night refreshes and verifies, keeps a history, and is red when the PSC is down', async () => {
    const github = { ...pullRequest, event_name: 'schedule' }
    const matrix = { stack: 'production' }
    const before = writes()
    assert.equal(await job('up', { github, matrix }), undefined)
    const night = await job('nightly', { github, matrix })
    assert.equal(night?.code, 0, night?.log)
    repository.configure('production', { 'psc:timeoutSeconds': 2 })
    await repository.emulator.close()
    const down = await job('nightly', { github, matrix })
    assert.equal(down?.code, 1, down?.log)
    const kept = join(repository.root, 'artifacts/report-production')
    const history = readFileSync(join(kept, 'history.jsonl'), 'utf8').trim().split('\n')
    assert.equal(history.length, 2)
    assert.match(readFileSync(join(kept, 'report.html'), 'utf8'), /Portal do Cidadão/)
    assert.equal(writes(), before)
  })
})
