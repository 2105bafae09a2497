/** The head of a case: which one, with whom it is, and what can be done with it; what is done rarely stands under "More". */
import { may } from '../../desk/access.js'
import { WORDS_MAX } from '../../desk/words.js'
import { type Html, html } from '../../http/html.js'
import { caseUrl, closeMenu, menu } from './acts.js'
import { BACK } from './icons.js'
import { moreMenu } from './more.js'
import type { OpenCase } from './open-case.js'
import { csrfField, requestField, stars, type View } from './view.js'

export function headView(view: View, open: OpenCase): Html {
  const { row, part } = open
  const { say, staff } = view
  const others = row.state === 'claimed' && part !== 'owner' && may(staff, 'case.releaseOthers')
  const mine = part === 'owner'
  return html`<header id="head" class="case-head" data-live>
<a class="back" href="${view.base}" title="${say('queue.title')}">${BACK}<span class="unseen">${say('queue.title')}</span></a>
<h1>${row.code}</h1>${row.urgency === 'urgent' && html` <span class="flag">${say('queue.urgent')}</span>`}
<p class="standing">${standing(view, open)}</p>
<div class="acts">
${(mine || others) && !open.around.offer && handOnMenu(view, open)}
${mine && closeMenu(view, row.code)}
${(mine || others || part === 'guest' || open.reveal) && moreMenu(view, open)}
</div>
</header>`
}

/** The old owner keeps it until somebody accepts, so that nobody is left alone with it. */
const handOnMenu = (view: View, { row, targets, summary }: OpenCase): Html =>
  menu(
    'hand-on',
    view.say('handOn.menu'),
    targets.length === 0
      ? html`<p class="hint">${view.say('handOn.nobody')}</p>`
      : html`<form class="act" method="post" action="${caseUrl(view, row.code, 'offers')}">${csrfField(view)}${requestField(view)}
<label>${view.say('handOn.to')}
<select name="to" required>${targets.map(({ id, label }) => html`<option value="${id}">${label}</option>`)}</select></label>
<label>${view.say('handOn.summary')}
<textarea name="summary" rows="4" maxlength="${WORDS_MAX}" placeholder="${view.say('handOn.summaryHint')}">${summary?.question}</textarea></label>
<p class="hint">${view.say('handOn.hint')}</p>
<button class="primary">${view.say('handOn.offer')}</button>
</form>`,
  )

function standing(view: View, { row, part }: OpenCase): Html {
  const { say } = view
  const alias = view.alias(row.ownerAlias ?? '')
  if (row.state === 'queued') return html`${say('case.queued')}`
  if (row.state === 'claimed')
    return html`${part === 'owner' ? say('case.mine') : say(part === 'guest' ? 'case.guest' : 'case.with', { alias })}`
  return html`${say('case.closed')} · ${say(`outcomes.${row.outcome ?? 'answered'}`)}${
    row.rating &&
    html` · <span class="stars" role="img" aria-label="${say('case.rated', { n: row.rating })}">${stars(row.rating)}</span>`
  }`
}
