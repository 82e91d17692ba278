export const DAY = 86_400_000

/** The ISO week of a day (UTC), and the year that it is counted in. @see https://en.wikipedia.org/wiki/ISO_week_date */
export function isoWeekOf(date: Date | number): { readonly year: number; readonly week: number } {
  const day = new Date(date)
  const thursday = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate()))
  thursday.setUTCDate(thursday.getUTCDate() + 4 - (thursday.getUTCDay() || 7))
  const year = thursday.getUTCFullYear()
  return { year, week: Math.ceil(((thursday.getTime() - Date.UTC(year, 0, 1)) / DAY + 1) / 7) }
}

/** As `2026-W47`: layers made by apt live that long, so that security fixes arrive. */
export function isoWeek(date: Date): string {
  const { year, week } = isoWeekOf(date)
  return `${year}-W${String(week).padStart(2, '0')}`
}
