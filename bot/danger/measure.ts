/** How well danger is recognised in sentences whose answers are known. */
import { type DangerKind, detectDanger } from './detect.js'
import type { Sentence } from './learned/train.js'
import { DANGER_KINDS } from './lexicon.js'

type Share = { n: number; right: number }
export type DangerMeasured = {
  recognised: Share
  /** Of those recognised, how often the kind was right too. */
  kind: Share
  falseAlarms: { n: number; raised: number }
  byKind: Record<DangerKind, Share>
  byLanguage: Record<string, { danger: Share; calm: { n: number; raised: number } }>
  misses: { text: string; lang: string; why: string }[]
}

export function measureDanger(sentences: readonly Sentence[]): DangerMeasured {
  const measured: DangerMeasured = {
    recognised: { n: 0, right: 0 },
    kind: { n: 0, right: 0 },
    falseAlarms: { n: 0, raised: 0 },
    byKind: Object.fromEntries(DANGER_KINDS.map((kind) => [kind, { n: 0, right: 0 }])) as Record<DangerKind, Share>,
    byLanguage: {},
    misses: [],
  }
  for (const { text, lang, kind, danger } of sentences) {
    const found = detectDanger(text)
    const language = measured.byLanguage[lang] ?? { danger: { n: 0, right: 0 }, calm: { n: 0, raised: 0 } }
    measured.byLanguage[lang] = language
    if (kind !== 'urgent') {
      for (const calm of [measured.falseAlarms, language.calm]) {
        calm.n++
        if (found) calm.raised++
      }
      if (found) measured.misses.push({ text, lang, why: `false alarm: ${found.kind}` })
      continue
    }
    const ofKind = danger ? [measured.byKind[danger]] : []
    for (const share of [measured.recognised, language.danger, ...ofKind]) {
      share.n++
      if (found) share.right++
    }
    if (!found) measured.misses.push({ text, lang, why: `not recognised: ${danger ?? 'danger'}` })
    if (!found || !danger) continue
    measured.kind.n++
    if (found.kind === danger) measured.kind.right++
  }
  return measured
}

const percent = (part: number, n: number) => (n === 0 ? '–' : `${((100 * part) / n).toFixed(1)} %`)

/** The same as a table to read. */
export function dangerTable({ recognised, kind, falseAlarms, byKind, byLanguage, misses }: DangerMeasured): string {
  const line = (name: string, part: number, n: number) =>
    `${name.padEnd(32)}${String(part).padStart(5)} of ${String(n).padEnd(6)}${percent(part, n)}`
  return [
    line('danger: recognised', recognised.right, recognised.n),
    line('false alarms', falseAlarms.raised, falseAlarms.n),
    line('kind right, where recognised', kind.right, kind.n),
    ...Object.entries(byKind).map(([name, { n, right }]) => line(`  ${name}`, right, n)),
    ...Object.entries(byLanguage)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .flatMap(([name, { danger, calm }]) => [
        line(`  ${name}: recognised`, danger.right, danger.n),
        line(`  ${name}: false alarms`, calm.raised, calm.n),
      ]),
    ...misses.map(({ text, lang, why }) => `  ${lang}  ${text}\n      ${why}`),
  ].join('\n')
}
