import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createDuplicateValidator, type DeclaredClient } from '../../provider/rules/duplicates.ts'
import { unknownValue } from '../../provider/rules/problem.ts'

const portal = { psc: 'neoid', clientId: 'a', name: 'Portal' }

/** The duplicates of a whole list, in its order; `index` is that of the later one. */
function duplicatesOf(...clients: readonly DeclaredClient[]) {
  const judge = createDuplicateValidator()
  return clients.flatMap((client, index) => judge(client).map((problem) => ({ index, problem })))
}

function found(...clients: readonly DeclaredClient[]): string[] {
  return duplicatesOf(...clients).map(
    ({ index, problem: { severity, path, code } }) =>
      `${index} ${severity} ${path.join('.')} ${code}`,
  )
}

const sameName = 'error name APLICACAO_OAUTH_NOME_JA_CADASTRADO'

describe('two clients', () => {
  test('Two clients with different ids and names are not duplicates', () => {
    assert.deepEqual(found(portal, { psc: 'neoid', clientId: 'b', name: 'Outro' }), [])
  })

  test('The later of two clients with one id at one PSC is refused', () => {
    assert.deepEqual(found(portal, { ...portal, name: 'Outro' }), [
      '1 error clientId ERR_PSC_DUPLICATE_CLIENT',
    ])
  })

  test('The later of two clients with one name at one PSC is refused with the code of the PSC', () => {
    assert.deepEqual(found(portal, { ...portal, clientId: 'b' }), [`1 ${sameName}`])
  })

  test('Two clients with one id and one name get both problems', () => {
    assert.deepEqual(found(portal, portal), [
      '1 error clientId ERR_PSC_DUPLICATE_CLIENT',
      `1 ${sameName}`,
    ])
  })

  test('Two clients at different PSCs may have the same id and name', () => {
    assert.deepEqual(found(portal, { ...portal, psc: 'serproid' }), [])
  })

  test('Two names that differ only in case, spaces or encoding get a warning', () => {
    for (const name of ['PORTAL', 'Portal ', ' portal', 'Ｐortal']) {
      assert.deepEqual(found(portal, { ...portal, clientId: 'b', name }), [
        '1 warning name WARN_PSC_SIMILAR_NAME',
      ])
    }
    const composed = { ...portal, name: 'Cidadão' }
    const decomposed = { ...portal, clientId: 'b', name: 'Cidada\u0303o' }
    assert.deepEqual(found(composed, decomposed), ['1 warning name WARN_PSC_SIMILAR_NAME'])
  })

  test('Two ids that differ in case are two clients', () => {
    assert.deepEqual(found(portal, { psc: 'neoid', clientId: 'A', name: 'Outro' }), [])
  })

  test('Unknown, missing and non-string values are never duplicates', () => {
    for (const value of [unknownValue, undefined, null, 1, '', ' ', {}, ['a']]) {
      const client = { psc: 'neoid', clientId: value, name: value }
      assert.deepEqual(found(client, client, portal), [])
    }
  })

  test('Any character in a name or a PSC keeps two clients apart', () => {
    const one = { psc: 'a', clientId: 'b","c', name: 'x' }
    const two = { psc: 'a","b', clientId: 'c', name: 'y' }
    assert.deepEqual(found(one, two), [])
    const odd = { psc: '__proto__', clientId: 'constructor', name: 'toString' }
    assert.deepEqual(found(odd, { ...odd, psc: 'prototype' }), [])
  })
})

test('Each of three duplicates is compared with the first', () => {
  assert.deepEqual(found(portal, portal, portal).length, 4)
  const [first, , third] = duplicatesOf(portal, portal, portal)
  assert.match(first?.problem.message ?? '', /client 1\b/)
  assert.match(third?.problem.message ?? '', /client 1\b/)
})

test('A client that comes later is compared with all before it', () => {
  const judge = createDuplicateValidator()
  assert.deepEqual(judge({ ...portal, label: 'portal' }), [])
  const [id, name] = judge({ ...portal, label: 'outro' })
  assert.match(id?.message ?? '', /^portal declares/)
  assert.match(name?.message ?? '', /^portal has/)
  assert.deepEqual(createDuplicateValidator()(portal), [])
})
