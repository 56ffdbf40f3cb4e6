// Runs the jobs of a pipeline of GitLab, as far as those of init need it.
import { runInNewContext } from 'node:vm'
import type { Ran, Repository } from './repository.ts'

interface Job {
  readonly rules: readonly { readonly if: string; readonly when?: string }[]
  readonly script: readonly string[]
}

interface Pipeline {
  readonly variables: Readonly<Record<string, string>>
  readonly default: { readonly before_script: readonly string[] }
}

/** Runs a job with these variables: its lines in one shell. Undefined if no rule lets it run. */
export async function runJob(
  repository: Repository,
  name: string,
  variables: Readonly<Record<string, string>>,
): Promise<(Ran & { readonly isManual: boolean }) | undefined> {
  const pipeline = repository.pipeline as Pipeline & Readonly<Record<string, Job>>
  const job = pipeline[name]
  if (!job) throw new Error(`no job ${name}`)
  const read = { CI_PIPELINE_SOURCE: '', CI_COMMIT_BRANCH: '', CI_DEFAULT_BRANCH: 'main' }
  const known = Object.entries({ ...read, ...variables }).map(([key, value]) => [`$${key}`, value])
  const rule = job.rules.find(
    (each) => runInNewContext(each.if, Object.fromEntries(known) as object) === true,
  )
  if (!rule) return undefined
  const script = [...pipeline.default.before_script, ...job.script].join('\n')
  const env = { CI: 'true', CI_PROJECT_DIR: repository.folder, ...pipeline.variables }
  const ran = await repository.run(script, { ...env, ...repository.backend, ...variables })
  return { ...ran, isManual: rule.when === 'manual' }
}
