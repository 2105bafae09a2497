/** The desk's few drawings. */
import { type Html, html } from '../../http/html.js'

const icon = (path: Html): Html =>
  html`<svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${path}</svg>`

export const MARK = icon(html`<path d="M5 20c0-6 14-4 14-10a5 5 0 0 0-10 0"/><circle cx="5" cy="20" r="1"/>`)
export const CLIP = icon(
  html`<path d="M20 11.5l-8.2 8.2a5.2 5.2 0 0 1-7.4-7.4l8.6-8.6a3.5 3.5 0 0 1 5 5l-8.6 8.5a1.7 1.7 0 0 1-2.4-2.4l7.6-7.6"/>`,
)
export const BACK = icon(html`<path d="M15 5l-7 7 7 7"/>`)
export const FILE = icon(
  html`<path d="M14 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V8z"/><path d="M14 3v5h5"/>`,
)
export const LOCK = icon(html`<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>`)
export const PERSON = icon(html`<circle cx="12" cy="8" r="4"/><path d="M4 21c0-4.5 3.6-7 8-7s8 2.5 8 7"/>`)
