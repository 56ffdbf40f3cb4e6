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
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row]
    let smallest = row
    for (let column = 1; column <= to.length; column += 1) {
      const substitution = from[row - 1] === to[column - 1] ? 0 : 1
      const cost = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + substitution,
      )
      current.push(cost)
      smallest = Math.min(smallest, cost)
    }
    if (smallest >= bound) return bound
    previous = current
  }
  return Math.min(previous[to.length] ?? 0, bound)
}
