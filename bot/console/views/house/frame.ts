/** The frame of the pages for whoever looks after the house: one column, read from top to bottom. */
import { html, type Part } from '../../../http/html.js'
import type { PageFileName } from '../../page-files.js'
import { head, type Room, topBar } from '../layout.js'
import type { View } from '../view.js'

export type HouseFrame = {
  room: Room
  title: string
  body: Part
  /** Why the last form was refused. */
  problem: string | undefined
  /** What was done. */
  done: string | undefined
  fileUrl(name: PageFileName): string
}

export function houseLayout(view: View, { room, title, body, problem, done, fileUrl }: HouseFrame): string {
  return html`<!doctype html>
<html lang="${view.tongue}" class="plain">
<head>
${head(`${title} · ${view.say('name')}`, fileUrl)}
<link rel="stylesheet" href="${fileUrl('house.css')}">
<script src="${fileUrl('house.js')}" defer></script>
</head>
<body class="house" data-base="${view.base}">
<a class="skip" href="#main">${view.say('skip')}</a>
${topBar(view, room)}
<main id="main" class="room" tabindex="-1">
${problem && html`<p class="notice" role="alert">${problem}</p>`}
${done && html`<p class="notice good" role="status">${done}</p>`}
${body}
</main>
</body>
</html>`.toString()
}
