// Figures: the drawing shown as SVG or PNG, in the colours of day and with its words, and its data as CSV.
const SVG_NS = 'http://www.w3.org/2000/svg', EDGE = 16
const LOOKS = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'font-size', 'font-weight', 'text-anchor', 'text-decoration-line']
const PLAIN = {stroke: 'none', 'stroke-dasharray': 'none', 'text-anchor': 'start', 'text-decoration-line': 'none'}
const daylight = [...document.styleSheets].flatMap(s => [...s.cssRules]).find(r => r.selectorText === ':root').style
const ruler = document.createElement('canvas').getContext('2d')
function svgPart(name, attributes, text = '') {
  const e = document.createElementNS(SVG_NS, name)
  for (const [k, v] of Object.entries(attributes)) e.setAttribute(k, v)
  e.textContent = text
  return e
}
function wrapped(text, room, font) {
  ruler.font = font
  const lines = []
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word
    if (lines.length && ruler.measureText(longer).width <= room) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines
}
// A copy that needs no style sheet: what the style sheet says by day stands on every shape.
function standing(drawing, head, notes) {
  const [, , w, h] = drawing.getAttribute('viewBox').split(' ').map(Number), family = getComputedStyle(document.body).fontFamily
  const stage = document.body.appendChild(document.createElement('div'))
  for (const token of daylight) if (token.startsWith('--')) stage.style.setProperty(token, daylight.getPropertyValue(token))
  stage.style.cssText += ';position:absolute;visibility:hidden;color-scheme:light'
  const staged = stage.appendChild(drawing.cloneNode(true)), body = svgPart('g', {})
  for (const e of staged.querySelectorAll('path, text')) {
    const look = getComputedStyle(e), text = e.localName === 'text'
    const copy = body.appendChild(svgPart(e.localName, {}, text ? e.textContent : ''))
    for (const place of ['d', 'x', 'y', 'transform']) if (e.hasAttribute(place)) copy.setAttribute(place, e.getAttribute(place))
    for (const name of LOOKS) {
      const value = look.getPropertyValue(name)
      if ((text || !/^(font|text)/.test(name)) && value && value !== PLAIN[name]) copy.setAttribute(name.replace('-line', ''), value)
    }
  }
  const ink = daylight.getPropertyValue('--ink').trim(), quiet = daylight.getPropertyValue('--ink-2').trim()
  stage.remove()
  // An arrow's head may stand a little outside.
  const out = svgPart('svg', {xmlns: SVG_NS, 'font-family': family}), words = svgPart('g', {})
  let y = EDGE
  const write = (text, size, weight, colour) => {
    for (const line of wrapped(text, w, `${weight} ${size}px ${family}`)) {
      y += size * 1.35
      words.append(svgPart('text', {x: 0, y, 'font-size': size, 'font-weight': weight, fill: colour}, line))
    }
  }
  write(head[0], 17, 600, ink)
  write(head[1], 13, 400, quiet)
  const top = y + EDGE
  body.setAttribute('transform', `translate(0 ${top})`)
  y = top + h + EDGE / 2
  for (const note of notes) write(note, 12, 400, quiet)
  const width = w + 2 * EDGE, height = Math.ceil(y + EDGE)
  for (const [k, v] of Object.entries({width, height, viewBox: `${-EDGE} 0 ${width} ${height}`})) out.setAttribute(k, v)
  out.append(svgPart('title', {}, head[0]), svgPart('desc', {}, drawing.getAttribute('aria-label')))
  out.append(svgPart('rect', {x: -EDGE, y: 0, width, height, fill: '#ffffff'}), words, body)
  return {text: new XMLSerializer().serializeToString(out), width, height}
}
function picture({text, width, height}) {
  const image = new Image()
  image.src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(text)
  return image.decode().then(() => {
    const canvas = Object.assign(document.createElement('canvas'), {width: 2 * width, height: 2 * height})
    canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height)
    return new Promise(done => canvas.toBlob(done, 'image/png'))
  })
}
const inOrder = [...document.querySelectorAll('figure.fig, main table')]
for (const figure of document.querySelectorAll('figure.fig')) {
  const shown = () => [...figure.querySelectorAll('svg')].find(s => s.getClientRects().length)
  if (!figure.querySelector('svg')) continue
  const title = plain(figure.querySelector('h2')), basis = figure.querySelector('figcaption p')
  const key = [...figure.querySelectorAll('.key li')].map(li => plain(li).replace(plain(li.firstChild), '$&:')).join('. ')
  const notes = [key, plain(document.querySelector('footer p') || basis)].filter(Boolean)
  const now = () => standing(shown(), [title, basis ? plain(basis) : ''], notes)
  const after = inOrder[inOrder.indexOf(figure) + 1], name = slug(title)
  const ways = [
    ['SVG', 'the figure', () => save(name + '.svg', new Blob([now().text], {type: 'image/svg+xml'}))],
    ['PNG', 'the figure', () => picture(now()).then(blob => save(name + '.png', blob))],
  ]
  if (after?.localName === 'table') ways.push(['Data', 'of the figure', () => saveCsv(after, title)])
  const get = make('p', {className: 'files'}, 'The figure: ')
  for (const [word, what, act] of ways) {
    const b = make('button', {type: 'button'}, word)
    b.setAttribute('aria-label', word === 'Data' ? `Data of the figure as CSV: ${title}` : `${word} of ${what}: ${title}`)
    b.addEventListener('click', act)
    get.append(b, ' ')
  }
  figure.append(get)
}
