import { InvalidArgumentError } from 'commander'
import { say } from '../provider/say.ts'

/** Reads a whole number from `least` to `most`, as commander's `argParser` wants it. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : -1
    if (value >= least && value <= most) return value
    throw new InvalidArgumentError(say`Give a whole number from ${least} to ${most}.`)
  }
}
