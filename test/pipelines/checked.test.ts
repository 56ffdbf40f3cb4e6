import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { before, describe, test } from 'node:test'
import { parse } from 'yaml'
import { buildTool, hasGo } from '../../scripts/engine/from-go.ts'
import { validatorOf } from '../schemas/validator.ts'

const github = [...globSync('examples/pipelines/github-*.yml'), '.github/workflows/release.yml']
const gitlab = globSync('examples/pipelines/gitlab-*.yml')

describe('pipelines of GitHub', () => {
  const version = '1.7.12'
  const scratch = resolve('node_modules/.cache/actionlint')
  const actionlint = resolve(scratch, `actionlint-${version}`)

  before(async () => {
    if (existsSync(actionlint)) return
    if (!hasGo(scratch)) throw new Error('There is no Go here to build actionlint. Install it.')
    const step = {
      title: 'actionlint',
      folder: scratch,
      package: 'github.com/rhysd/actionlint/cmd/actionlint',
      version: `v${version}`,
    }
    await buildTool(step, version, actionlint)
  })

  const lint = (text: string) => {
    const options = ['-no-color', '-shellcheck=', '-pyflakes=', '-']
    return spawnSync(actionlint, options, { input: text, encoding: 'utf8' }).stdout
  }

  for (const file of github) {
    test(`Actionlint accepts ${file}`, () => {
      assert.equal(lint(readFileSync(file, 'utf8')), '')
    })
  }

  test('Actionlint refuses a title of a pull request in a script, and an unknown job', () => {
    const [file = ''] = github
    const text = readFileSync(file, 'utf8')
    const title = text.replace('npm ci', 'echo ${{ github.event.pull_request.title }}')
    assert.match(lint(title), /potentially untrusted/)
    assert.match(lint(text.replace('needs: lint', 'needs: linter')), /linter/)
  })
})

describe('pipelines of GitLab', () => {
  const isPipeline = validatorOf('gitlab-ci')

  test('The schema of GitLab CI accepts each example', () => {
    assert.equal(gitlab.length, 2)
    for (const file of gitlab) {
      const isValid = isPipeline(parse(readFileSync(file, 'utf8')))
      assert.ok(isValid, `${file}: ${JSON.stringify(isPipeline.errors)}`)
    }
  })

  test('The schema of GitLab CI refuses an unknown key of a job', () => {
    const [file = ''] = gitlab
    const text = readFileSync(file, 'utf8').replace('stage: lint\n', 'stage: lint\n  scripts: []\n')
    assert.ok(!isPipeline(parse(text)))
  })
})
