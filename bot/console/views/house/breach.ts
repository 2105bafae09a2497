/** The button for "we may have had a breach", and what to do once it was pressed (S47). */
import { AUTHORITY_WITHIN_HOURS, type OpenBreach, PLAN_MAX } from '../../../desk/two-people/breach.js'
import { REASON_MAX } from '../../../desk/two-people/kinds.js'
import { type Html, html, type Part } from '../../../http/html.js'
import { at, until, type View } from '../view.js'
import { whyFields } from './approvals.js'
import { button, field, form, hint, section, twoSteps } from './parts.js'

export type BreachPage = {
  open: OpenBreach | undefined
  plan: string
  /** Somebody has asked already that it be over. */
  lifting: boolean
  /** As the forms had it, when they were refused. */
  filled: { words: string; reason: string }
}

export const breachView = (view: View, page: BreachPage): Html => html`<h1>${view.house('nav.breach')}</h1>
${page.open ? openView(view, page.open, page) : buttonView(view, page)}
${planView(view, page)}`

function buttonView(view: View, { filled }: BreachPage): Html {
  const { house } = view
  return section(
    house('breach.title'),
    html`<p>${house('breach.when')}</p>${hint(house('breach.whatHappens'))}${twoSteps(
      house('breach.button'),
      form(
        view,
        '/breach',
        html`${field(house('breach.words'), html`<textarea name="words" rows="3" maxlength="${REASON_MAX}" required>${filled.words}</textarea>`, { hint: house('breach.wordsHint') })}
<p>${button(house('breach.now'))}</p>`,
      ),
    )}`,
  )
}

function openView(view: View, open: OpenBreach, { plan, lifting, filled }: BreachPage): Html {
  const { house } = view
  const step = (key: string, more: Part = '') =>
    html`<li><strong>${house(`breach.step.${key}`)}</strong> ${house(`breach.step.${key}Hint`)}${more}</li>`
  return html`${section(
    house('breach.open'),
    html`<p>${house('breach.since')} ${at(view, open.at)} · ${view.alias(open.by)}</p>
<blockquote class="words" dir="auto">${open.words}</blockquote>
<p class="deadline"><strong>${house('breach.deadline', { hours: AUTHORITY_WITHIN_HOURS })}</strong> ${at(view, open.deadline)}${open.deadline > view.now && html` (${house('breach.left')} ${until(view, open.deadline)})`}</p>
${hint(house('breach.source'))}`,
  )}
${section(
  house('breach.steps'),
  html`<ol class="steps">
${step('sessions', form(view, '/breach/sessions', button(house('breach.endSessions'), 'quiet')))}
${step('people', html` <a href="${view.base}/staff">${house('nav.staff')}</a>`)}
${step('key', html`<p><code>npm run rahnamo -- new-key</code></p>`)}
${step('audit', html`<p><code>npm run rahnamo -- audit</code></p>`)}
${step('tell', plan ? html`<blockquote class="words" dir="auto">${plan}</blockquote>` : html` <em>${house('breach.noPlan')}</em>`)}
${step('authority')}
${step('clients')}
</ol>`,
)}
${section(
  house('breach.lift'),
  lifting
    ? hint(house('breach.lifting'))
    : html`${hint(house('breach.liftHint'))}${form(view, '/breach/lift', html`${whyFields(view, 'unfreeze', filled)}<p>${button(house('breach.liftAsk'), 'quiet')}</p>`)}`,
)}`
}

const planView = (view: View, { plan, open }: BreachPage): Html => {
  const { house } = view
  const edit = form(
    view,
    '/breach/plan',
    html`${field(house('breach.planWords'), html`<textarea name="plan" rows="6" maxlength="${PLAN_MAX}">${plan}</textarea>`, { hint: house('breach.planHint') })}<p>${button(house('save'), 'quiet')}</p>`,
  )
  return section(
    house('breach.plan'),
    open ? html`<details class="unfold"><summary>${house('breach.planEdit')}</summary>${edit}</details>` : edit,
  )
}
