import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { findDebris } from '../../provider/rules/debris.ts'
import { anywhere, wholes } from '../../provider/rules/debris-forms.ts'

/** The name of a form is an example of it. Two rows have a name that another row has too: their examples. */
const examples: readonly string[] = ['$%7BX%7D', '%7B%7Bx%7D%7D']

describe('the forms of placeholders', () => {
  for (const [pattern, name] of [...anywhere, ...wholes]) {
    test(`A value of the form ${name} that matches ${String(pattern)} is found`, () => {
      const texts = [
        name,
        name.replace('X', 'AMBIENTE_A'),
        name.replace('X', 'AMBIENTE'),
        ...examples,
      ]
      const example = texts.find((text) => pattern.test(text)) ?? ''
      assert.match(example, pattern)
      assert.match(findDebris(example)?.reason ?? '', /placeholder of the form/)
    })
  }
})
