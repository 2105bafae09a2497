/** The names of months as people expect to read them; Node's own data lacks or bends some of our languages. */
import type { Language } from './languages.js'

const list = (names: string) => names.split(' ')

/** January first, as they stand alone ("декабрь"). */
export const MONTHS: Record<Language, readonly string[]> = {
  en: list('January February March April May June July August September October November December'),
  ru: list('январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь'),
  tg: list('январ феврал март апрел май июн июл август сентябр октябр ноябр декабр'),
  uz: list('yanvar fevral mart aprel may iyun iyul avgust sentabr oktabr noyabr dekabr'),
  ky: list('январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь'),
  kk: list('қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан'),
  uk: list('січень лютий березень квітень травень червень липень серпень вересень жовтень листопад грудень'),
  cs: list('leden únor březen duben květen červen červenec srpen září říjen listopad prosinec'),
}

/** The same beside a day or a year ("26 декабря"), where the language changes them. */
export const MONTHS_IN_DATES: Record<Language, readonly string[]> = {
  ...MONTHS,
  ru: list('января февраля марта апреля мая июня июля августа сентября октября ноября декабря'),
  tg: list('январи феврали марти апрели майи июни июли августи сентябри октябри ноябри декабри'),
  ky: list('январы февралы марты апрели майы июну июлу августу сентябры октябры ноябры декабры'),
  uk: list('січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня'),
  cs: list('ledna února března dubna května června července srpna září října listopadu prosince'),
}
