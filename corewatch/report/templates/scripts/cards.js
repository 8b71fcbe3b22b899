// Evidence cards: the list at the end of the page holds the text; a number shows its item on hover or focus.
const card = document.body.appendChild(Object.assign(document.createElement('div'), {id: 'card', hidden: true}))
card.setAttribute('aria-hidden', 'true')
let timer
function show(a) {
  clearTimeout(timer)
  const item = document.getElementById('e' + a.dataset.e)
  if (!item) return
  card.replaceChildren(...[...item.childNodes].map(n => n.cloneNode(true)))
  card.querySelectorAll('a').forEach(l => l.replaceWith('follow to read it in place'))
  card.querySelectorAll('b').forEach(b => {
    const t = b.textContent, q = a.dataset.q
    if (q && !t.includes(q) && !q.includes(t)) b.replaceWith(t)
  })
  card.hidden = false
  const r = a.getBoundingClientRect(), w = card.offsetWidth, h = card.offsetHeight
  const below = r.bottom + h + 10 < innerHeight || r.top < h + 10
  card.style.left = Math.max(16, Math.min(r.left, document.documentElement.clientWidth - w - 16)) + scrollX + 'px'
  card.style.top = (below ? r.bottom + 6 : r.top - h - 6) + scrollY + 'px'
}
const hide = () => { timer = setTimeout(() => { card.hidden = true }, 120) }
for (const a of document.querySelectorAll('a[data-e]')) {
  a.addEventListener('pointerenter', e => { if (e.pointerType === 'mouse') show(a) })
  a.addEventListener('pointerleave', hide)
  a.addEventListener('focus', () => { if (a.matches(':focus-visible')) show(a) })
  a.addEventListener('blur', hide)
}
card.addEventListener('mouseenter', () => clearTimeout(timer))
card.addEventListener('mouseleave', hide)
addEventListener('keydown', e => { if (e.key === 'Escape') card.hidden = true })
