import type { Language, Translated } from '../language.ts'
import { en } from './en.ts'
import { pt } from './pt.ts'

/** The words of a report in one language. */
export type Words = Translated<typeof en>

export const words: Readonly<Record<Language, Words>> = { en, pt }
