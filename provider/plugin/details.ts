import { isDeepStrictEqual } from 'node:util'
import type { Bag } from '../engine/border.ts'
import { isRecord } from '../rules/text.ts'

/** What happened to one element of the inputs. */
export type Detail = 'add' | 'delete' | 'update'

/**
 * Compares the stored inputs with the declared ones, element by element, for what a reviewer sees.
 *
 * A list is compared as a set with a first element, as a PSC reads redirect URIs: a removed element is no change of those
 * after it.
 *
 * @returns path → detail: `redirectUris[1]`, `psc.baseUrl`.
 */
export function detailsOf(old: Bag, news: Bag): Map<string, Detail> {
  const details = new Map<string, Detail>()
  compareKeys('', old, news, details)
  return details
}

function compareKeys(path: string, old: Bag, news: Bag, details: Map<string, Detail>): void {
  for (const key of new Set([...Object.keys(old), ...Object.keys(news)])) {
    const at = path === '' ? key : `${path}.${key}`
    const [was, is] = [old[key], news[key]]
    if (isDeepStrictEqual(was, is)) continue
    if (was === undefined || was === null) details.set(at, 'add')
    else if (is === undefined || is === null) details.set(at, 'delete')
    else if (isRecord(was) && isRecord(is)) compareKeys(at, was, is, details)
    else if (Array.isArray(was) && Array.isArray(is)) compareLists(at, was, is, details)
    else details.set(at, 'update')
  }
}

function compareLists(
  path: string,
  old: readonly unknown[],
  news: readonly unknown[],
  details: Map<string, Detail>,
): void {
  const note = (index: number, detail: Detail) => {
    const at = `${path}[${index}]`
    details.set(at, details.has(at) ? 'update' : detail)
  }
  for (const [index, value] of old.entries()) if (!has(news, value)) note(index, 'delete')
  for (const [index, value] of news.entries()) if (!has(old, value)) note(index, 'add')
  const isMoved = old.length > 0 && news.length > 0 && !isDeepStrictEqual(old[0], news[0])
  if (isMoved && !details.has(`${path}[0]`)) details.set(`${path}[0]`, 'update')
}

function has(list: readonly unknown[], value: unknown): boolean {
  return list.some((one) => isDeepStrictEqual(one, value))
}
