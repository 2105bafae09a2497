/** Months and weekdays in all their cases, as stems: "март" finds "марта", "мартта" and "мартда"; `=` marks a whole word. */
import type { Language } from './languages.js'
import { latinToRussian, looseKey, uzbekToCyrillic } from './scripts.js'

/** January first; the spellings of one month are separated by spaces. */
export const MONTH_STEMS: Record<Language, string> = {
  en: `january jan=, february feb=, march mar=, april apr=, may=, june= jun=, july= jul=, august aug=, september sep= sept=,
    october oct=, november nov=, december dec=`,
  ru: `январ янв=, феврал фев= февр=, март мар=, апрел апр=, май= мая= мае= майе=, июн, июл, август авг=, сентябр сен= сент=, октябр окт=,
    ноябр ноя= нояб=, декабр дек=`,
  tg: 'январ, феврал, март, апрел, май= маи= майи=, июн, июл, август, сентябр, октябр, ноябр, декабр',
  uz: `yanvar yan=, fevral fev=, mart mar=, aprel apr=, may= mayda= mayning= maydan=, iyun, iyul, avgust avg=, sentabr sentyabr sen=,
    oktabr oktyabr okt=, noyabr noy=, dekabr dek=`,
  ky: 'январ, феврал, март, апрел, май= майы= майда=, июн, июл, август, сентябр, октябр, ноябр, декабр',
  kk: 'қаңтар қаң=, ақпан ақп=, наурыз нау=, сәуір сәу=, мамыр мам=, маусым мау=, шілде шіл=, тамыз там=, қыркүйек қыр=, қазан қаз=, қараша қар=, желтоқсан жел=',
  uk: `січен січн січ=, лютий= лютого= лютому= лют=, березен березн бер=, квітен квітн кві= квіт=, травен травн тра= трав=,
    червен червн чер= черв=, липен липн лип=, серпен серпн сер= серп=, вересен вересн вер=, жовтен жовтн жов= жовт=, листопад лис=, груден грудн гру=`,
  cs: `leden= ledn led=, únor úno=, březen= březn bře=, duben= dubn dub=, květen= květn kvě=, červen= červn čvn=, červenec červenc čvc=,
    srpen= srpn srp=, září= zář=, říjen= říjn říj=, listopad lis=, prosinec= prosinc pro=`,
}

/** Monday first. */
export const WEEKDAY_STEMS: Record<Language, string> = {
  en: 'monday mon=, tuesday tue=, wednesday, thursday thu=, friday fri=, saturday, sunday',
  ru: 'понедельник пн=, вторник вт=, среда= среду= среды= среде= ср=, четверг чт=, пятниц пт=, суббот сб=, воскресень воскресен вс=',
  tg: 'душанбе, сешанбе, чоршанбе, панҷшанбе, ҷумъа, шанбе, якшанбе',
  uz: 'dushanba, seshanba, chorshanba, payshanba, juma, shanba, yakshanba',
  ky: 'дүйшөмбү, шейшемби, шаршемби, бейшемби, жума, ишемби, жекшемби',
  kk: 'дүйсенбі, сейсенбі, сәрсенбі, бейсенбі, жұма, сенбі, жексенбі',
  uk: "понеділ пн=, вівторок вівторк вт=, середа= середу= середи= середі= ср=, четвер чт=, п'ятниц пт=, субот сб=, неділ нд=",
  cs: 'pondělí, úterý, středa= středu= středy= středě=, čtvrtek čtvrtk, pátek= pátku= pátk, sobot, neděl',
}

/** The longest ending after a stem ("сентябр-ьского" is an adjective, not a date). */
const ENDING_MAX = 4

/** Finds the place (from 1) of the name that a word is, in the language or in Russian, also typed in Latin letters. */
export function stemFinder(names: Record<Language, string>, language: Language): (word: string) => number | undefined {
  const own = stems(names, language)
  const russian = stems(names, 'ru')
  const inLatin = language === 'en' || language === 'cs'
  return (word) =>
    place(own, looseKey(word)) ??
    place(russian, looseKey(word)) ??
    (inLatin ? undefined : place(russian, looseKey(latinToRussian(word))))
}

type Stem = { text: string; whole: boolean; place: number }

function stems(names: Record<Language, string>, language: Language): Stem[] {
  const found = names[language].split(',').flatMap((spellings, index) =>
    spellings
      .trim()
      .split(/\s+/)
      .flatMap((spelling) => {
        const whole = spelling.endsWith('=')
        const text = whole ? spelling.slice(0, -1) : spelling
        const scripts = language === 'uz' ? [text, uzbekToCyrillic(text)] : [text]
        return scripts.map((text) => ({ text: looseKey(text), whole, place: index + 1 }))
      }),
  )
  // "červenec" before "červen"
  return found.sort((a, b) => b.text.length - a.text.length)
}

const place = (stems: Stem[], word: string) =>
  stems.find(({ text, whole }) =>
    whole ? word === text : word.startsWith(text) && word.length <= text.length + ENDING_MAX,
  )?.place
