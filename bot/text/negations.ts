/** Words that turn a statement round; a number or a date beside one is not an answer. In the loose form, all languages together. */
export const NEGATIONS: ReadonlySet<string> = new Set(
  'no not none never dont нет не ни нету неа немае жок емес эмес йок йук yoq yuq emas нест нисту ne neni nic net'.split(
    ' ',
  ),
)
