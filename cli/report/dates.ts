import { type Language, locales } from '../language.ts'

/** How a report for people is written. */
export interface Style {
  readonly language: Language
  /** A name of the IANA database. */
  readonly timeZone: string
}

/** Writes the dates of a report: the moment, or the day alone. */
export interface Dates {
  day(iso: string): string
  moment(iso: string): string
}

export function datesIn({ language, timeZone }: Style): Dates {
  // 27/11/2026 in Portuguese, 27 Nov 2026 in English, which no reader takes for another day.
  const dateStyle = language === 'pt' ? 'short' : 'medium'
  const day = new Intl.DateTimeFormat(locales[language], {
    ...(language === 'pt' ? { day: '2-digit', month: '2-digit', year: 'numeric' } : { dateStyle }),
    timeZone,
  })
  const clock = new Intl.DateTimeFormat(locales[language], { timeStyle: 'short', timeZone })
  return {
    day: (iso) => day.format(new Date(iso)),
    moment: (iso) => `${day.format(new Date(iso))} ${clock.format(new Date(iso))}`,
  }
}
