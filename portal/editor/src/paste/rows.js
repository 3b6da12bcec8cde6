/** Reads the rows of an HTML table, and makes them fill a rectangle as the page needs. */
import {MAX_COLUMNS, MAX_ROWS} from "../tables.js";

const span = (cell, name, most) => Math.min(most, Math.max(1, parseInt(cell.getAttribute(name), 10) || 1));
const blank = isHeader => ({isHeader, colspan: 1, rowspan: 1, blocks: []});

/**
 * Lay the cells row by row; null when the table is too big for the page.
 *
 * Cells that would overlap are narrowed, missing ones are put in, spans that leave the table are cut.
 */
function laid(rows) {
  const height = rows.length;
  const reach = [];
  const lines = rows.map((cells, order) => {
    let column = 0;
    const line = [];
    const taken = reach.map(rest => Math.max(rest - 1, 0));
    reach.splice(0, reach.length, ...taken);
    for (const cell of cells) {
      while (reach[column]) column++;
      let width = 1;
      while (width < cell.colspan && !reach[column + width]) width++;
      const rowspan = Math.min(cell.rowspan, height - order);
      for (let at = 0; at < width; at++) reach[column + at] = rowspan;
      line.push({...cell, colspan: width, rowspan});
      column += width;
    }
    return {line, taken: reach.map(Boolean)};
  });
  const width = reach.length;
  return width && width <= MAX_COLUMNS ? lines.map(each => filled(each, width)) : null;
}

/** Put empty cells at the end of a row for the columns that nothing covers. */
function filled({line, taken}, width) {
  let missing = 0;
  for (let at = 0; at < width; at++) if (!taken[at]) missing++;
  const isHeader = line.length > 0 && line.every(cell => cell.isHeader);
  return [...line, ...Array.from({length: missing}, () => blank(isHeader))];
}

/** A row without cells of its own goes, and with it one row of the spans that cover it. */
function withoutEmpty(rows) {
  rows.forEach((row, order) => {
    if (row.length) return;
    for (let above = 0; above < order; above++) {
      for (const cell of rows[above]) if (above + cell.rowspan > order) cell.rowspan -= 1;
    }
  });
  return rows.filter(row => row.length);
}

const readCells = (row, readBlocks) => [...row.cells].map(cell => ({
  isHeader: cell.tagName === "TH" || row.parentNode.tagName === "THEAD",
  colspan: span(cell, "colspan", MAX_COLUMNS),
  rowspan: span(cell, "rowspan", MAX_ROWS),
  blocks: readBlocks(cell),
}));

const runsOf = cell => cell.blocks.flatMap(block => (block.runs || []).filter(Boolean));

/** Whether every word of a row is bold: so heads are set where the program does not say that they are. */
const isBold = row => row.every(cell => runsOf(cell).every(run => run.strong)) && row.some(cell => runsOf(cell).length);

/** Make header cells of a first row that alone is bold. */
function withHead(rows) {
  const [first, second] = rows;
  if (!second || rows.some(row => row.some(cell => cell.isHeader)) || !isBold(first) || isBold(second)) return rows;
  return [first.map(cell => ({...cell, isHeader: true})), ...rows.slice(1)];
}

/** {rows, isFit}: the rows with their cells' blocks, and whether a table can be made of them. */
export function readRows(table, readBlocks) {
  const rows = [...table.rows].map(row => readCells(row, readBlocks));
  const sound = rows.length <= MAX_ROWS ? laid(withoutEmpty(rows)) : null;
  return sound ? {rows: withHead(sound), isFit: true} : {rows, isFit: false};
}
