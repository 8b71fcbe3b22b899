// Sorting: a header becomes a button; cells sort by data-v, else by their text; empty values stay last.
for (const th of document.querySelectorAll('table.sort thead th')) {
  const b = document.createElement('button')
  b.type = 'button'
  b.append(...th.childNodes)
  th.append(b)
  b.addEventListener('click', () => {
    const body = th.closest('table').tBodies[0], i = th.cellIndex, down = th.getAttribute('aria-sort') === 'ascending'
    th.parentNode.querySelectorAll('[aria-sort]').forEach(o => o.removeAttribute('aria-sort'))
    th.setAttribute('aria-sort', down ? 'descending' : 'ascending')
    const key = r => r.cells[i].dataset.v ?? r.cells[i].textContent.trim()
    const rows = [...body.rows].sort((x, y) => {
      const p = key(x), q = key(y)
      if (!p || !q) return (p ? 0 : 1) - (q ? 0 : 1)
      return p.localeCompare(q, 'en', {numeric: true}) * (down ? -1 : 1)
    })
    body.append(...rows)
  })
}
