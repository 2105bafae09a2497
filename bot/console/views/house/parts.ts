/** What the forms of the house are made of. */

import { type Html, html, type Part } from '../../../http/html.js'
import { formatDate } from '../../../text/formats.js'
import { csrfField, type View } from '../view.js'

export type Option = { value: string; label: string }

/** `path` is under the desk. */
export const form = (view: View, path: string, body: Part, looks = ''): Html =>
  html`<form method="post" action="${view.base}${path}" class="${looks}">${csrfField(view)}${body}</form>`

type Beside = { hint?: string | undefined; problem?: string | undefined }

/** A control with its name above, and beneath what helps or what is wrong. */
export const field = (label: string, control: Part, { hint, problem }: Beside = {}): Html =>
  html`<label class="field"><span class="label">${label}</span>${control}${hint && html`<span class="hint">${hint}</span>`}${wrong(problem)}</label>`

/** Several controls under one name. */
export const group = (label: string, controls: Part, { hint, problem }: Beside = {}): Html =>
  html`<fieldset class="field"><legend class="label">${label}</legend>${controls}${hint && html`<span class="hint">${hint}</span>`}${wrong(problem)}</fieldset>`

export const wrong = (problem: string | undefined): Html | false =>
  problem !== undefined && html`<span class="wrong" role="alert">${problem}</span>`

export const input = (name: string, value: string | number, more: Part = ''): Html =>
  html`<input name="${name}" value="${value}" ${more}>`

export const select = (name: string, options: readonly Option[], chosen: string, label?: string): Html =>
  html`<select name="${name}"${label !== undefined && html` aria-label="${label}"`}>${options.map(
    ({ value, label: words }) => html`<option value="${value}"${value === chosen && html` selected`}>${words}</option>`,
  )}</select>`

/** Each box has a name of its own, so that a form without one is a form with none. */
export const boxes = (prefix: string, options: readonly Option[], chosen: readonly string[]): Html =>
  html`<span class="boxes">${options.map(
    ({ value, label }) =>
      html`<label class="box">${box(`${prefix}.${value}`, chosen.includes(value))} ${label}</label>`,
  )}</span>`

export const box = (name: string, on: boolean): Html =>
  html`<input type="checkbox" name="${name}"${on && html` checked`}>`

export const button = (label: string, looks: 'primary' | 'quiet' = 'primary', more: Part = ''): Html =>
  html`<button class="${looks}" ${more}>${label}</button>`

/** What cannot be undone by another click takes two. */
export const twoSteps = (label: string, body: Part): Html =>
  html`<details class="careful"><summary class="button">${label}</summary><div class="inside">${body}</div></details>`

export const section = (title: string, body: Part, id = ''): Html =>
  html`<section class="card"${id && html` id="${id}"`}><h2>${title}</h2>${body}</section>`

export const hint = (words: string): Html => html`<p class="hint">${words}</p>`

/** A whole day, as the reader's language writes it. */
export const day = (view: View, date: Date): string => formatDate(view.tongue, date.toISOString().slice(0, 10))
