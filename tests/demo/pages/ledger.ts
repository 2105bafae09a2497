/** What was counted beside what is shown: every number once, and each difference with both. */

export type Value = string | number | null | undefined

const shownAs = (value: Value): string =>
  value === null || value === undefined || value === '' ? 'nothing' : String(value)

export function createLedger() {
  const areas = new Map<string, { compared: number; differences: string[] }>()
  const areaOf = (area: string) => {
    const known = areas.get(area) ?? { compared: 0, differences: [] }
    areas.set(area, known)
    return known
  }
  return {
    areas: areas as ReadonlyMap<string, { compared: number; differences: string[] }>,
    same(area: string, what: string, counted: Value, shown: Value): void {
      const book = areaOf(area)
      book.compared++
      const [one, other] = [shownAs(counted), shownAs(shown)]
      if (one !== other) book.differences.push(`${area}: ${what}: counted ${one}, shown ${other}`)
    },
    get differences(): string[] {
      return [...areas.values()].flatMap(({ differences }) => differences)
    },
  }
}
export type Ledger = ReturnType<typeof createLedger>
