import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { environment, pulumi, startPulumi, type Project, type Run } from '../../scripts/pulumi.ts'
import { quickStart } from './quick-start.ts'

export interface StackOptions {
  /** Path → contents, beside Pulumi.yaml. */
  readonly files: Readonly<Record<string, string>>
  /** The stack's configuration. */
  readonly config?: Readonly<Record<string, unknown>>
  readonly env?: Readonly<Record<string, string>>
  /** Of Pulumi.yaml; index.ts by default. */
  readonly main?: string
  /** Of Pulumi.yaml; by default Node itself runs TypeScript. */
  readonly runtime?: unknown
  /** More of Pulumi.yaml. */
  readonly project?: Readonly<Record<string, unknown>>
  /** Where the stack's folder is made; by default inside the repository, where `pulumi-psc` is found. */
  readonly parent?: string
}

/** A stack of the real engine, with a folder, a state and settings of its own. */
export class Stack {
  readonly #project: Project

  private constructor(project: Project) {
    this.#project = project
  }

  static async create(options: StackOptions): Promise<Stack> {
    const parent = options.parent ?? join('.psc', 'test')
    mkdirSync(parent, { recursive: true })
    const folder = mkdtempSync(join(parent, 'stack-'))
    const env = { ...quickStart, ...options.env }
    const stack = new Stack({ folder, stack: 'test', backend: join(folder, 'state'), env })
    const runtime = options.runtime ?? { name: 'nodejs', options: { typescript: false } }
    const project = { name: 'psc', runtime, main: options.main ?? 'index.ts', ...options.project }
    stack.write('Pulumi.yaml', JSON.stringify(project))
    stack.write('Pulumi.test.yaml', JSON.stringify({ config: options.config ?? {} }))
    for (const [path, text] of Object.entries(options.files)) stack.write(path, text)
    await stack.succeed('stack', 'init', '--no-select')
    return stack
  }

  get folder(): string {
    return this.#project.folder
  }

  /** The environment of its commands. */
  get env(): NodeJS.ProcessEnv {
    return environment(this.#project)
  }

  /** The same stack, with more in the environment of its commands. */
  with(env: Readonly<Record<string, string>>): Stack {
    return new Stack({ ...this.#project, env: { ...this.#project.env, ...env } })
  }

  write(path: string, text: string): void {
    const file = join(this.folder, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }

  /** Runs a command of `pulumi` to its end. */
  run(...args: string[]): Promise<Run> {
    return pulumi(this.#project, args)
  }

  /** Starts a command, for a test that does not let it run to its end. */
  start(...args: string[]): ReturnType<typeof startPulumi> {
    return startPulumi(this.#project, args)
  }

  /** Runs a command that has to succeed, and answers what it printed. */
  async succeed(...args: string[]): Promise<string> {
    const { code, output } = await this.run(...args)
    assert.equal(code, 0, `pulumi ${args.join(' ')}:\n${output}`)
    return output
  }

  /** Runs a command that has to fail, and answers what it printed. */
  async fail(...args: string[]): Promise<string> {
    const { code, output } = await this.run(...args)
    assert.notEqual(code, 0, `pulumi ${args.join(' ')} should have failed:\n${output}`)
    return output
  }

  /** The state, as `pulumi stack export` gives it. */
  async state(): Promise<State> {
    return JSON.parse(await this.succeed('stack', 'export')) as State
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

export interface State {
  readonly deployment: {
    readonly resources?: readonly {
      readonly type: string
      readonly urn: string
      readonly id?: string
      readonly inputs?: Readonly<Record<string, unknown>>
      readonly outputs?: Readonly<Record<string, unknown>>
    }[]
  }
}
