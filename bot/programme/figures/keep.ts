/** Keeps the sums of approved reports apart from whoever wrote them: numbers and choices by group, month and city (S12). */
import type { Json, Values } from '../../engine/types.js'
import { isValues } from '../../engine/values.js'
import { sqlOf, type Tx } from '../../store/store.js'
import type { Form } from '../reports/form.js'

/** Where somebody wrote a city of their own, only that it was another one. */
const OTHER_CITY = 'other'

const cityOf = (city: Json | undefined): string => {
  if (typeof city === 'string') return city
  if (!isValues(city)) return ''
  return typeof city.choice === 'string' ? city.choice : OTHER_CITY
}

type Line = { question: string; option: string; value: number }

export function linesOf({ questions }: Form, answers: Values): Line[] {
  return questions.flatMap(({ id, kind }): Line[] => {
    const answer = answers[id]
    if (kind === 'number' && typeof answer === 'number') return [{ question: id, option: '', value: answer }]
    if (typeof answer === 'boolean') return [{ question: id, option: answer ? 'yes' : 'no', value: 1 }]
    if (kind !== 'choose') return []
    return [answer].flat().flatMap((option) => (typeof option === 'string' ? [{ question: id, option, value: 1 }] : []))
  })
}

export type Counted = { groupId: string; period: string; form: Form; answers: Values }

/** Adds one report to the sums; `-1` takes back one that was added. */
export async function count(tx: Tx, { groupId, period, form, answers }: Counted, sign: 1 | -1): Promise<void> {
  await sqlOf(tx)(
    `insert into report_figure as f (group_id, period, city, question, option, value, reports)
     select $1::uuid, $2, $3, l.question, l.option, l.value * $4::int, $4::int
       from jsonb_to_recordset($5::jsonb) as l(question text, option text, value float8)
     on conflict (group_id, period, city, question, option)
     do update set value = f.value + excluded.value, reports = f.reports + excluded.reports returning group_id`,
    [groupId, period, cityOf(answers.city), sign, JSON.stringify(linesOf(form, answers))],
  )
}
