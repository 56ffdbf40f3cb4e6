import { isCancel, multiselect, select, text } from '@clack/prompts'
import type { Questions } from './questions.ts'

const answer = <T>(value: T): Exclude<T, symbol> | undefined =>
  isCancel(value) ? undefined : (value as Exclude<T, symbol>)

/** Asks at this process's terminal. */
export const terminal: Questions = {
  async text(message, initialValue) {
    return answer(await text({ message, initialValue }))
  },
  async one<T extends string>(message: string, choices: readonly { value: T; label: string }[]) {
    const chosen = await select<string>({ message, options: [...choices] })
    return answer(chosen) as T | undefined
  },
  async many<T extends string>(
    message: string,
    choices: readonly { value: T; label: string }[],
    byDefault: readonly T[],
  ) {
    const initialValues = [...byDefault]
    const chosen = await multiselect<string>({ message, options: [...choices], initialValues })
    return answer(chosen) as T[] | undefined
  },
}
