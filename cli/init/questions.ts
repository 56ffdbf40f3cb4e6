import { type PscName } from '../../provider/psc/index.ts'
import { describeUnknownPsc, isPscName, knownPsc } from '../../provider/psc/index.ts'
import { say } from '../../provider/say.ts'
import { CommandError } from '../errors.ts'
import { choosablePscs, languages, layouts, pipelines, type Setup } from './setup.ts'

/** Holds what is asked, or given by flags. */
export interface Answers extends Omit<Setup, 'name'> {
  readonly psc: readonly PscName[]
}

/** Holds the flags of the command. */
export interface InitOptions extends Partial<Answers> {
  readonly from?: string
  readonly encoding: 'utf-8' | 'windows-1252'
  readonly yes?: boolean
  readonly dryRun?: boolean
}

/** Asks one question each. Returns undefined when the person cancels. */
export interface Questions {
  text(question: string, byDefault: string): Promise<string | undefined>
  one<T extends string>(question: string, choices: readonly Choice<T>[]): Promise<T | undefined>
  many<T extends string>(
    question: string,
    choices: readonly Choice<T>[],
    byDefault: readonly T[],
  ): Promise<readonly T[] | undefined>
}

interface Choice<T> {
  readonly value: T
  readonly label: string
}

/** Returns the answers for what neither a flag nor a person gives. */
export function defaults(locale = Intl.DateTimeFormat().resolvedOptions().locale): Answers {
  return {
    environments: ['homologation', 'production'],
    psc: ['serproid'],
    layout: 'manifest-per-stack',
    ci: 'github',
    lang: locale.startsWith('pt') ? 'pt' : 'en',
  }
}

/**
 * Asks for what no flag gives.
 *
 * @param isPscNeeded false where a spreadsheet names the PSCs.
 * @throws {CommandError} when the person cancels.
 */
export async function ask(
  given: Partial<Answers>,
  isPscNeeded: boolean,
  questions: Questions,
): Promise<Answers> {
  const byDefault = defaults()
  const lang =
    given.lang ??
    needed(
      await questions.one(
        'Language / Idioma',
        sorted(languages, byDefault.lang).map((value) => ({
          value,
          label: { pt: 'Português', en: 'English' }[value],
        })),
      ),
    )
  const t = sentences[lang]
  const environments =
    given.environments ??
    needed(await questions.text(t.environments, byDefault.environments.join(',')))
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '')
  const psc =
    given.psc ??
    (isPscNeeded
      ? needed(
          await questions.many(
            t.psc,
            choosablePscs.map((value) => ({ value, label: knownPsc(value).title })),
            byDefault.psc,
          ),
        )
      : [])
  const choose = async <T extends string>(
    question: string,
    values: readonly T[],
    labels: Readonly<Record<T, string>>,
  ) =>
    needed(
      await questions.one(
        question,
        values.map((value) => ({ value, label: labels[value] })),
      ),
    )
  const layout = given.layout ?? (await choose(t.layout, layouts, t.layouts))
  const ci = given.ci ?? (await choose(t.ci, pipelines, t.pipelines))
  return { lang, environments, psc, layout, ci }
}

/**
 * Validates the names in the answers.
 *
 * @throws {CommandError} for a name that no stack can have, and for an unknown PSC.
 */
export function validate({ environments, psc }: Answers): void {
  const wrong = environments.find((name) => !/^[A-Za-z\d_.-]{1,100}$/.test(name))
  if (environments.length === 0 || wrong !== undefined) {
    throw new CommandError(
      'ERR_PSC_USAGE',
      wrong === undefined
        ? say`--environments: there is none. Use letters, digits, dots, hyphens and underscores.`
        : say`--environments: "${wrong}" cannot be the name of a stack. Use letters, digits, dots, hyphens and underscores.`,
    )
  }
  const unknown = psc.find((name) => !isPscName(name) || name === 'standard')
  if (unknown !== undefined) {
    throw new CommandError('ERR_PSC_USAGE', `--psc: ${describeUnknownPsc(unknown)}`)
  }
}

function needed<T>(answer: T | undefined): T {
  if (answer !== undefined) return answer
  throw new CommandError('ERR_PSC_INIT', say`cancelled. Nothing was written.`)
}

function sorted<T>(values: readonly T[], first: T): T[] {
  return [first, ...values.filter((value) => value !== first)]
}

const sentences = {
  en: {
    environments: 'Environments, each a stack (with commas)',
    psc: 'PSCs',
    layout: 'Layout',
    layouts: {
      'manifest-per-stack': 'a manifest for each environment (up to some 500 clients)',
      fleet: 'one manifest for many stacks, run by pulumi-psc fleet',
    },
    ci: 'Pipeline',
    pipelines: { github: 'GitHub Actions', gitlab: 'GitLab CI', none: 'none' },
  },
  pt: {
    environments: 'Ambientes, cada um uma stack (separados por vírgula)',
    psc: 'PSCs',
    layout: 'Organização',
    layouts: {
      'manifest-per-stack': 'um manifesto para cada ambiente (até uns 500 clientes)',
      fleet: 'um manifesto para muitas stacks, executado por pulumi-psc fleet',
    },
    ci: 'Esteira',
    pipelines: { github: 'GitHub Actions', gitlab: 'GitLab CI', none: 'nenhuma' },
  },
}
