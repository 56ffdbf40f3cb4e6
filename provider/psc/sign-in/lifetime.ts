const units = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const

/** A lifetime in words: `5 minutes`, `1 hour 30 minutes`, `7 days`. */
export function describeLifetime(seconds: number): string {
  const parts: string[] = []
  let rest = seconds
  for (const [unit, length] of units) {
    const count = Math.floor(rest / length)
    rest -= count * length
    if (count > 0) parts.push(`${count} ${unit}${count === 1 ? '' : 's'}`)
  }
  return parts.length > 0 ? parts.join(' ') : '0 seconds'
}
