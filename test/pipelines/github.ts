// Runs the jobs of a workflow, as far as the workflows of init need it.
import { cpSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'
import type { Ran, Repository } from './repository.ts'

interface Step {
  readonly uses?: string
  readonly with?: Readonly<Record<string, string>>
  readonly run?: string
  readonly if?: string
  readonly env?: Readonly<Record<string, string>>
}

interface Workflow {
  readonly env: Readonly<Record<string, string>>
  readonly jobs: Readonly<
    Record<string, { readonly if?: string; readonly environment?: string; readonly steps: Step[] }>
  >
}

/** What an expression can name. */
export interface Contexts {
  readonly github: Readonly<Record<string, unknown>>
  readonly secrets: Readonly<Record<string, string>>
  readonly matrix?: Readonly<Record<string, string>>
  readonly needs?: object
}

/** Runs a job: each step in order, after a failed one only those that say so. Undefined if its condition is false. */
export async function runJob(
  repository: Repository,
  name: string,
  contexts: Contexts,
): Promise<Ran | undefined> {
  const { env: shared, jobs } = repository.pipeline as Workflow
  const job = jobs[name]
  if (!job) throw new Error(`no job ${name}`)
  const evaluate = (expression: string) => evaluateIn(expression, repository, contexts)
  const fill = (text: string) =>
    text.replaceAll(/\$\{\{ (.+?) \}\}/g, (_, expression: string) => String(evaluate(expression)))
  if (job.if !== undefined && !evaluate(bare(job.if))) return undefined
  let code = 0
  let log = ''
  for (const step of job.steps) {
    if (code !== 0 && !(step.if !== undefined && evaluate(bare(step.if)))) continue
    if (step.uses?.startsWith('actions/upload-artifact@')) upload(repository, step, fill)
    if (step.run === undefined) continue
    const own = Object.fromEntries(
      Object.entries({ ...shared, ...step.env }).map(([key, value]) => [key, fill(value)]),
    )
    const ran = await repository.run(step.run, {
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_REPOSITORY: String(contexts.github.repository),
      GITHUB_STEP_SUMMARY: join(repository.root, 'summary'),
      GITHUB_WORKSPACE: repository.folder,
      ...own,
    })
    log += ran.log
    code ||= ran.code
  }
  return { code, log }
}

const bare = (condition: string) => condition.replace(/^\$\{\{ (.*) \}\}$/, '$1')

function evaluateIn(expression: string, { backend }: Repository, contexts: Contexts): unknown {
  const { PULUMI_BACKEND_URL, PULUMI_CONFIG_PASSPHRASE } = backend
  return runInNewContext(expression, {
    ...contexts,
    secrets: { PULUMI_ACCESS_TOKEN: '', ...contexts.secrets, PULUMI_CONFIG_PASSPHRASE },
    vars: { PULUMI_BACKEND_URL },
    cancelled: () => false,
    toJSON: (value: unknown) => JSON.stringify(value, undefined, 2),
  })
}

/** Copies an artifact to a folder of its own. Jobs share the working folder, so that nothing needs to be downloaded. */
function upload(
  { root, folder }: Repository,
  { with: { name = '', path = '' } = {} }: Step,
  fill: (text: string) => string,
): void {
  for (const each of path.trim().split('\n')) {
    const from = join(folder, each)
    const to = join(root, 'artifacts', fill(name), each)
    if (existsSync(from)) cpSync(from, to, { recursive: true })
  }
}
