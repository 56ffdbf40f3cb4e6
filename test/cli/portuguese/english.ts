import assert from 'node:assert/strict'
import { portuguese } from '../../../cli/portuguese/index.ts'

/** Sentences of the catalogue that are long enough not to occur by chance, as patterns of an output. */
const english = Object.entries(portuguese)
  .filter(([sentence, translated]) => sentence !== translated && wordsOf(sentence).length > 12)
  .map(([sentence]) => new RegExp(patternOf(sentence)))

function wordsOf(sentence: string): string {
  return sentence.replaceAll(/\{\d+\}/g, '').trim()
}

/** Makes a pattern of a template: any words in the place of a value, and any break of a line in the place of a space. */
function patternOf(sentence: string): string {
  return sentence
    .trim()
    .split(/\{\d+\}/)
    .map((part) =>
      part
        .split(/\s+/)
        .map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'))
        .join('\\s+'),
    )
    .join('[^\\n]{1,200}?')
}

/** Words that are English and not Portuguese, also without a template: a sentence that is not said by `say` has one. */
const words =
  /(?<![\w./:=-])(?:the|and|is|are|was|not|with|without|from|give|check|run|cannot|has|have|did|this|that|there|of)(?![\w./:=-]\w)\b/gi

/** What no language changes: between quotes or backticks, addresses, the names of options, keys and codes. */
const unchanged = /"[^"]*"|`[^`]*`|\bhttps?:\/\/\S+/g

/** Asserts that an output has no sentence of the English catalogue and no English word of any other sentence. */
export function assertPortuguese(output: string): void {
  const left = english.filter((pattern) => pattern.test(output))
  assert.deepEqual(left, [], output)
  assert.deepEqual(output.replaceAll(unchanged, '').match(words) ?? [], [], output)
}
