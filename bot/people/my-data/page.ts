/** The page that a person reads: everything that is stored about them, in their language, with their files in it. */
import type { Turn } from '../../conversation/turn.js'
import type { Words } from '../../conversation/words.js'
import { drawn } from '../../http/file-types.js'
import { type Html, html, oneLine } from '../../http/html.js'
import { CITIES } from '../../text/cities.js'
import { LANGUAGE_NAMES } from '../../text/languages.js'
import type { MyData } from './gather.js'

const stamp = (at: Date) => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`
const line = (...parts: (string | false | null | undefined)[]) => parts.filter(Boolean).join(' · ')

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}li{white-space:pre-wrap}img{display:block;max-width:100%;max-height:40rem}'

/** `contents` are those of the files that fit into the page, by their id. */
export function pageOf(data: MyData, turn: Turn, words: Words, contents: ReadonlyMap<string, Uint8Array>): Html {
  const t = (key: string, values?: Record<string, string | number>) =>
    words.say(turn.language, `privacy:page.${key}`, values)
  const section = (key: string, items: (Html | string)[]) =>
    html`<h2>${t(key)}</h2>${items.length > 0 ? html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>` : html`<p>${t('none')}</p>`}`
  const found = (key: string) => words.find(turn.language, key) ?? '–'
  const { profile, consents, cases, programmes, certificates, complaints, files, drafts, messages } = data
  const city = CITIES.find(({ name }) => name === profile.city)?.id

  return html`<!doctype html><html lang="${turn.language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${t('title')}</title><style>${STYLE}</style>
<h1>${t('title')}</h1><p>${t('intro', { at: stamp(data.at) })}</p>
${section('profile', [
  `${t('language')}: ${LANGUAGE_NAMES[turn.language]}`,
  `${t('country')}: ${found(`hotline:country.options.${profile.country}`)}`,
  `${t('city')}: ${found(`knowledge:cities.${city}`)}`,
  ...(profile.age ? [`${t('age')}: ${words.say(turn.language, `age:band.options.${profile.age}`)}`] : []),
  `${t('since')}: ${stamp(profile.since)}`,
  ...(profile.clearsItself === null
    ? []
    : [
        `${t('clean')}: ${words.say(turn.language, profile.clearsItself ? 'privacy:clean.isOn' : 'privacy:clean.isOff')}`,
      ]),
  ...profile.addresses.map(({ channel, address }) => `${t('address')}: ${channel} ${address}`),
])}
${section(
  'consents',
  consents.map(({ given, version, at, withdrawnAt }) =>
    line(
      stamp(at),
      `${t(given ? 'agreed' : 'refused')} (${version})`,
      withdrawnAt && `${t('withdrawn')} ${stamp(withdrawnAt)}`,
    ),
  ),
)}
${section(
  'cases',
  cases.map(({ code, openedAt, closedAt, outcome, rating, question, shown, notes }) =>
    line(
      code,
      stamp(openedAt),
      closedAt && `– ${stamp(closedAt)}`,
      outcome && t(`outcome.${outcome}`),
      rating !== null && `★ ${rating}`,
      question && `${t('question')}: ${question}`,
      shown.length > 0 && `${t('shown')}: ${shown.join(', ')}`,
      notes > 0 && t('notes', { count: notes }),
    ),
  ),
)}
${section(
  'phones',
  cases.flatMap(({ code, calls }) => calls.flatMap(({ at, phone }) => (phone ? [line(stamp(at), code, phone)] : []))),
)}
${section(
  'meetings',
  cases.flatMap(({ code, meetings }) =>
    meetings.map(({ at, state, place }) => line(stamp(at), code, t(`meeting.${state}`), place)),
  ),
)}
${
  programmes.length > 0 &&
  section('programme', [
    ...programmes.map(({ programme, group, name, organisation, joinedOn, leftOn }) =>
      line(
        programme,
        group,
        name,
        organisation,
        `${joinedOn.toISOString().slice(0, 10)} – ${leftOn?.toISOString().slice(0, 10) ?? ''}`,
      ),
    ),
    ...certificates.map(({ programme, name, organisation, hours, modules, issuedOn }) =>
      line(
        programme,
        found('certificate:title'),
        name,
        organisation,
        `${hours} h`,
        `${modules}`,
        issuedOn.toISOString().slice(0, 10),
      ),
    ),
  ])
}
${section(
  'complaints',
  complaints.map(({ at, caseCode, text }) => line(stamp(at), caseCode, text)),
)}
${section(
  'files',
  files.map((file) => fileLine(file, contents.get(file.id))),
)}
${files.some(({ id, ours }) => !ours && !contents.has(id)) && html`<p>${t('filesHint')}</p>`}
${section(
  'drafts',
  drafts.map(({ answers }) => JSON.stringify(answers)),
)}
${section(
  'messages',
  messages.map(({ at, author, text, value }) =>
    line(stamp(at), `${t(`author.${author}`)}: ${[text, value].filter(Boolean).join(' ')}`),
  ),
)}
</html>`
}

/** A picture is seen at once; anything else is saved by a press, and never opened by the page itself. */
function fileLine({ name, bytes, mime, at }: MyData['files'][number], content: Uint8Array | undefined): Html | string {
  const called = line(stamp(at), oneLine(name), `${Math.ceil(bytes / 1024)} KB`)
  if (!content) return called
  const isPicture = drawn(mime)
  const data = `data:${isPicture ? mime : 'application/octet-stream'};base64,${Buffer.from(content).toString('base64')}`
  return isPicture
    ? html`${called}<img alt="" src="${data}">`
    : html`<a download="${oneLine(name)}" href="${data}">${called}</a>`
}
