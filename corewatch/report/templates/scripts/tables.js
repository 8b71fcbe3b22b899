// Tables: sort by a header, search and filter long ones, take the rows along. Without this script a table is as on paper.
const slug = text => text.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '').slice(0, 60) || 'corewatch'
function make(name, props, ...inside) {
  const e = Object.assign(document.createElement(name), props)
  e.append(...inside)
  return e
}
function save(name, blob) {
  const a = make('a', {href: URL.createObjectURL(blob), download: name})
  a.click()
  setTimeout(() => URL.revokeObjectURL(a.href), 10000)
}
// A cell as text: without what is folded away in it.
function plain(cell) {
  const c = cell.cloneNode(true)
  c.querySelectorAll('details').forEach(e => e.remove())
  c.querySelectorAll('br').forEach(e => e.replaceWith(' '))
  c.querySelectorAll('.to').forEach(e => e.prepend('→ '))
  return c.textContent.replace(/\s+/g, ' ').trim()
}
// As corewatch/spreadsheets.py: no text of a cell is a formula.
const harmless = text => (/^'*(?:\s*[=+\-@＝＋－＠]|[\t\r])/.test(text) ? "'" + text : text)
// The rows shown; a column of numbers is given twice, as it reads and as it counts.
function csv(table) {
  const heads = [...table.tHead.rows[0].cells], rows = [...table.tBodies[0].rows].filter(r => !r.hidden)
  const valued = heads.map((h, i) => h.classList.contains('num') && rows.some(r => r.cells[i].dataset.v))
  const line = (cells, value) => cells.flatMap((c, i) => valued[i] ? [harmless(plain(c)), value(c)] : [harmless(plain(c))])
    .map(t => (/[",\r\n]/.test(t) ? '"' + t.replaceAll('"', '""') + '"' : t)).join(',')
  return '\ufeff' + [line(heads, h => plain(h) + ', as a number'), ...rows.map(r => line([...r.cells], c => c.dataset.v || ''))].join('\r\n') + '\r\n'
}
const saveCsv = (table, name) => save(slug(name) + '.csv', new Blob([csv(table)], {type: 'text/csv'}))
const fold = text => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

function sorting(table) {
  for (const th of table.tHead.rows[0].cells) {
    const b = make('button', {type: 'button'}, ...th.childNodes)
    th.append(b)
    b.addEventListener('click', () => {
      const i = th.cellIndex, down = th.getAttribute('aria-sort') === 'ascending'
      th.parentNode.querySelectorAll('[aria-sort]').forEach(o => o.removeAttribute('aria-sort'))
      th.setAttribute('aria-sort', down ? 'descending' : 'ascending')
      const key = r => r.cells[i].dataset.v ?? r.cells[i].textContent.trim()
      table.tBodies[0].append(...[...table.tBodies[0].rows].sort((x, y) => {
        const p = key(x), q = key(y)
        if (!p || !q) return (p ? 0 : 1) - (q ? 0 : 1)
        return p.localeCompare(q, 'en', {numeric: true}) * (down ? -1 : 1)
      }))
    })
  }
}
function searching(table, box) {
  const rows = [...table.tBodies[0].rows], texts = new Map()
  const field = make('input', {type: 'search', autocomplete: 'off', spellcheck: false}), count = make('output')
  const chosen = [...table.tHead.rows[0].cells].filter(h => 'f' in h.dataset).map(h => {
    const groups = [...new Set(rows.map(r => r.cells[h.cellIndex].dataset.g).filter(Boolean))]
    const select = make('select', {autocomplete: 'off'}, new Option('all', ''), ...groups.map(g => new Option(g, g)))
    return {at: h.cellIndex, title: h.dataset.f || plain(h), select, groups}
  }).filter(f => f.groups.length > 1)
  const update = () => {
    const asked = fold(field.value).split(/\s+/).filter(Boolean)
    let shown = 0
    for (const r of rows) {
      if (asked.length && !texts.has(r)) texts.set(r, fold(r.textContent))
      r.hidden = !(asked.every(w => texts.get(r).includes(w)) && chosen.every(f => !f.select.value || r.cells[f.at].dataset.g === f.select.value))
      shown += !r.hidden
    }
    table.classList.toggle('some', shown < rows.length)
    count.value = shown < rows.length ? `${shown} of ${rows.length} rows` : `${rows.length} rows`
  }
  field.addEventListener('input', update)
  field.addEventListener('keydown', e => { if (e.key === 'Escape' && field.value) { e.preventDefault(); field.value = ''; update() } })
  const tools = make('div', {className: 'tools'}, make('label', {}, 'Search ', field))
  for (const f of chosen) {
    f.select.addEventListener('change', update)
    tools.append(make('label', {}, f.title + ' ', f.select))
  }
  tools.append(count)
  tools.setAttribute('role', 'group')
  tools.setAttribute('aria-label', 'Search ' + (box.getAttribute('aria-label') || 'the table'))
  update()
  box.before(tools)
}
const wider = new ResizeObserver(boxes => boxes.forEach(({target}) => target.classList.toggle('beyond', target.scrollWidth > target.clientWidth + 1)))
document.querySelectorAll('.scroll').forEach(box => wider.observe(box))
for (const table of document.querySelectorAll('table.sort')) {
  const box = table.closest('.scroll'), name = box.getAttribute('aria-label') || 'table'
  sorting(table)
  if (table.tBodies[0].rows.length > 8) searching(table, box)
  const get = make('button', {type: 'button'}, 'CSV')
  get.setAttribute('aria-label', `CSV of the rows shown: ${name}`)
  get.addEventListener('click', () => saveCsv(table, name))
  const next = box.nextElementSibling
  const files = next?.classList.contains('files') ? next : box.insertAdjacentElement('afterend', make('p', {className: 'files'}))
  files.prepend(make('span', {}, 'The rows shown: ', get))
}
