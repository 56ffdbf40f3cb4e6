import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readIdentification } from '../../provider/rules/identification.ts'

describe('a CPF or a CNPJ', () => {
  // 12.ABC.345/01DE-35 is the example of the Receita Federal for a CNPJ with letters.
  for (const [text, type, plain] of [
    ['111.444.777-35', 'CPF', '11144477735'],
    ['12345678909', 'CPF', '12345678909'],
    ['11.222.333/0001-81', 'CNPJ', '11222333000181'],
    ['12.ABC.345/01DE-35', 'CNPJ', '12ABC34501DE35'],
    ['12abc34501de35', 'CNPJ', '12ABC34501DE35'],
  ] as const) {
    it(`Is read with and without separators: ${text}`, () => {
      assert.deepEqual(readIdentification(text), { type, plain })
    })
  }

  for (const text of [
    '',
    '111.444.777-36',
    '111.444.777-45',
    '11.222.333/0001-82',
    '12.ABC.345/01DE-36',
    '1234567890',
    '123456789099',
    'joao@exemplo.gov.br',
  ]) {
    it(`Is refused for a wrong length, form or check digit: "${text}"`, () => {
      assert.equal(readIdentification(text), undefined)
    })
  }
})
