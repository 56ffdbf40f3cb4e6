const imfFixdate = /^[A-Z][a-z]{2}, (\d{2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT$/
const rfc850 = /^[A-Z][a-z]+day, (\d{2})-([A-Z][a-z]{2})-(\d{2}) (\d{2}):(\d{2}):(\d{2}) GMT$/
const asctime = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) ([ \d]\d) (\d{2}):(\d{2}):(\d{2}) (\d{4})$/

/**
 * Reads a date in any of HTTP's three formats; undefined for everything else.
 *
 * `Date.parse` would take `-5` and `1.5` for dates, and the third format for local time.
 *
 * @param now a year of two digits is the one that is at most 50 years ahead.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7
 */
export function parseHttpDate(text: string, now: Date): Date | undefined {
  const fixed = imfFixdate.exec(text)
  if (fixed) return toDate(fixed[3], fixed[2], fixed[1], fixed.slice(4))
  const old = rfc850.exec(text)
  if (old) {
    const century = Math.floor(now.getUTCFullYear() / 100) * 100
    const year = century + Number(old[3])
    const ahead = year > now.getUTCFullYear() + 50
    return toDate(String(ahead ? year - 100 : year), old[2], old[1], old.slice(4))
  }
  const c = asctime.exec(text)
  return c ? toDate(c[6], c[1], c[2]?.trim(), c.slice(3, 6)) : undefined
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function toDate(year = '', month = '', day = '', time: readonly string[] = []): Date | undefined {
  const number = String(months.indexOf(month) + 1).padStart(2, '0')
  const date = new Date(`${year}-${number}-${day.padStart(2, '0')}T${time.join(':')}Z`)
  return Number.isNaN(date.getTime()) ? undefined : date
}
