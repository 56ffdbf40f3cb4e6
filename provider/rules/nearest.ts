/**
 * The candidate with the smallest edit distance to a text, the first of equals.
 *
 * @param furthest largest distance that still counts as near; default: half of the text's length
 *   or 2, whichever is more
 */
export function nearest(
  text: string,
  candidates: readonly string[],
  furthest = Math.max(2, Math.floor(text.length / 2)),
): string | undefined {
  let best: string | undefined
  let bound = furthest + 1
  for (const candidate of candidates) {
    const distance = editDistance(text, candidate, bound)
    if (distance < bound) {
      bound = distance
      best = candidate
    }
  }
  return best
}

/** Levenshtein's distance, in UTF-16 units; stops and answers `bound` once it cannot be less. */
export function editDistance(from: string, to: string, bound = Infinity): number {
  if (Math.abs(from.length - to.length) >= bound) return bound
  // Names of one certificate have much in common, so that little is left to compare.
  let start = 0
  while (start < from.length && from.charCodeAt(start) === to.charCodeAt(start)) start += 1
  let [fromEnd, toEnd] = [from.length, to.length]
  while (
    fromEnd > start &&
    toEnd > start &&
    from.charCodeAt(fromEnd - 1) === to.charCodeAt(toEnd - 1)
  ) {
    fromEnd -= 1
    toEnd -= 1
  }
  return distanceOf(from.slice(start, fromEnd), to.slice(start, toEnd), bound)
}

/** One row of the usual table at a time, in place. */
function distanceOf(from: string, to: string, bound: number): number {
  const row = new Uint32Array(to.length + 1)
  for (let column = 0; column <= to.length; column += 1) row[column] = column
  for (let line = 1; line <= from.length; line += 1) {
    const letter = from.charCodeAt(line - 1)
    let diagonal = line - 1
    let left = line
    let smallest = line
    row[0] = line
    for (let column = 1; column <= to.length; column += 1) {
      const above = row[column] ?? 0
      const replaced = letter === to.charCodeAt(column - 1) ? diagonal : diagonal + 1
      left = Math.min(replaced, Math.min(above, left) + 1)
      row[column] = left
      diagonal = above
      if (left < smallest) smallest = left
    }
    if (smallest >= bound) return bound
  }
  return Math.min(row[to.length] ?? 0, bound)
}
